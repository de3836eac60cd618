"""Conditions and values written so that the planners take the right index.

They mean the same without. tests/services/test_query_plans.py asks which plan each query gets.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select, tuple_, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


def off_index(column: Any, absent: Any) -> Any:
    """A column that is never null, such that no index of it is chosen.

    For a condition that many rows meet, beside one that few do or beside an order that is walked
    along: an index by the former would be followed to all of the rows, or sort them.
    `absent` is any value of the column's type that no row has.
    """
    return func.coalesce(column, absent)


def written_out(name: str, values: Iterable[Any]) -> Any:
    """Values for `in_` that stand in the statement itself, as a partial index says them.

    SQLite takes a partial index only where it sees, before any value is bound, that its condition
    is met. They must be our own values, never what somebody typed.
    """
    return bindparam(name, sorted(values), expanding=True, literal_execute=True)


def written_empty_text() -> Any:
    """An empty text that stands in the statement itself; why is said at `written_out`."""
    return literal_column("''")


def written_text(value: StrEnum) -> Any:
    """One of our own words that stands in the statement itself; why is said at `written_out`."""
    return literal_column(f"'{value}'")


class _InFew(FunctionElement[Any]):
    """A column and a question of few answers; of no type, or SQLite would compare it with 1."""

    name = "in_few"
    inherit_cache = True


def in_few(column: Any, few: Any) -> Any:
    """True where a column is among the few answers of a question, which are got first.

    SQLite does so with any IN. PostgreSQL, where the question is about another table of the same
    statement, would put it to each row that the column's table has.
    """
    return _InFew(column, few.scalar_subquery())


@compiles(_InFew)
def _in_few(found: _InFew, compiler: Any, **given: Any) -> str:
    column, few = (compiler.process(one, **given) for one in found.clauses)
    return f"{column} IN {few}"


@compiles(_InFew, "postgresql")
def _in_array(found: _InFew, compiler: Any, **given: Any) -> str:
    column, few = (compiler.process(one, **given) for one in found.clauses)
    return f"{column} = ANY (ARRAY{few})"


def pairs_in(first: Any, second: Any, pairs: Sequence[tuple[Any, Any]]) -> tuple[Any, Any]:
    """Conditions for rows whose two columns are one of some pairs.

    For pairs in a list alone SQLite reads a whole index; the `second` of each it looks up.
    """
    return second.in_({one for _, one in pairs}), tuple_(first, second).in_(pairs)


def furthest(of: Any, value: Any, column: Any, among: Iterable[Any], *beyond: Any) -> Any:
    """The least or greatest `value` (`of` is func.min or func.max) where a column is among some.

    By an index of both each is one step to an end of it; asked for together, all are read. Only
    those are taken that meet the conditions `beyond`.
    """
    ends = union_all(*(select(of(value)).where(column == one, *beyond) for one in among))
    return select(of(ends.subquery().c[0])).scalar_subquery()
