"""Days in the cells of a column: which of their numbers is the month, and each as ISO 8601."""

import re
from collections.abc import Iterable
from datetime import date

from wasched.domain.wording import MONTHS, day_and_month

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00)?)?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\2\s?(\d{2}|\d{4})?(?:[T ]00:00(?::00)?)?")
_ISO = re.compile(r"(\d{4}|-)-(\d\d)-(\d\d)")
_MOST = 0.9
"""What share of a column's cells are days where the column is one of days."""

_LEAP = 2000
"""A leap year, in which every day of a year without one is found."""


def order_of(cells: Iterable[str], is_american: bool = False) -> str:
    """The order in a column of days: dmy, mdy or ymd; empty if it is none.

    Where no cell tells days from months, 3/12 is 12 March if `is_american`.
    """
    said = [cell for cell in cells if cell]
    usual = ("mdy", "dmy") if is_american else ("dmy", "mdy")
    shares = {one: sum(bool(iso_day(cell, one)) for cell in said) for one in ("ymd", *usual)}
    best = max(shares, key=lambda one: shares[one])
    return best if said and shares[best] >= _MOST * len(said) else ""


def iso_day(cell: str, order: str) -> str:
    """A day as ISO 8601, as in 1990-03-12, without a year as in --03-12; empty if it is none."""
    text = cell.strip()
    if order == "ymd":
        found = _YEAR_FIRST.fullmatch(text)
        return _written(found[1], found[3], found[4]) if found else ""
    if not (found := _YEAR_LAST.fullmatch(text)) or not (found[4] or found[2] == "."):
        return ""
    day, month = (found[1], found[3]) if order == "dmy" else (found[3], found[1])
    return _written(found[4] or "", month, day)


def spoken_day(value: str) -> str:
    """A day in ISO 8601 as texts say it, 12 March 1990 or 12 March; anything else as it is."""
    if not (found := _ISO.fullmatch(value)):
        return value
    try:
        day = date(_LEAP if found[1] == "-" else int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return value
    return f"{day.day} {MONTHS[day.month - 1]}" if found[1] == "-" else day_and_month(day)


def _written(year: str, month: str, day: str) -> str:
    whole = int(year) if year else _LEAP
    if len(year) == 2:  # as spreadsheets take them
        whole += 2000 if whole < 30 else 1900
    try:
        found = date(whole, int(month), int(day))
    except ValueError:
        return ""
    return found.isoformat() if year else f"--{found:%m-%d}"
