"""Sends: the messages of one schedule that go out at one instant, however many people they reach.

Lists and the calendar show sends, so that a message to five thousand people is one line.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    case,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlmodel import Session, col

from wasched.domain.errors import DraftError
from wasched.domain.message import NEEDS_A_PERSON, Status
from wasched.models import Message
from wasched.services import access, message_rows
from wasched.services.filters import Filters
from wasched.services.views import MessageRow, Send, SendPage, SignedIn

PAGE = 50


@dataclass(frozen=True)
class _Key:
    """What a line stands for and is ordered by."""

    columns: tuple[Any, ...] = field(default=(Message.due_at, Message.schedule_id))

    @property
    def is_message(self) -> bool:
        """True if a line is one message and not a send."""
        return len(self.columns) > 2

    def after(self, cursor: str, backwards: bool) -> ColumnElement[bool]:
        place, start = tuple_(*self.columns), tuple_(*_read(cursor, len(self.columns)))
        return place < start if backwards else place > start

    def order(self, backwards: bool) -> list[Any]:
        return [one.desc() if backwards else one.asc() for one in map(col, self.columns)]


def page(
    session: Session, user: SignedIn, wanted: Filters, cursor: str, now: datetime, limit: int = PAGE
) -> SendPage:
    """A page of sends; `cursor` comes from the page before. DraftError if it is damaged."""
    key = _Key((*_Key().columns, Message.id)) if wanted.each else _Key()
    statement = _grouped(key, chosen(user, wanted)).order_by(*key.order(wanted.newest_first))
    if cursor:
        statement = statement.where(key.after(cursor, wanted.newest_first))
    else:
        statement = statement.where(*_bounded(session, wanted))
    found = session.execute(statement.limit(limit + 1)).all()
    sends = _sends(session, found[:limit], now)
    more = _cursor(found[limit - 1], len(key.columns)) if len(found) > limit else ""
    return SendPage(sends, more)


def spans(
    session: Session,
    user: SignedIn,
    bounds: Sequence[datetime],
    now: datetime,
    *,
    account_id: int = 0,
    limits: Sequence[int],
) -> list[tuple[list[Send], int]]:
    """Sends due between each bound and the next one, and how many there are in all.

    Where there are more than a span's limit, those are taken that need a person, that are
    going out, and that come next.
    """
    wanted = Filters(tab="", since=bounds[0], until=bounds[-1], account_id=account_id)
    parts: list[list[_Line]] = [[] for _ in bounds[1:]]
    for line in _lines(session, chosen(user, wanted)):
        parts[bisect_right(bounds, line.key[0]) - 1].append(line)
    taken = [_most_telling(part, limit, now) for part, limit in zip(parts, limits, strict=True)]
    rows = message_rows.named(session, [line.first_id for part in taken for line in part], now)
    return [
        ([line.send(rows) for line in few], len(part))
        for few, part in zip(taken, parts, strict=True)
    ]


def going_out(session: Session, user: SignedIn, now: datetime, limit: int = 5) -> list[Send]:
    """The sends that have begun and are not through, with the tally of all their messages."""
    found = session.execute(_first(session, user, Filters(tab="coming", until=now), limit))
    keys = [(schedule_id, due_at) for due_at, schedule_id in found]
    if not keys:
        return []
    whole = _grouped(_Key(), chosen(user, Filters(tab="")).where(of(keys)))
    return _sends(session, session.execute(whole).all(), now)


def count(session: Session, user: SignedIn, wanted: Filters, most: int) -> int:
    """How many sends a filter chooses; where there are more than `most`, it is not counted on."""
    few = _first(session, user, wanted, most + 1).subquery()
    return session.scalar(select(func.count()).select_from(few)) or 0


def chosen(user: SignedIn, wanted: Filters) -> Select[Any]:
    """The messages that a filter chooses, for further narrowing."""
    narrow = (wanted.status, wanted.account_id, wanted.recipient_id, wanted.schedule_id)
    is_narrow = wanted.tab == "needs" or any(narrow)
    visible = access.visible_among if is_narrow else access.visible
    statement = select(Message).where(visible(Message.owner_id, user))
    if wanted.search.strip():
        statement = statement.where(message_rows.matches(wanted.search))
    if wanted.tab:
        statement = statement.where(message_rows.in_tab(wanted.tab))
    for column, value in (
        (Message.status, wanted.status),
        (Message.account_id, wanted.account_id),
        (Message.recipient_id, wanted.recipient_id),
        (Message.schedule_id, wanted.schedule_id),
    ):
        if value:
            statement = statement.where(col(column) == value)
    if wanted.since is not None:
        statement = statement.where(col(Message.due_at) >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(col(Message.due_at) < wanted.until)
    return statement


def of(keys: Sequence[tuple[int, datetime]]) -> ColumnElement[bool]:
    """The messages of these sends, each named by its schedule and instant."""
    return tuple_(Message.schedule_id, Message.due_at).in_(keys)


def _first(session: Session, user: SignedIn, wanted: Filters, limit: int) -> Select[Any]:
    """The instants and schedules of the first sends that a filter chooses."""
    key = _Key()
    return (
        chosen(user, wanted)
        .where(*_bounded(session, wanted))
        .with_only_columns(*key.columns)
        .distinct()
        .order_by(*key.order(wanted.newest_first))
        .limit(limit)
    )


def _grouped(key: _Key, statement: Select[Any]) -> Select[Any]:
    """One row a line: its key, a message that stands for it, and how its messages stand."""
    if key.is_message:
        each = [case((Message.status == one, 1), else_=0) for one in Status]
        needs = case((message_rows.needs_a_person(), 1), else_=0)
        alone: Select[Any] = statement.with_only_columns(
            *key.columns, Message.id, literal(1), needs, *each
        )
        return alone
    tally = [func.count().filter(Message.status == one) for one in Status]
    waiting = func.count().filter(message_rows.needs_a_person())
    return statement.with_only_columns(
        *key.columns, func.min(Message.id), func.count(), waiting, *tally
    ).group_by(*key.columns)


def _lines(session: Session, statement: Select[Any]) -> list["_Line"]:
    """Whole sends in their order, for spans that hold many."""
    # As the database has it, and made an aware instant once a line.
    at = type_coerce(Message.due_at, DateTime)
    parted = (at, Message.schedule_id, Message.status)
    undecided = func.count().filter(col(Message.dismissed_at).is_(None))
    wanted = statement.with_only_columns(*parted, func.min(Message.id), func.count(), undecided)
    # Plain rows: for thousands of them the session's own would take longer than the query.
    found = session.connection().execute(wanted.group_by(*parted).order_by(*parted))
    lines: list[_Line] = []
    before = None
    for due_at, schedule_id, status, first_id, number, waiting in found.all():
        if before != (due_at, schedule_id):
            before = (due_at, schedule_id)
            lines.append(_Line((due_at.replace(tzinfo=UTC), schedule_id), first_id))
        line = lines[-1]
        line.first_id = min(line.first_id, first_id)
        line.tally[status] = number
        if status in NEEDS_A_PERSON:
            line.waiting += waiting
    return lines


def _most_telling(lines: list["_Line"], limit: int, now: datetime) -> list["_Line"]:
    """At most `limit` lines, in the order of their instants."""
    if len(lines) <= limit:
        return lines
    ranked = sorted(
        lines, key=lambda one: (not one.waiting, Status.SENDING not in one.tally, one.key[0] < now)
    )
    return sorted(ranked[:limit], key=lambda one: one.key)


@dataclass
class _Line:
    """A send that is being counted."""

    key: tuple[datetime, int]
    first_id: int
    waiting: int = 0
    tally: dict[str, int] = field(default_factory=dict)

    def send(self, rows: dict[int, MessageRow]) -> Send:
        row, count = rows[self.first_id], sum(self.tally.values())
        tally = {one: self.tally[one] for one in Status if one in self.tally}
        return Send(row, self.key[1], count, self.waiting, tally)


def _bounded(session: Session, wanted: Filters) -> list[ColumnElement[bool]]:
    """Lets the walk along the index of instants begin where the messages of a tab do."""
    if wanted.tab == "coming" and not wanted.newest_first:
        first = _furthest(session, func.min, message_rows.COMING)
        return [col(Message.due_at) >= first] if first else []
    if wanted.tab == "past" and wanted.newest_first:
        last = _furthest(session, func.max, message_rows.PAST)
        return [col(Message.due_at) <= last] if last else []
    return []


def _furthest(session: Session, of: Any, statuses: Sequence[Status]) -> datetime | None:
    ends = union_all(*(select(of(Message.due_at)).where(Message.status == one) for one in statuses))
    found: datetime | None = session.scalar(select(of(ends.subquery().c[0])))
    return found


def _sends(session: Session, found: Sequence[Any], now: datetime) -> list[Send]:
    """Lines for what was grouped, each named by one of its messages."""
    size = len(Status)
    named = message_rows.named(session, [group[-size - 3] for group in found], now)
    return [
        Send(
            row=named[group[-size - 3]],
            schedule_id=group[1],
            count=group[-size - 2],
            waiting=group[-size - 1],
            tally={
                one: number for one, number in zip(Status, group[-size:], strict=True) if number
            },
        )
        for group in found
    ]


def _cursor(group: Any, size: int) -> str:
    return "~".join([group[0].isoformat(), *[str(one) for one in group[1:size]]])


def _read(cursor: str, size: int) -> list[Any]:
    """The key a cursor names, in the types of its columns."""
    instant, *numbers = cursor.split("~")
    try:
        key: list[Any] = [datetime.fromisoformat(instant), *[int(one) for one in numbers]]
        if len(key) != size or key[0].tzinfo is None:
            raise ValueError(cursor)
    except ValueError:
        sentence = "That page address is damaged. Start at the first page."
        raise DraftError("cursor", sentence) from None
    return key
