"""Rows as the browser gets them: words and marks, no instants and no table rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from wasched.domain.link import LinkState
from wasched.domain.message import MessageChoice, Status, may_choose
from wasched.domain.wording import count_words as count_words
from wasched.services.messages.batch_ids import batch_id_of
from wasched.services.messages.standing import Held as Held
from wasched.services.messages.standing import held_accounts as held_accounts
from wasched.services.messages.standing import may_be_amended
from wasched.services.messages.standing import standing_line as standing_line
from wasched.services.messages.standing import status_of as status_of
from wasched.services.schedules import ScheduleLine
from wasched.services.views import AccountCard, Batch, MessageRow, OutgoingBatch
from wasched.text.reasons import reason_sentence
from wasched.ui.core import approval_text, audience_text, routes, times, votes_text
from wasched.ui.core.has_not_text import nudge_row
from wasched.ui.core.statuses import status_word

TAKE_BACK = "take-back"
"""The place on a page where what has gone out is taken back."""

_LINE = 300
_SAID = 3


@dataclass(frozen=True)
class MessageLine:
    """One message in a list."""

    href: str
    clock: str
    recipient: str
    kind: str
    text: str
    status: str
    needs_me: bool
    detail: str
    account: str
    repeats: bool
    key: str = ""  # of a batch its id
    others: str = ""  # how many beside it: and 10 others, or what a list has: 11 recipients
    at: str = ""  # the instant, ISO 8601
    ago: str = ""
    away: str = ""  # how long until its time, once that is over empty
    day: str = ""  # as a date field has it
    has_changed: bool = False
    edit: str = ""  # empty once it is too late for that
    duplicate: str = ""
    may_go_back: bool = False  # a date of a series that may go as usual again
    asked: str = ""  # names what may be approved from the list, as it was seen
    voted: str = ""  # of a poll: 14 of 20 voted
    space: str = ""  # whose it is, where several are shown
    take_back: str = ""  # where it may be deleted for everyone or corrected


@dataclass(frozen=True)
class DayRows:
    """The messages of one day, under its name."""

    label: str
    lines: list[MessageLine]


@dataclass(frozen=True)
class GoingLine:
    """A send that is going out: how far it is, and about when it is through."""

    href: str
    name: str
    progress: str
    percent: str  # empty for a single message
    account: str
    account_id: str


@dataclass(frozen=True)
class Choice:
    """One thing to choose from a list."""

    value: str
    label: str


@dataclass(frozen=True)
class AccountLine:
    """One account in a list."""

    id: str
    href: str
    name: str
    phone: str
    state: str
    sentence: str
    use: str
    percent: str
    waiting: str
    asks: bool
    is_stopped: bool


def day_rows(found: Iterable[Batch], held: Held, zone: str, now: datetime) -> list[DayRows]:
    """Sends by day in the reader's zone."""
    grouped = groupby(found, lambda send: times.day_heading(send.row.due_at, zone, now))
    return [
        DayRows(label, [message_line(one, held, zone, now) for one in sends])
        for label, sends in grouped
    ]


def message_line(send: Batch, held: Held, zone: str, now: datetime) -> MessageLine:
    """One send for the browser."""
    row, many, to = send.row, send.count > 1, audience_text.of_send(send)
    status, needs_me = standing_line(send, held)
    at, there = row.due_at.isoformat(), times.local_time(row.due_at, zone)
    occurrence = (row.occurrence_at or row.due_at).isoformat()
    return MessageLine(
        href=opened_lines(send),
        clock=f"{there:%H:%M}",
        recipient=to.name,
        kind=to.kind,
        text=nudge_row(row.has_not, " ".join(row.text[:_LINE].split())),  # a line is short
        status=status,
        needs_me=needs_me,
        detail=_tally(send, zone, now) if many else _detail(row, zone, now),
        account=row.account,
        repeats=bool(row.repeats),
        key=batch_id_of(send),
        others=to.others,
        at=at,
        ago=times.distance_words(row.due_at, now),
        away=times.distance_words(row.due_at, now) if row.due_at > now else "",
        day=there.date().isoformat(),
        edit=routes.edit(send.schedule_id, occurrence) if _may_edit(send) else "",
        duplicate=routes.duplicate(send.schedule_id),
        voted=votes_text.turnout_words(send.voted, send.asked),
        take_back=f"{opened_lines(send)}#{TAKE_BACK}" if may_be_amended(send, now) else "",
    )


def _may_edit(send: Batch) -> bool:
    return any(may_choose(MessageChoice.EDIT, status) for status in send.tally)


def opened_lines(send: Batch) -> str:
    """The address of a message, or of all messages of a send."""
    if send.count > 1:
        return routes.messages_of(send.schedule_id, send.row.due_at.isoformat())
    return routes.message(send.row.id)


