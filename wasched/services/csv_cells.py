"""Cells of CSV files (RFC 4180) that a spreadsheet shows, whatever is in them, and never runs.

Other people choose what their groups and they themselves are called (CWE-1236).
"""

import csv
import io
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

from wasched.domain.visible import is_unseen

BYTE_ORDER_MARK = "\ufeff"
"""Makes Excel read UTF-8."""

GUARD = "'"
"""What spreadsheets put before a cell that is text."""

_BEGINS_FORMULA = frozenset("=+-@\u2212")
_BREAKS = ("\t", "\r", "\n")


def guard_cell(cell: str) -> str:
    """The cell as text: with an apostrophe before what a spreadsheet would run."""
    return GUARD + cell if _runs_as_formula(cell) else cell


def unguard_cell(cell: str) -> str:
    """The cell as it was before it was guarded."""
    return cell[1:] if cell.startswith(GUARD) and _runs_as_formula(cell[1:]) else cell


def write_line(cells: Sequence[str]) -> str:
    """One line of a CSV file; every cell is quoted, for programs part cells by other marks, too."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow([one.replace("\0", "") for one in cells])
    return written.getvalue()


def _runs_as_formula(cell: str) -> bool:
    """True for a formula behind whatever cannot be seen, and for one that has a guard itself."""
    bare = cell.lstrip(GUARD)
    unseen = "".join(takewhile(is_unseen, bare))
    if any(one in unseen for one in _BREAKS):
        return True
    first = bare[len(unseen) : len(unseen) + 1]
    # Full-width and small signs count as the plain ones where East Asian letters are written.
    return unicodedata.normalize("NFKC", first)[:1] in _BEGINS_FORMULA
