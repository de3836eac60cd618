"""Sends: the messages of one schedule that go out at one instant, however many people they reach.

Lists and the calendar show sends, so that a message to five thousand people is one line.
"""

from collections.abc import Sequence, Set
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.message import Status
from wasched.domain.nudge import HasNot
from wasched.models import Message
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.messages import batch_reading, message_rows
from wasched.services.messages.batch_ids import BatchKey
from wasched.services.messages.batch_statements import LineKey, grouped, where_they_begin
from wasched.services.messages.chosen import chosen_messages
from wasched.services.messages.filters import Filters
from wasched.services.schedules import audience_names
from wasched.services.unanswered.people import require_reading
from wasched.services.views import Batch, BatchPage
from wasched.services.votes import tally
from wasched.services.votes.vote_views import Turnout

PAGE = 30


def batch_page(
    session: Session, user: Caller, wanted: Filters, cursor: str, now: datetime, limit: int = PAGE
) -> BatchPage:
    """A page of sends; `cursor` comes from the page before. InputError if it is damaged."""
    if wanted.has_not:
        require_reading(user, HasNot(wanted.has_not))
    key = LineKey.of(wanted)
    found, end = batch_reading.read_page(session, user, wanted, key.read(cursor), limit)
    return BatchPage(_lines(session, found, now, is_each=key.is_message), key.write(end))


def going_out(session: Session, user: Caller, now: datetime, limit: int = 5) -> list[Batch]:
    """The sends that have begun and are not through, with the tally of all their messages."""
    begun = _in_order(user, Filters(tab="coming", until=now)).limit(limit)
    one_each = begun.with_only_columns(func.min(Message.id)).group_by(*LineKey().columns)
    return those_batches(session, user, session.connection().scalars(one_each).all(), now)


def count_batches(session: Session, user: Caller, wanted: Filters, most: int) -> int:
    """How many sends a filter chooses; where there are more than `most`, it is not counted on."""
    return session.connection().scalar(_counted(user, wanted, most)) or 0


def those_batches(session: Session, user: Caller, ids: Sequence[int], now: datetime) -> list[Batch]:
    """The sends that these messages belong to, with the tally of all their messages."""
    if not ids:
        return []
    found = session.connection().execute(_whole(user), {"ids": list(ids)})
    return _lines(session, found.all(), now)


def these_batches(statement: Select[Any], keys: Sequence[BatchKey]) -> Select[Any]:
    """The messages of these sends alone, each send named by its schedule and instant."""
    return statement.where(*hints.pairs_in(Message.schedule_id, Message.due_at, keys))


@lru_cache(maxsize=256)
def _counted(user: Caller, wanted: Filters, most: int) -> Select[Any]:
    few = _in_order(user, wanted).with_only_columns(*LineKey().columns).distinct().limit(most + 1)
    return select(func.count()).select_from(few.subquery())


def _in_order(user: Caller, wanted: Filters) -> Select[Any]:
    """The messages that a filter chooses, from the first on."""
    statement = chosen_messages(user, wanted).where(*where_they_begin(wanted))
    return statement.order_by(*LineKey(backwards=wanted.newest_first).order())


@lru_cache(maxsize=256)
def _whole(user: Caller) -> Select[Any]:
    """All messages of the sends that some messages belong to, a line for each send."""
    one = aliased(Message)
    same = and_(Message.due_at == one.due_at, Message.schedule_id == one.schedule_id)
    of_one = col(one.id).in_(bindparam("ids", expanding=True))
    theirs = select(Message).where(permissions.visible_among(Message.space_id, user))
    return grouped(LineKey(), theirs.join(one, same).where(of_one))


def _lines(
    session: Session, found: Sequence[Any], now: datetime, *, is_each: bool = False
) -> list[Batch]:
    """Lines for what was grouped, each named by its lists or by one of its messages."""
    size = len(Status)
    lists = {} if is_each else audience_names.lists_of(session, {group[1] for group in found})
    alone = {group[-size - 3]: group[-size - 2] == 1 for group in found}
    named = message_rows.named_messages(session, alone, now)
    sends = {} if is_each else {group[-size - 3]: (group[1], group[0]) for group in found}
    turnouts = tally.turnouts(session, sends)
    nobody, no_poll = audience_names.Lists(""), Turnout(0, 0)
    gone = {} if is_each else _taken_back(session, {group[1] for group in found})
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
            voted=turnouts.get((group[1], group[0]), no_poll).voted,
            asked=turnouts.get((group[1], group[0]), no_poll).asked,
            taken_back=gone.get((group[1], named[group[-size - 3]].due_at), 0),
        )
        for group in found
    ]


def _taken_back(session: Session, schedule_ids: Set[int]) -> dict[BatchKey, int]:
    """How many of these schedules' sends are deleted for everyone; of most there is none."""
    found = session.execute(_TAKEN_BACK, {"ids": list(schedule_ids)})
    return {(schedule_id, due_at): count for schedule_id, due_at, count in found}


_TAKEN_BACK = (
    select(Message.schedule_id, Message.due_at, func.count())
    .where(
        col(Message.schedule_id).in_(bindparam("ids", expanding=True)),
        col(Message.taken_back_at).is_not(None),
    )
    .group_by(col(Message.schedule_id), col(Message.due_at))
)
