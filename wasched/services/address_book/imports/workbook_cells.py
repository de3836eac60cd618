"""Cells of workbooks as the words that a CSV file would have for them: one reader is enough.

A number that a spreadsheet may have shortened before it became one (4.91701E+12) is written so, for
whoever reads numbers refuses that; all its other digits are the ones that stand in the cell.
"""

import re
from datetime import date, datetime, time, timedelta
from math import isfinite

Cell = str | float | bool | date | datetime | time | timedelta
"""What a library makes of a cell; empty text for none."""

_EXACT = 1e16  # beyond it not every whole number can be told from the next
_SHORTENED_FROM = 12
"""Digits from which on spreadsheets show a number shortened."""

_SHOWN = 6
"""Digits that they leave of it."""

_ERROR = re.compile(r"#(?:[^\W\d_]{2,}(?:_[^\W\d_]+)*[!?]|DIV/0!|N/A|N/D|NV)|Err:\d{3}")
"""What stands in a cell whose formula fails, in the languages of Excel and in LibreOffice."""


def cell_words(cell: Cell) -> str:
    """What a cell says: days as ISO 8601, numbers with all of their digits."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return _number_words(float(cell))
        case datetime():
            has_time = cell.time() != time()
            return cell.isoformat(" ", "minutes") if has_time else cell.date().isoformat()
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case _:
            return str(cell)


def is_formula_error(cell: str) -> bool:
    """True for what a spreadsheet writes where a formula has no result: #REF!, #N/A."""
    return bool(_ERROR.fullmatch(cell))


def _number_words(number: float) -> str:
    if not isfinite(number) or abs(number) >= _EXACT:
        return f"{number:.15g}"
    if not number.is_integer():
        shown = f"{number:.15g}"  # as many digits as spreadsheets keep
        return shown if "." in shown else repr(number)
    digits = str(abs(int(number)))
    if len(digits) >= _SHORTENED_FROM and len(digits.rstrip("0")) <= _SHOWN:
        return f"{number:.5E}"
    return str(int(number))
