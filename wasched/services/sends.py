"""Sends: the messages of one schedule that go out at one instant, however many people they reach.

Lists and the calendar show sends, so that a message to five thousand people is one line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlmodel import Session, col

from wasched.domain.errors import DraftError
from wasched.domain.message import Status
from wasched.models import Message, Recipient, Schedule
from wasched.services import access, message_rows
from wasched.services.filters import Filters
from wasched.services.views import MessageRow, Send, SendPage, SignedIn

PAGE = 50


@dataclass(frozen=True)
class _Key:
    """What a line stands for and is ordered by."""

    columns: tuple[Any, ...] = field(default=(Message.due_at, Message.schedule_id))

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
    elif wanted.tab == "coming" and not wanted.newest_first:
        statement = statement.where(*_not_before_the_first(session))
    found = session.execute(statement.limit(limit + 1)).all()
    sends = _sends(session, user, found[:limit], now)
    more = _cursor(found[limit - 1], len(key.columns)) if len(found) > limit else ""
    return SendPage(sends, more)


def between(
    session: Session,
    user: SignedIn,
    since: datetime,
    until: datetime,
    now: datetime,
    *,
    account_id: int = 0,
    limit: int = PAGE,
) -> list[Send]:
    """The sends due in a span of time in their order, at most `limit` of them."""
    wanted = Filters(tab="", since=since, until=until, account_id=account_id)
    statement = _grouped(_Key(), chosen(user, wanted)).order_by(*_Key().order(False))
    return _sends(session, user, session.execute(statement.limit(limit)).all(), now)


def going_out(session: Session, user: SignedIn, now: datetime, limit: int = 5) -> list[Send]:
    """The sends that have begun and are not through, with the tally of all their messages."""
    begun = Filters(tab="coming", until=now)
    keys = session.execute(
        chosen(user, begun)
        .with_only_columns(Message.schedule_id, Message.due_at)
        .distinct()
        .order_by(col(Message.due_at), col(Message.schedule_id))
        .limit(limit)
    ).all()
    if not keys:
        return []
    whole = _grouped(_Key(), chosen(user, Filters(tab="")).where(of([tuple(one) for one in keys])))
    return _sends(session, user, session.execute(whole).all(), now)


def count(
    session: Session, user: SignedIn, since: datetime, until: datetime, account_id: int = 0
) -> int:
    """How many sends are due in a span of time."""
    wanted = Filters(tab="", since=since, until=until, account_id=account_id)
    return (
        session.scalar(
            select(func.count()).select_from(
                chosen(user, wanted)
                .with_only_columns(Message.due_at, Message.schedule_id)
                .distinct()
                .subquery()
            )
        )
        or 0
    )


def chosen(user: SignedIn, wanted: Filters) -> Select[Any]:
    """The messages that a filter chooses, for further narrowing."""
    statement = select(Message).where(access.visible(Message.owner_id, user))
    if wanted.search.strip():
        statement = statement.join(Schedule, col(Schedule.id) == Message.schedule_id).join(
            Recipient, col(Recipient.id) == Message.recipient_id
        )
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


def _grouped(key: _Key, statement: Select[Any]) -> Select[Any]:
    """One row a line: its key, a message that stands for it, and how its messages stand."""
    tally = [func.count().filter(Message.status == one) for one in Status]
    waiting = func.count().filter(message_rows.needs_a_person())
    return statement.with_only_columns(
        *key.columns, func.min(Message.id), func.count(), waiting, *tally
    ).group_by(*key.columns)


def _not_before_the_first(session: Session) -> list[ColumnElement[bool]]:
    """Lets the walk along the index of instants begin where coming messages do."""
    firsts = [
        session.scalar(select(func.min(Message.due_at)).where(Message.status == status))
        for status in message_rows.COMING
    ]
    known = [one for one in firsts if one is not None]
    return [col(Message.due_at) >= min(known)] if known else []


def _sends(session: Session, user: SignedIn, found: Sequence[Any], now: datetime) -> list[Send]:
    """Lines for what was grouped, each named by one of its messages."""
    size = len(Status)
    ids = [group[-size - 3] for group in found]
    named = _named(session, user, ids, now)
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


def _named(
    session: Session, user: SignedIn, ids: list[int], now: datetime
) -> dict[int, MessageRow]:
    if not ids:
        return {}
    statement = message_rows.rows(user).where(and_(col(Message.id).in_(ids)))
    return {
        message.id: message_rows.row(message, made, recipient, account, now)
        for message, made, recipient, account in session.execute(statement)
    }


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
