"""CSV files as spreadsheets and address books write them: any delimiter, quoted line breaks."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TextIO

from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, because
from wasched.domain.visible import clean_name
from wasched.services.address_book.imports.column_names import use_of
from wasched.services.address_book.imports.sheet import COLUMNS_MAX, Row, cap_rows
from wasched.services.csv_cells import unguard_cell

_DELIMITERS = ";\t|,"  # the comma last: it stands in names, too
_SAMPLE = 30
_LINE_MAX = 1_000_000
_FIRST = 1_000  # records that say how many columns there are
_ABOVE_MAX = 20
"""Records, a title among them, that may stand above the names of the columns."""

_WHO = frozenset(("phone", "name", "first_name", "last_name"))
_NUMBER = re.compile(r"\+?[\d\s()/.-]{7,}")


def read_csv(text: TextIO, start: str) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and rows of a file of which `start` is the beginning; InputError (file)."""
    announced = re.match(r'"?sep=(.)"?(?:\r\n?|\n)', start, re.IGNORECASE)  # as Excel writes it
    delimiter = announced[1] if announced else _find_delimiter(start)
    records = (one for one in _read_records(text, delimiter) if any(one[1]))
    if announced:
        next(records, None)
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


def _read_records(text: TextIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins in."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    line = 1
    try:
        for cells in reader:
            if lines.is_at_end:  # it ended with the file, not with its quotation mark
                raise csv.Error
            yield line, [unguard_cell(cell.strip()) for cell in cells[: COLUMNS_MAX + 1]]
            line = reader.line_num + 1
    except csv.Error:
        raise InputError("file", because(Code.CELL_WITHOUT_END, line=line)) from None


class _Lines:
    """The lines of a text; `is_at_end` once somebody asked for one more than there are."""

    def __init__(self, text: TextIO) -> None:
        self._text, self.is_at_end = text, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LINE_MAX + 1)
        if not line:
            self.is_at_end = True
            raise StopIteration
        if len(line) > _LINE_MAX:
            raise InputError("file", because(Code.LINE_TOO_LONG, most=_LINE_MAX))
        return line.lstrip("\ufeff")  # the mark of a file that was put behind another


def _find_delimiter(start: str) -> str:
    """The mark that cuts the first records into equally many cells, and into the most of them."""
    return max(_DELIMITERS, key=lambda mark: _column_evenness(start, mark))


def _column_evenness(start: str, mark: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        for cells in csv.reader(
            io.StringIO(start, newline=None), delimiter=mark, skipinitialspace=True
        ):
            if any(cells):
                widths[len(cells)] += 1
            if widths.total() == _SAMPLE:
                break
    except csv.Error:
        return 0.0, 0
    width, times = max(widths.items(), key=lambda one: (one[1], one[0]), default=(1, 1))
    return (times / widths.total() if width > 1 else 0.0), width


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
