"""Reading one page of what a filter chooses, without reading all that there is.

What a search finds little of is looked up. All else is looked for along one lane in its order, so
many entries of the index at a time, until the page is full. Where that takes long, whatever is
short is read to its end instead: another lane, or what the search finds, if that is not too much to
sort. What leads nowhere for very long ends there, and the next page goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session

from wasched.models import Message
from wasched.services.caller import Caller
from wasched.services.messages import chosen, message_search
from wasched.services.messages.batch_statements import (
    LineKey,
    last_of_stride,
    listed,
    listed_in_stride,
    place_values,
)
from wasched.services.messages.chosen import Lane
from wasched.services.messages.filters import Filters
from wasched.services.paging import Place

STRIDES = (5_000, 15_000, 30_000, 50_000)
"""So many entries of an index are looked at, one stride after another; then the page ends."""

_SHORT = 5_000  # a lane with no more messages is read to its end
_FEW, _SOME = (200, 20_000), (5_000, 100_000)  # people or texts that a search finds; messages


def read_page(
    session: Session, user: Caller, wanted: Filters, start: Place, limit: int
) -> tuple[Sequence[Any], Place]:
    """The lines behind a place, and the place where the next page begins, empty at the end."""
    if chosen.is_contradiction(wanted):
        return [], ()
    found, end = _Reading(session, user, wanted, start, limit).lines()
    if len(found) > limit:
        return found[:limit], tuple(found[limit - 1][: len(LineKey.of(wanted).columns)])
    return found, end


@dataclass(frozen=True)
class _Reading:
    session: Session
    user: Caller
    wanted: Filters
    start: Place
    limit: int

    def lines(self) -> tuple[Sequence[Any], Place]:
        """The lines, one more than the limit if there are more, or the place where it gave up."""
        lanes = chosen.lanes_of(self.user, self.wanted)
        walked = next(one for one in lanes if one is not Lane.SCHEDULE)
        if (few := self._of_search(*_FEW)) is not None:
            return few, ()
        found: list[Any] = []
        place = self.start
        for number, stride in enumerate(STRIDES):
            found += self._stride(walked, place, stride)
            if len(found) > self.limit:
                break
            end = self._end_of(walked, place, stride)
            if end is None:
                return found, ()
            is_slow = number == 1 or (number == 0 and len(found) < self.limit / 4)
            if is_slow and (rest := self._otherwise(lanes)) is not None:
                return rest, ()
            place = end
        return found, place

    def _otherwise(self, lanes: Sequence[Lane]) -> Sequence[Any] | None:
        """All lines in another way, if that is short."""
        short = next(filter(self._is_short, lanes), None)
        return self._of_search(*_SOME) if short is None else self._whole(short)

    def _stride(self, lane: Lane, place: Place, stride: int) -> Sequence[Any]:
        statement = listed_in_stride(self.user, self.wanted, lane, stride, not place)
        return self._all(statement.limit(self.limit + 1), place_values(place))

    def _end_of(self, lane: Lane, place: Place, stride: int) -> Place | None:
        """The place behind a stride; None if nothing comes after it."""
        last = last_of_stride(self.user, self.wanted, lane, stride, not place)
        instant = self.session.connection().scalar(last, place_values(place))
        key = LineKey.of(self.wanted)
        return None if instant is None else key.end_of(instant)

    def _is_short(self, lane: Lane) -> bool:
        few = chosen.lane_itself(self.user, self.wanted, lane).where(*self._after(self.start))
        few = few.with_only_columns(Message.id).limit(_SHORT + 1)
        count = select(func.count()).select_from(few.subquery())
        return (self.session.connection().scalar(count) or 0) <= _SHORT

    def _whole(self, lane: Lane) -> Sequence[Any]:
        statement = listed(self.user, self.wanted, lane).where(*self._after(self.start))
        return self._all(statement.limit(self.limit + 1))

    def _of_search(self, ids: int, messages: int) -> Sequence[Any] | None:
        """All lines of what a search finds, by ids; None where there is too much of it."""
        words = self.wanted.search.strip()
        matches = message_search.find_matches(self.session, words, ids) if words else None
        if matches is None:
            return None
        if message_search.count_messages(self.session, matches, self.wanted, messages) > messages:
            return None
        statement = listed(self.user, self.wanted, None).where(*self._after(self.start))
        return self._all(statement.limit(self.limit + 1), matches.values())

    def _after(self, place: Place) -> list[ColumnElement[bool]]:
        return [LineKey.of(self.wanted).behind(place)] if place else []

    def _all(self, statement: Select[Any], values: dict[str, Any] | None = None) -> Sequence[Any]:
        return self.session.connection().execute(statement, values or {}).all()
