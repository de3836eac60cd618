"""The statements that lists of batches are read by: their columns, their order, their places.

They are kept, for to write one takes longer than to run it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal
from sqlmodel import col

from wasched.db import hints
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services.caller import Caller
from wasched.services.messages import chosen, message_rows, message_search
from wasched.services.messages.chosen import Lane
from wasched.services.messages.filters import Filters
from wasched.services.paging import Keyset, Place

_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
_BEHIND_ALL = 10**18 - 1  # a number that no row has, as long as a cursor can say


@dataclass(frozen=True)
class LineKey(Keyset):
    """What a line stands for and is ordered by: a batch, or each message alone."""

    columns: tuple[Any, ...] = (Message.due_at, Message.schedule_id)

    @classmethod
    def of(cls, wanted: Filters) -> "LineKey":
        alone = (Message.id,) if wanted.each else ()
        return cls((*cls.columns, *alone), backwards=wanted.newest_first)

    @property
    def is_message(self) -> bool:
        """True if a line is one message and not a batch."""
        return len(self.columns) > 2

    def open_place(self) -> Place:
        """A place whose values are given when a statement is executed."""
        return tuple(
            bindparam(f"place_{number}", type_=one.type) for number, one in enumerate(self.columns)
        )

    def end_of(self, instant: datetime) -> Place:
        """The place behind all that is due at an instant."""
        return (instant, *[0 if self.backwards else _BEHIND_ALL] * (len(self.columns) - 1))


@lru_cache(maxsize=256)
def listed(user: Caller, wanted: Filters, along: Lane | None) -> Select[Any]:
    """A line for each batch in its order, along a lane; along none by ids that a search finds."""
    statement = (
        chosen.chosen_messages(user, wanted, along)
        if along
        else chosen.in_lane(user, wanted, None).where(message_search.of_matches(wanted))
    )
    key = LineKey.of(wanted)
    return grouped(key, statement).order_by(*key.order())


@lru_cache(maxsize=256)
def listed_in_stride(
    user: Caller, wanted: Filters, along: Lane, stride: int, is_first: bool
) -> Select[Any]:
    """The lines among so many entries of a lane, behind a place unless they are the first."""
    due, last = col(Message.due_at), last_of_stride(user, wanted, along, stride, is_first)
    everything = _FIRST if wanted.newest_first else _LAST
    end = func.coalesce(last.scalar_subquery(), everything)
    bound = due >= end if wanted.newest_first else due <= end
    return listed(user, wanted, along).where(*_behind(wanted, is_first), bound)


@lru_cache(maxsize=256)
def last_of_stride(
    user: Caller, wanted: Filters, along: Lane, stride: int, is_first: bool
) -> Select[Any]:
    """The instant up to which they are, nothing if the lane ends before."""
    order = LineKey.of(wanted).order()
    entries: Select[Any] = chosen.lane_itself(user, wanted, along).order_by(*order)
    instants = entries.where(*_behind(wanted, is_first)).with_only_columns(Message.due_at)
    found: Select[Any] = instants.offset(stride).limit(1)
    return found


def place_values(place: Place) -> dict[str, Any]:
    """What a statement that begins behind a place is executed with."""
    return {f"place_{number}": value for number, value in enumerate(place)}


def _behind(wanted: Filters, is_first: bool) -> list[ColumnElement[bool]]:
    key = LineKey.of(wanted)
    place = () if is_first else key.open_place()
    after = [] if is_first else [key.behind(place)]
    return [*where_they_begin(wanted, place), *after]


def grouped(key: LineKey, statement: Select[Any]) -> Select[Any]:
    """One row a line: its key, a message that stands for it, and how its messages stand."""
    if key.is_message:
        return statement.with_only_columns(*key.columns, *_ALONE)
    return statement.with_only_columns(*key.columns, *_TOGETHER).group_by(*key.columns)


def where_they_begin(wanted: Filters, place: Place = ()) -> list[ColumnElement[bool]]:
    """Lets a walk from a place begin where the next messages of a tab are."""
    due = col(Message.due_at)
    statuses = {"coming": message_rows.COMING, "past": message_rows.PAST}.get(wanted.tab)
    if statuses is None:
        return []
    if wanted.newest_first:
        beyond = [due <= place[0]] if place else []
        return [due <= hints.furthest(func.max, due, Message.status, statuses, *beyond)]
    beyond = [due >= place[0]] if place else []
    return [due >= hints.furthest(func.min, due, Message.status, statuses, *beyond)]


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
