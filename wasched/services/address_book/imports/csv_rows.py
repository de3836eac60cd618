"""CSV files as spreadsheets and address books write them: any delimiter, quoted line breaks."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, because
from wasched.services.address_book.imports.sheet import COLUMNS_MAX, Row
from wasched.services.address_book.imports.tables import Record, read_table
from wasched.services.csv_cells import unguard_cell

_DELIMITERS = ";\t|,"  # the comma last: it stands in names, too
_SAMPLE = 30
_LINE_MAX = 1_000_000


def read_csv(text: TextIO, start: str) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and rows of a file of which `start` is the beginning; InputError (file)."""
    announced = re.match(r'"?sep=(.)"?(?:\r\n?|\n)', start, re.IGNORECASE)  # as Excel writes it
    delimiter = announced[1] if announced else _find_delimiter(start)
    records = _read_records(text, delimiter)
    if announced:
        next(records, None)
    return read_table(records)


def _read_records(text: TextIO, delimiter: str) -> Iterator[Record]:
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
