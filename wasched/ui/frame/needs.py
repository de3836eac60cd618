"""What waits for a person, in words, the worst first."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from wasched.domain.link import LinkState
from wasched.domain.message import WORST_FIRST, Status
from wasched.domain.reply import KEPT_DAYS
from wasched.services.messages.all_spaces import SpaceGlance
from wasched.services.messages.batch_ids import batch_id
from wasched.services.permissions import ALL, Action
from wasched.services.views import (
    AccountCard,
    AccountName,
    Batch,
    Dashboard,
    HeldSend,
    ScheduleLine,
)
from wasched.text.reasons import reason_sentence
from wasched.ui.core import approval_text, audience_text, held_text, routes, times
from wasched.ui.core.rows import Held, count_words, held_accounts, message_line
from wasched.ui.core.statuses import status_word

_ACCOUNT_TITLES = {
    LinkState.NEEDS_LINK: "{} is not linked",
    LinkState.LOGGED_OUT: "{} is not linked",
    LinkState.REPLACED: "{} was taken over",
    LinkState.OUTDATED: "{} needs an update of this server",
    LinkState.BANNED: "{} is restricted",
    LinkState.NEEDS_PASSKEY: "{} is asked for a passkey",
    LinkState.ERROR: "{} does not work",
}
_TITLES = {
    Status.UNKNOWN: ("One message may have been sent", "{} messages may have been sent"),
    Status.MISSED: ("One message was missed", "{} messages were missed"),
    Status.FAILED: ("One message failed", "{} messages failed"),
}
_LABELS = {Status.UNKNOWN: "Decide", Status.MISSED: "Send now", Status.FAILED: "Look"}
_WORDS_SHOWN = 120

REPLIES_KEPT = "replies-kept"
"""The key of the word to managers that replies are kept since an upgrade."""


@dataclass(frozen=True)
class Need:
    """One thing that needs me, with the button that leads to it."""

    kind: str  # a status of a message, "approval", "webhook", "replies", "held" or "link"
    title: str
    sentence: str
    href: str
    label: str
    key: str = ""  # names the send, where it may be dismissed from here
    goes: bool = False  # it was missed, and can be sent from here
    question: str = ""  # before that, where it goes to many
    asked: str = ""  # names what may be approved from here, as it was seen
    space: str = ""  # whose it is, where several are shown
    held: str = ""  # names a send that stopped itself, whose rest may be taken back from here
    may_go_on: bool = False


def list_needs(
    view: Dashboard | SpaceGlance,
    zone: str,
    now: datetime,
    allowed: Collection[Action] = ALL,
) -> list[Need]:
    """Everything on Home that waits for somebody; who may do nothing about it can look at it."""
    held = held_accounts(view.accounts)
    cards = [card for card in view.accounts if held.get(card.id) == "held_by_me"]
    links = [_of_account(card, zone, now) for card in cards]
    sends = [_of_send(send, held, zone, now) for send in sorted(view.needs_me, key=_rank)]
    return [
        *(one if Action.MANAGE in allowed else only_shown(one) for one in links),
        *[_of_held(one, zone, now) for one in view.held_sends],
        *_of_webhooks(view.webhooks_off),
        *_of_replies(view),
        *[_of_approval(line, zone, now) for line in view.approvals],
        *(one if Action.WRITE in allowed else only_shown(one) for one in sends),
    ]


def only_shown(need: Need) -> Need:
    """The same without what changes anything."""
    return replace(
        need, label="Look", key="", goes=False, question="", asked="", held="", may_go_on=False
    )


def count_needing(sends: int, accounts: Iterable[AccountCard | AccountName]) -> int:
    """How many things need a person: sends and accounts, as the menu counts them."""
    return sends + count_blocked(accounts)


def count_blocked(accounts: Iterable[AccountCard | AccountName]) -> int:
    """How many accounts send again only when a person does something, stopped ones left out."""
    return sum(state == "held_by_me" for state in held_accounts(accounts).values())


def _rank(send: Batch) -> int:
    return min(WORST_FIRST.index(Status(one)) for one in send.tally)


def _of_account(card: AccountCard, zone: str, now: datetime) -> Need:
    title = _ACCOUNT_TITLES[LinkState(card.state)].format(card.name)
    label = {LinkState.NEEDS_LINK: "Link", LinkState.LOGGED_OUT: "Link again"}
    sentence = reason_sentence(card.standing, zone, now)
    if card.state == LinkState.LOGGED_OUT:
        sentence = f"The phone ended the link {times.when_words(card.since, zone, now)}."
    if card.waiting and card.next_due_at:
        waits = count_words(card.waiting, "message waits", "messages wait")
        sentence += f" {waits}; the first is due {times.when_words(card.next_due_at, zone, now)}."
    link = routes.account(card.id)
    return Need("link", title, sentence, link, label.get(LinkState(card.state), "Look"))


def _of_held(one: HeldSend, zone: str, now: datetime) -> Need:
    return Need(
        "held",
        held_text.held_title(one),
        held_text.held_sentence(one, zone, now),
        routes.schedule_at(one.schedule_id, one.due_at.isoformat()),
        "Look",
        question=held_text.rest_question(one),
        held=batch_id(one.schedule_id, one.due_at) if one.may_take_back else "",
        may_go_on=one.may_go_on,
    )


def _of_webhooks(off: int) -> Iterator[Need]:
    if off:
        title = "A webhook is off" if off == 1 else f"{off} webhooks are off"
        sentence = (
            "It took nothing for three days, or wants no more. Mend the program behind it and let "
            "it go on, or remove it."
        )
        yield Need("webhook", title, sentence, routes.WEBHOOKS, "Look")


def _of_replies(view: Dashboard | SpaceGlance) -> Iterator[Need]:
    if view.is_news_of_replies:
        yield Need(
            "replies",
            "What people write back is kept now",
            f"Replies to your messages are kept here for {KEPT_DAYS} days, for those who write "
            "messages. Settings switch that off or say for how long.",
            routes.SETTINGS_REPLIES,
            "Settings",
            REPLIES_KEPT,
        )


def _of_approval(line: ScheduleLine, zone: str, now: datetime) -> Need:
    assert line.approval is not None
    to, goes = audience_text.of_schedule(line), ""
    if line.next_at is not None:
        goes = f", {times.when_words(line.next_at, zone, now)}"
    word = f"“{line.approval.word}” " if line.approval.word else ""
    return Need(
        "approval",
        approval_text.approval_title(line.approval),
        f"{word}To {to.said}{goes}: {line.text[:_WORDS_SHOWN]}",
        routes.schedule(line.id),
        "Look",
        asked=approval_text.asked_key(line.id, line.approval) if line.approval.may_decide else "",
    )


def _of_send(send: Batch, held: Held, zone: str, now: datetime) -> Need:
    shown = message_line(send, held, zone, now)
    worst = WORST_FIRST[_rank(send)]
    due, why = (
        times.when_words(send.row.due_at, zone, now),
        reason_sentence(send.row.reason, zone, now),
    )
    missed = send.tally.get(Status.MISSED, 0) if worst is Status.MISSED else 0
    return Need(
        worst,
        _title(send, worst),
        f"To {audience_text.of_send(send).said}, {due}. {why}".strip(),
        shown.href,
        _LABELS[worst],
        "" if worst is Status.UNKNOWN else shown.key,
        goes=missed > 0,
        question=f"Send to {missed:,} people now?" if missed > 1 else "",
    )


def _title(send: Batch, worst: Status) -> str:
    """How many were missed, or failed; where a send has both, how many of each."""
    if len(send.tally) > 1:
        return ", ".join(
            f"{send.tally[one]:,} {status_word(one)}" for one in WORST_FIRST if one in send.tally
        )
    one, many = _TITLES[worst]
    return one if send.count == 1 else many.format(send.count)
