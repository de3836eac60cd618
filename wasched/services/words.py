"""Looking for words in a column, whatever their case."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Contains(FunctionElement[bool]):
    """A column and a LIKE pattern in which a backslash takes what follows as it is."""

    type = Boolean()
    name = "contains_words"
    inherit_cache = True


class _ContainsFolded(_Contains):
    """The same for a pattern in other letters than those of ASCII, without capitals."""

    name = "contains_folded_words"
    inherit_cache = True


def contains(column: Any, words: str) -> ColumnElement[bool]:
    """True where the column has these words in it, as typed but for their case."""
    escaped = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    if escaped.isascii():
        return _Contains(column, f"%{escaped}%")
    return _ContainsFolded(column, f"%{escaped.casefold()}%")


@compiles(_Contains)
def _anywhere(found: _Contains, compiler: Any, **given: Any) -> str:
    column, pattern = (compiler.process(one, **given) for one in found.clauses)
    return f"({column} ILIKE {pattern} ESCAPE '\\')"


@compiles(_Contains, "sqlite")
def _in_sqlite(found: _Contains, compiler: Any, **given: Any) -> str:
    # Its LIKE takes no notice of case. What SQLAlchemy makes of ilike there, lower() on both
    # sides, copies every text and takes twice as long.
    column, pattern = (compiler.process(one, **given) for one in found.clauses)
    return f"({column} LIKE {pattern} ESCAPE '\\')"


@compiles(_ContainsFolded, "sqlite")
def _folded_in_sqlite(found: _ContainsFolded, compiler: Any, **given: Any) -> str:
    # Its LIKE knows the case of ASCII alone; casefold is Python's, and slower (see db).
    column, pattern = (compiler.process(one, **given) for one in found.clauses)
    return f"(casefold({column}) LIKE {pattern} ESCAPE '\\')"
