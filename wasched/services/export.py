"""Messages as lines of a spreadsheet, safe to open in one."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from wasched.domain import wall_clock
from wasched.services import sends
from wasched.services.filters import Filters
from wasched.services.views import MessageRow, SignedIn

_CHUNK = 1_000
_HEAD = ("Due", "Zone", "To", "Account", "Status", "Why", "Message")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def lines(session: Session, user: SignedIn, wanted: Filters, now: datetime) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), each message alone, read a chunk at a time."""
    each = replace(wanted, each=True)
    cursor = ""
    yield "\ufeff" + _line(_HEAD)  # the mark makes Excel read UTF-8
    while True:
        page = sends.page(session, user, each, cursor, now, limit=_CHUNK)
        yield "".join(_line(_cells(one.row, user.zone)) for one in page.sends)
        cursor = page.next_cursor
        if not cursor:
            return


def safe(cell: str) -> str:
    """The cell as text: a spreadsheet would run what begins like a formula (CWE-1236)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(row: MessageRow, zone: str) -> tuple[str, ...]:
    there = wall_clock.local(row.due_at, wall_clock.zone(zone))
    due = f"{there:%Y-%m-%d %H:%M}"
    return (due, zone, row.recipient, row.account, row.status, row.reason, row.text)


def _line(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([safe(cell) for cell in cells])
    return written.getvalue()
