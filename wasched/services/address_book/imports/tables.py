"""Records of cells as a table of people: where the names of its columns stand, and who is below."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, because
from wasched.domain.visible import clean_name
from wasched.services.address_book.imports.column_names import use_of
from wasched.services.address_book.imports.sheet import COLUMNS_MAX, Row, cap_rows

Record = tuple[int, list[str]]
"""The line where it begins, from 1, and its cells, of which COLUMNS_MAX and one more are enough."""

_FIRST = 1_000  # records that say how many columns there are
_ABOVE_MAX = 20
"""Records, a title among them, that may stand above the names of the columns."""

_WHO = frozenset(("phone", "name", "first_name", "last_name"))
_NUMBER = re.compile(r"\+?[\d\s()/.-]{7,}")


def read_table(found: Iterable[Record]) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and rows of a file's records; InputError (file) if they are too many."""
    records = (one for one in found if any(one[1]))
    begun = list(islice(records, _FIRST))
    at = _head_at([cells for _, cells in begun])
    head = begun[at][1] if at is not None else []
    begun = begun[0 if at is None else at + 1 :]
    # A lone wide row would give everybody as many empty cells.
    width = max(len(head), *(len(cells) for _, cells in begun), 1)
    if width > COLUMNS_MAX:
        raise InputError("file", because(Code.TOO_MANY_COLUMNS, most=COLUMNS_MAX))
    empty = [""] * width
    people = ((line, cells) for line, cells in chain(begun, records) if cells != head)
    rows = ((line, tuple([*cells, *empty][:width])) for line, cells in people)
    return _name_columns(head, width), cap_rows(rows)


def _head_at(begun: Sequence[Sequence[str]]) -> int | None:
    """Which of the first records names the columns: below a title, too; None if none does."""
    for at, cells in enumerate(begun[:_ABOVE_MAX]):
        uses = {use_of(cell) for cell in cells} - {""}
        if len(uses) > 1 and uses & _WHO and not _is_a_person(cells):
            return at
    at = _below_title(begun[:_ABOVE_MAX])
    return None if not begun or _is_a_person(begun[at]) else at


def _below_title(begun: Sequence[Sequence[str]]) -> int:
    """The first record with more than one cell, below a title alone in its line; else 0."""
    return next((at for at, cells in enumerate(begun) if sum(map(bool, cells)) > 1), 0)


def _is_a_person(cells: Sequence[str]) -> bool:
    """True if a first record has a number in it, so that it names no columns."""
    return any(_NUMBER.fullmatch(cell) for cell in cells)


def _name_columns(head: Sequence[str], width: int) -> tuple[str, ...]:
    """A name of its own for each column."""
    names: list[str] = []
    for at in range(width):
        name = clean_name(head[at])[:80] if at < len(head) else ""
        name = name or f"Column {at + 1}"
        same = sum(name == one or one.startswith(f"{name} (") for one in names)
        names.append(f"{name} ({same + 1})" if same else name)
    return tuple(names)
