"""What waits for a person, in words, the worst first."""

from dataclasses import dataclass
from datetime import datetime

from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.services.views import AccountCard, MessageRow, Overview
from wasched.ui import routes, times
from wasched.ui.rows import counted, held_accounts

_ACCOUNT_TITLES = {
    LinkState.NEEDS_LINK: "{} is not linked",
    LinkState.LOGGED_OUT: "{} is not linked",
    LinkState.REPLACED: "{} was taken over",
    LinkState.OUTDATED: "{} needs an update of this server",
    LinkState.BANNED: "{} is restricted",
    LinkState.NEEDS_PASSKEY: "{} is asked for a passkey",
    LinkState.ERROR: "{} does not work",
}
_MESSAGE_TITLES = {
    Status.UNKNOWN: "One message may have been sent",
    Status.MISSED: "One message was missed",
    Status.FAILED: "One message failed",
}
_ORDER = (Status.UNKNOWN, Status.MISSED, Status.FAILED)


@dataclass(frozen=True)
class Need:
    """One thing that needs me, with the button that leads to it."""

    kind: str  # a status of a message, or "link"
    title: str
    sentence: str
    href: str
    label: str


def needs(view: Overview, zone: str, now: datetime) -> list[Need]:
    """Everything on Home that waits for the reader."""
    held = held_accounts(view.accounts)
    cards = [card for card in view.accounts if card.id in held and not card.is_paused]
    found = sorted(view.needs_me, key=lambda row: _ORDER.index(Status(row.status)))
    return [
        *[_of_account(card, zone, now) for card in cards],
        *[_of_message(row, zone, now) for row in found],
    ]


def _of_account(card: AccountCard, zone: str, now: datetime) -> Need:
    title = _ACCOUNT_TITLES[LinkState(card.state)].format(card.name)
    label = {LinkState.NEEDS_LINK: "Link", LinkState.LOGGED_OUT: "Link again"}
    sentence = card.sentence
    if card.state == LinkState.LOGGED_OUT:
        sentence = f"The phone ended the link {times.when(card.since, zone, now)}."
    if card.waiting and card.next_due_at:
        waits = counted(card.waiting, "message waits", "messages wait")
        sentence += f" {waits}; the first is due {times.when(card.next_due_at, zone, now)}."
    link = routes.account(card.id)
    return Need("link", title, sentence, link, label.get(LinkState(card.state), "Look"))


def _of_message(row: MessageRow, zone: str, now: datetime) -> Need:
    due = times.when(row.due_at, zone, now)
    sentence = f"To {row.recipient}, {due}. {row.reason}".strip()
    label = "Decide" if row.status == Status.UNKNOWN else "Look"
    return Need(
        row.status, _MESSAGE_TITLES[Status(row.status)], sentence, routes.message(row.id), label
    )
