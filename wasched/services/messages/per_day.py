"""The sends of each of many spans of time, such as the days of a month: counted, and a few named.

A month may hold a hundred thousand messages, of which a page shows three a day. So the database
counts all and looks for the few by its indexes; what it does not show is never read.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    bindparam,
    func,
    literal,
    select,
    text,
    true,
    union_all,
)
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.message import Status
from wasched.models import Message
from wasched.models.base import UtcDateTime
from wasched.services.caller import Caller
from wasched.services.messages import batches, chosen, message_rows
from wasched.services.messages.filters import Filters
from wasched.services.views import Batch

_KEY = (Message.due_at, Message.schedule_id)


@dataclass(frozen=True)
class DayQuery:
    """What is asked of spans, but for their instants.

    So many spans there are, of each at most `limit` sends are named, of the one in the place
    `whole` at most `whole_limit`.
    """

    user: Caller
    account_id: int
    count: int
    limit: int
    whole: int | None = None
    whole_limit: int = 0

    def limit_of(self, place: int) -> int:
        """How many sends of a span are named."""
        return self.whole_limit if place == self.whole else self.limit

    def parts(self) -> list[tuple[Sequence[int], int]]:
        """The places that are asked for alike, and how many sends of each are named."""
        every: tuple[Sequence[int], int] = (range(self.count), self.limit)
        return [every] if self.whole is None else [every, ((self.whole,), self.whole_limit)]


def of_spans(
    session: Session, shape: DayQuery, bounds: Sequence[datetime], now: datetime
) -> list[tuple[list[Batch], int]]:
    """Sends due between each bound and the next one, and how many there are in all.

    Where there are more than the limit, those are taken that need a person, that are going out,
    and that come next.
    """
    ends = {f"at_{place}": at for place, at in enumerate(bounds)}
    totals: dict[int, int] = dict(session.connection().execute(_totals(shape), ends).all())
    few = [
        sorted(part.values(), key=_Found.rank)[: shape.limit_of(place)]
        for place, part in enumerate(_found(session, shape, bounds, {**ends, "now": now}))
    ]
    shown = batches.those_batches(
        session, shape.user, [one.id for part in few for one in part], now
    )
    named = {(one.schedule_id, one.row.due_at): one for one in shown}
    return [
        (sorted((named[one.key] for one in part), key=_at), totals[place])
        for place, part in enumerate(few)
    ]


def _found(
    session: Session, shape: DayQuery, bounds: Sequence[datetime], given: dict[str, datetime]
) -> "list[dict[tuple[int, datetime], _Found]]":
    """Of each span the sends that may be among the few, by their keys."""
    parts: list[dict[tuple[int, datetime], _Found]] = [{} for _ in range(shape.count)]
    # Plain rows: the session's own would take longer than the query.
    for due_at, schedule_id, one, way in session.connection().execute(_telling(shape), given):
        part, key = parts[bisect_right(bounds, due_at) - 1], (schedule_id, due_at)
        part.setdefault(key, _Found(key, one, due_at < given["now"])).ways.add(way)
    return parts


@dataclass
class _Found:
    """A send that matters in one way or more."""

    key: tuple[int, datetime]
    id: int  # of one of its messages
    is_over: bool
    ways: set[int] = field(default_factory=set)

    def rank(self) -> tuple[object, ...]:
        """What needs a person, what is going out, what comes next, what is over; by time."""
        schedule_id, due_at = self.key
        return 0 not in self.ways, 1 not in self.ways, self.is_over, due_at, schedule_id


# Statements are kept: to write one takes longer than to run it.
@lru_cache(maxsize=64)
def _totals(shape: DayQuery) -> Select[Any]:
    """How many sends each span has."""
    spans = _spans(range(shape.count), "spans")
    each = _among(spans, shape).with_only_columns(*_KEY).distinct().correlate(spans).subquery()
    return select(spans.c.number, select(func.count()).select_from(each).scalar_subquery())


@lru_cache(maxsize=64)
def _telling(shape: DayQuery) -> Any:
    """The first sends of each span by each of the ways in which one can matter."""
    parts = [
        (_spans(places, f"spans_{number}"), limit)
        for number, (places, limit) in enumerate(shape.parts())
    ]
    ways = range(len(_WAYS))
    return union_all(*(_first(shape, spans, way, limit) for spans, limit in parts for way in ways))


def _first(shape: DayQuery, spans: Any, way: int, limit: int) -> Select[Any]:
    """The first sends of each span by one of the ways, with its number."""
    ids = (
        _among(spans, shape)
        .where(_WAYS[way])
        .with_only_columns(func.min(Message.id))
        .group_by(*_KEY)
        .order_by(*_KEY)
        .limit(limit)
        .correlate(spans)
    )
    picked: Select[Any] = select(*_KEY, Message.id, literal(way)).select_from(spans)
    return picked.join(Message, hints.in_few(Message.id, ids))


_WAYS: tuple[Any, ...] = (
    message_rows.needs_a_person(),
    col(Message.status) == Status.SENDING,
    col(Message.due_at) >= bindparam("now", type_=UtcDateTime),
    true(),
)


def _spans(places: Sequence[int], name: str) -> Any:
    """Spans as a table that a query can walk along; their instants are given to it."""
    # Written out, since SQLAlchemy compiles a statement with a VALUES in it anew each time.
    rows = (
        f"SELECT {place} AS number, :at_{place} AS since, :at_{place + 1} AS until"
        for place in places
    )
    names = sorted({f"at_{end}" for place in places for end in (place, place + 1)})
    written = text(" UNION ALL ".join(rows)).bindparams(
        *(bindparam(name, type_=UtcDateTime) for name in names)
    )
    columns = written.columns(number=Integer, since=UtcDateTime, until=UtcDateTime)
    return columns.cte(name)


def _among(spans: Any, shape: DayQuery) -> Select[Any]:
    """The messages of each span that may be seen."""
    return chosen.chosen_messages(shape.user, Filters(tab="", account_id=shape.account_id)).where(
        col(Message.due_at) >= spans.c.since, col(Message.due_at) < spans.c.until
    )


def _at(one: Batch) -> tuple[datetime, int]:
    return one.row.due_at, one.schedule_id
