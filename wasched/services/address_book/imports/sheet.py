"""A file of people as a sheet of columns and rows, whatever program wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass

from wasched.domain.errors import InputError
from wasched.domain.media import MB
from wasched.domain.reasons import Code, because

FILE_MAX = 50 * MB
"""Bytes: the contacts of a phone with a picture each, or far more rows than are taken."""

ROWS_MAX = 100_000
COLUMNS_MAX = 200
"""Columns; Outlook writes about ninety."""

Row = tuple[int, tuple[str, ...]]
"""The line of the file where a row begins, from 1, and its cells."""


@dataclass(frozen=True)
class Sheet:
    """Columns by name, and rows with a cell for each of them.

    Each row comes with the line of the file where it begins, from 1. Of a workbook `first_column`
    is where its cells begin, from 0; `name` is the sheet that was read, `names` are those that it
    shows, and `hidden` is how many it has beside them.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    first_column: int = 0
    name: str = ""
    names: tuple[str, ...] = ()
    hidden: int = 0


def cap_rows(rows: Iterable[Row]) -> list[Row]:
    """All rows that say something; InputError if they are more than an import takes."""
    kept: list[Row] = []
    for line, cells in rows:
        if not any(cells):
            continue
        if len(kept) == ROWS_MAX:
            raise InputError("file", because(Code.TOO_MANY_ROWS, most=ROWS_MAX))
        kept.append((line, cells))
    return kept
