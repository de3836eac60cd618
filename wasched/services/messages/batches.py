"""Sends: the messages of one schedule that go out at one instant, however many people they reach.

Lists and the calendar show sends, so that a message to five thousand people is one line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.domain.typed import read_instant, read_number
from wasched.models import Message
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.messages import message_rows
from wasched.services.messages.batch_ids import BatchKey
from wasched.services.messages.filters import Filters
from wasched.services.schedules import audience_names
from wasched.services.views import Batch, BatchPage

PAGE = 30


@dataclass(frozen=True)
class _Key:
    """What a line stands for and is ordered by."""

    columns: tuple[Any, ...] = field(default=(Message.due_at, Message.schedule_id))

    @classmethod
    def of(cls, wanted: Filters) -> "_Key":
        return cls((*cls().columns, Message.id)) if wanted.each else cls()

    @property
    def is_message(self) -> bool:
        """True if a line is one message and not a send."""
        return len(self.columns) > 2

    def after(self, cursor: str, backwards: bool) -> ColumnElement[bool]:
        place, start = tuple_(*self.columns), tuple_(*_read(cursor, len(self.columns)))
        return place < start if backwards else place > start

    def order(self, backwards: bool) -> list[Any]:
        return [one.desc() if backwards else one.asc() for one in map(col, self.columns)]


def batch_page(
    session: Session, user: Caller, wanted: Filters, cursor: str, now: datetime, limit: int = PAGE
) -> BatchPage:
    """A page of sends; `cursor` comes from the page before. InputError if it is damaged."""
    statement = _listed(user, wanted, is_first=not cursor)
    key = _Key.of(wanted)
    if cursor:
        statement = statement.where(key.after(cursor, wanted.newest_first))
    found = session.connection().execute(statement.limit(limit + 1)).all()
    more = _cursor(found[limit - 1], len(key.columns)) if len(found) > limit else ""
    return BatchPage(_lines(session, found[:limit], now, is_each=key.is_message), more)


def going_out(session: Session, user: Caller, now: datetime, limit: int = 5) -> list[Batch]:
    """The sends that have begun and are not through, with the tally of all their messages."""
    begun = _in_order(user, Filters(tab="coming", until=now)).limit(limit)
    one_each = begun.with_only_columns(func.min(Message.id)).group_by(*_Key().columns)
    return those_batches(session, user, session.connection().scalars(one_each).all(), now)


def count_batches(session: Session, user: Caller, wanted: Filters, most: int) -> int:
    """How many sends a filter chooses; where there are more than `most`, it is not counted on."""
    return session.connection().scalar(_counted(user, wanted, most)) or 0


def chosen_batches(user: Caller, wanted: Filters) -> Select[Any]:
    """The messages that a filter chooses, for further narrowing."""
    narrow = (wanted.status, wanted.account_id, wanted.recipient_id, wanted.schedule_id)
    is_narrow = wanted.tab == "needs" or any(narrow)
    visible = permissions.visible_among if is_narrow else permissions.visible_to
    statement = select(Message).where(visible(Message.owner_id, user))
    if wanted.search.strip():
        statement = statement.where(message_rows.message_matches(wanted.search))
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


def those_batches(session: Session, user: Caller, ids: Sequence[int], now: datetime) -> list[Batch]:
    """The sends that these messages belong to, with the tally of all their messages."""
    if not ids:
        return []
    found = session.connection().execute(_whole(user), {"ids": list(ids)})
    return _lines(session, found.all(), now)


def these_batches(statement: Select[Any], keys: Sequence[BatchKey]) -> Select[Any]:
    """The messages of these sends alone, each send named by its schedule and instant."""
    return statement.where(*hints.pairs_in(Message.schedule_id, Message.due_at, keys))


# Statements are kept: to write one takes longer than to run it.
@lru_cache(maxsize=256)
def _listed(user: Caller, wanted: Filters, is_first: bool) -> Select[Any]:
    """A line for each send, in its order; the first page begins where the messages do."""
    key = _Key.of(wanted)
    statement = _grouped(key, chosen_batches(user, wanted)).order_by(
        *key.order(wanted.newest_first)
    )
    return statement.where(*_bounded(wanted)) if is_first else statement


@lru_cache(maxsize=256)
def _counted(user: Caller, wanted: Filters, most: int) -> Select[Any]:
    few = _in_order(user, wanted).with_only_columns(*_Key().columns).distinct().limit(most + 1)
    return select(func.count()).select_from(few.subquery())


def _in_order(user: Caller, wanted: Filters) -> Select[Any]:
    """The messages that a filter chooses, from the first on."""
    statement = chosen_batches(user, wanted).where(*_bounded(wanted))
    return statement.order_by(*_Key().order(wanted.newest_first))


@lru_cache(maxsize=256)
def _whole(user: Caller) -> Select[Any]:
    """All messages of the sends that some messages belong to, a line for each send."""
    one = aliased(Message)
    same = and_(Message.due_at == one.due_at, Message.schedule_id == one.schedule_id)
    of_one = col(one.id).in_(bindparam("ids", expanding=True))
    theirs = select(Message).where(permissions.visible_among(Message.owner_id, user))
    return _grouped(_Key(), theirs.join(one, same).where(of_one))


def _grouped(key: _Key, statement: Select[Any]) -> Select[Any]:
    """One row a line: its key, a message that stands for it, and how its messages stand."""
    if key.is_message:
        return statement.with_only_columns(*key.columns, *_ALONE)
    return statement.with_only_columns(*key.columns, *_TOGETHER).group_by(*key.columns)


_ALONE: tuple[Any, ...] = (
    Message.id,
    literal(1),
    case((message_rows.needs_a_person(), 1), else_=0),
    *(case((Message.status == one, 1), else_=0) for one in Status),
)
_TOGETHER: tuple[Any, ...] = (
    func.min(Message.id),
    func.count(),
    func.count().filter(message_rows.needs_a_person()),
    *(func.count().filter(Message.status == one) for one in Status),
)


def _bounded(wanted: Filters) -> list[ColumnElement[bool]]:
    """Lets the walk along the index of instants begin where the messages of a tab do."""
    if wanted.tab == "coming" and not wanted.newest_first:
        return [col(Message.due_at) >= _furthest(func.min, message_rows.COMING)]
    if wanted.tab == "past" and wanted.newest_first:
        return [col(Message.due_at) <= _furthest(func.max, message_rows.PAST)]
    return []


def _furthest(of: Any, statuses: Sequence[Status]) -> Any:
    return hints.furthest(of, Message.due_at, Message.status, statuses)


def _lines(
    session: Session, found: Sequence[Any], now: datetime, *, is_each: bool = False
) -> list[Batch]:
    """Lines for what was grouped, each named by its lists or by one of its messages."""
    size = len(Status)
    lists = {} if is_each else audience_names.lists_of(session, {group[1] for group in found})
    alone = {group[-size - 3]: group[-size - 2] == 1 for group in found}
    named = message_rows.named_messages(session, alone, now)
    nobody = audience_names.Lists("")
    return [
        Batch(
            row=named[group[-size - 3]],
            schedule_id=group[1],
            count=group[-size - 2],
            waiting=group[-size - 1],
            tally={
                one: number for one, number in zip(Status, group[-size:], strict=True) if number
            },
            lists=lists.get(group[1], nobody).name,
            beside=lists.get(group[1], nobody).beside,
        )
        for group in found
    ]


def _cursor(group: Any, size: int) -> str:
    return "~".join([group[0].isoformat(), *[str(one) for one in group[1:size]]])


def _read(cursor: str, size: int) -> list[Any]:
    """The key a cursor names, in the types of its columns."""
    instant, *numbers = cursor.split("~")
    key: list[Any] = [read_instant(instant), *[read_number(one) for one in numbers]]
    if len(key) != size or None in key:
        raise InputError("cursor", "That page address is damaged. Start at the first page.")
    return key
