"""Pages of a list: where one begins, and the cursor that asks for the next.

A list has an order in which no two lines are the same, and a page begins behind a place in it. So
lines that come or go meanwhile move no others to another page, and the last page costs what the
first one does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, tuple_
from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.domain.typed import read_instant, read_number
from wasched.models.base import UtcDateTime

Place = tuple[Any, ...]
"""The values of a line in the columns that its list is ordered by. The empty one is before all."""

SEPARATOR = "~"
"""Between the values of a cursor: instants and numbers, and a text as the first of them at most."""


@dataclass(frozen=True)
class Keyset:
    """The columns that a list is ordered by, which together name one line of it."""

    columns: tuple[Any, ...]
    backwards: bool = field(default=False, kw_only=True)
    key_of: Callable[[str], str] = field(default=str, kw_only=True)  # of a text in a cursor

    def order(self) -> list[ColumnElement[Any]]:
        """What the list is ordered by."""
        return [one.desc() if self.backwards else one.asc() for one in self.columns]

    def behind(self, place: Place) -> ColumnElement[bool]:
        """True for what comes after a place."""
        here, there = tuple_(*self.columns), tuple_(*place)
        return here < there if self.backwards else here > there

    def write(self, place: Place) -> str:
        """The place as a cursor says it; empty for none."""
        said = (one.isoformat() if isinstance(one, datetime) else str(one) for one in place)
        return SEPARATOR.join(said)

    def read(self, cursor: str) -> Place:
        """The place that a cursor names, in the types of the columns; InputError if damaged."""
        if not cursor:
            return ()
        said = cursor.rsplit(SEPARATOR, len(self.columns) - 1)
        place = tuple(self._value(*one) for one in zip(self.columns, said, strict=False))
        if len(place) != len(self.columns) or None in place:
            raise InputError("cursor", "That page address is damaged. Start at the first page.")
        return place

    def _value(self, column: Any, text: str) -> Any:
        if isinstance(column.type, UtcDateTime):
            return read_instant(text)
        return read_number(text) if isinstance(column.type, Integer) else self.key_of(text)


def read_page(
    session: Session,
    statement: Select[Any],
    keyset: Keyset,
    cursor: str,
    limit: int,
    place_of: Callable[[Any], Place],
) -> tuple[Sequence[Any], str]:
    """The rows of a page, and the cursor of the next one, empty at the end.

    `place_of` says the place of a row. InputError if the cursor is damaged.
    """
    if place := keyset.read(cursor):
        statement = statement.where(keyset.behind(place))
    rows = session.execute(statement.order_by(*keyset.order()).limit(limit + 1)).all()
    is_last = len(rows) <= limit
    return rows[:limit], "" if is_last else keyset.write(place_of(rows[limit - 1]))