def schedule_line(made: ScheduleLine, zone: str, now: datetime) -> MessageLine:
    """A schedule, for the browser; its clock is that of the next time."""
    is_told = made.repeats and made.next_at is not None  # the sentence of a single time says it
    following = f", next {times.when_words(made.next_at, zone, now)}" if is_told else ""
    to, card = audience_text.of_schedule(made), made.approval
    return MessageLine(
        href=routes.schedule(made.id),
        clock=times.clock(made.next_at, zone) if made.next_at else "",
        recipient=to.name,
        kind=to.kind,
        text=nudge_row(made.has_not, made.text),
        status=_standing_of(made),
        needs_me=False,
        detail=f"{made.sentence}{following}",
        account=made.account,
        repeats=made.repeats,
        key=f"schedule {made.id}",
        others=to.others,
        asked=approval_text.asked_key(made.id, card) if card and card.may_decide else "",
    )


def _standing_of(made: ScheduleLine) -> str:
    if made.approval is not None and made.approval.state:
        return "refused" if made.approval.state == "refused" else "approval"
    return "paused" if made.status == "paused" else "scheduled"


def going_line(going: OutgoingBatch, zone: str, now: datetime) -> GoingLine:
    """A send that is going out, for the browser."""
    send = going.send
    left = sum(send.tally.get(one, 0) for one in (Status.SCHEDULED, Status.SENDING))
    gone = send.count - left
    shown = message_line(send, {}, zone, send.row.due_at)
    last = f" · last one about {_then(going.last_at, zone, now)}" if going.last_at else ""
    return GoingLine(
        href=shown.href,
        name=audience_text.of_send(send).said,
        progress=f"{gone:,} of {send.count:,} sent{last}" if send.count > 1 else "Sending now",
        percent=f"{100 * gone / send.count:.1f}%" if send.count > 1 else "",
        account=send.row.account,
        account_id=str(send.row.account_id),
    )


def _then(instant: datetime, zone: str, now: datetime) -> str:
    """A time of today by the clock alone, another one with its day."""
    is_today = times.day_name(instant, zone, now) == "Today"
    return times.clock(instant, zone) if is_today else times.when_words(instant, zone, now)


def mark_changes(found: list[DayRows], shown: list[DayRows]) -> list[DayRows]:
    """The same days, with a mark on the lines whose status is another than was shown."""
    before = {one.key: one.status for day in shown for one in day.lines}
    return [
        DayRows(
            day.label,
            [
                replace(one, has_changed=before.get(one.key, one.status) != one.status)
                for one in day.lines
            ],
        )
        for day in found
    ]


def changed_lines(found: list[DayRows]) -> str:
    """What has just changed, once a status, for who hears the page: Dilnoza Karimova: delivered.

    Of a stop the banner tells.
    """
    changed: dict[str, list[str]] = defaultdict(list)
    for one in (one for day in found for one in day.lines):
        if one.has_changed and one.status != "stopped":
            changed[one.status].append(one.recipient)
    return ". ".join(_now(status, who) for status, who in changed.items())


def _now(status: str, who: list[str]) -> str:
    names = list(dict.fromkeys(who))
    said = ", ".join(names) if len(names) <= _SAID else f"{len(who)} messages"
    return f"{said}: {status_word(status)}"


def _detail(row: MessageRow, zone: str, now: datetime) -> str:
    if row.status == Status.UNKNOWN and row.needs_me:
        return "you decide"
    if row.status == Status.MISSED and not row.needs_me:
        return "dismissed"
    return reason_sentence(row.reason, zone, now)


def _tally(send: Batch, zone: str, now: datetime) -> str:
    """How a send to many stands: 84 delivered, 2 failed."""
    if list(send.tally) == [Status.SCHEDULED]:
        return reason_sentence(send.row.reason, zone, now)
    return ", ".join(f"{number:,} {_counted(one)}" for one, number in send.tally.items())


def _counted(status: str) -> str:
    return "waiting" if status == Status.SCHEDULED else status_word(status)


def account_line(card: AccountCard, zone: str, now: datetime) -> AccountLine:
    """One account for the browser."""
    asks = LinkState(card.state).needs_a_person and not card.is_stopped
    return AccountLine(
        id=str(card.id),
        href=routes.account(card.id),
        name=card.name,
        phone=card.phone,
        state=card.state,
        sentence=reason_sentence(card.standing, zone, now),
        use=f"{card.sent_today} of {card.cap_today}",
        percent=f"{min(100, 100 * card.sent_today / card.cap_today):.1f}%",
        waiting=count_words(card.waiting, "message waits", "messages wait") if card.waiting else "",
        asks=asks,
        is_stopped=card.is_stopped,
    )


def up_to(number: int, most: int) -> str:
    """A count as a mark shows it: 23, more than most of it as 99+, and nothing for none."""
    return f"{most}+" if number > most else str(number or "")
