"""Looking for words in a column, whatever their case."""

import re
from typing import Any

from sqlalchemy import Boolean, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Contains(FunctionElement[bool]):
    """A column and a LIKE pattern in which a backslash takes what follows as it is."""

    type = Boolean()
    name = "contains_words"
    inherit_cache = True


class _ContainsLetters(_Contains):
    """The same, with two patterns for SQLite, whose LIKE knows the case of ASCII alone."""

    name = "contains_letters"
    inherit_cache = True


def contains(column: Any, words: str) -> ColumnElement[bool]:
    """True where the column has these words in it, as typed but for their case."""
    typed = words.strip()
    escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    if typed.isascii():
        return _Contains(column, f"%{escaped}%")
    about = re.sub(r"[^\x00-\x7f]+", "%", escaped)
    exactly = "".join(_either_case(letter) for letter in typed)
    return _ContainsLetters(column, f"%{escaped}%", f"%{about}%", f"*{exactly}*")


def _either_case(letter: str) -> str:
    """What GLOB takes for a letter, or for a sign that means something to it."""
    cases = {letter, letter.lower(), letter.upper()}
    if len(cases) == 1 and letter not in "*?[":
        return letter
    return f"[{''.join(sorted(one for one in cases if len(one) == 1))}]"


@compiles(_Contains)
def _anywhere(found: _Contains, compiler: Any, **given: Any) -> str:
    column, pattern, *_ = found.clauses
    asked, like = (compiler.process(one, **given) for one in (column, pattern))
    return f"({asked} ILIKE {like} ESCAPE '\\')"


@compiles(_Contains, "sqlite")
def _in_sqlite(found: _Contains, compiler: Any, **given: Any) -> str:
    # Its LIKE takes no notice of case. What SQLAlchemy makes of ilike there, lower() on both
    # sides, copies every text and takes twice as long.
    column, pattern = (compiler.process(one, **given) for one in found.clauses)
    return f"({column} LIKE {pattern} ESCAPE '\\')"


@compiles(_ContainsLetters, "sqlite")
def _letters_in_sqlite(found: _ContainsLetters, compiler: Any, **given: Any) -> str:
    # GLOB takes five times as long as LIKE, which leaves it few texts to look at.
    column, _, about, exactly = found.clauses
    asked, like, glob = (compiler.process(one, **given) for one in (column, about, exactly))
    return f"CASE WHEN {asked} LIKE {like} ESCAPE '\\' THEN {asked} GLOB {glob} ELSE 0 END"
