"""Messages as lines of a spreadsheet, safe to open in one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from wasched.domain import wall_clock
from wasched.domain.reasons import Reason
from wasched.services.caller import Caller
from wasched.services.csv_cells import BYTE_ORDER_MARK, guard_cell, write_line
from wasched.services.messages import batches
from wasched.services.messages.filters import Filters
from wasched.services.schedules import audience_names
from wasched.services.views import MessageRow

Word = Callable[[Reason], str]

_CHUNK = 1_000
_HEAD = ("Due", "Zone", "To", "Account", "Status", "Why", "Message", "List")
_NO_LIST = audience_names.Lists("")


def csv_lines(
    session: Session, user: Caller, wanted: Filters, now: datetime, word: Word
) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), each message alone, read a chunk at a time.

    `word` says a reason to the reader.
    """
    each = replace(wanted, each=True)
    cursor = ""
    yield BYTE_ORDER_MARK + write_line(_HEAD)
    while True:
        page = batches.batch_page(session, user, each, cursor, now, limit=_CHUNK)
        lists = audience_names.lists_of(session, {one.schedule_id for one in page.sends})
        yield "".join(
            write_line(_cells(one.row, lists.get(one.schedule_id, _NO_LIST).name, user.zone, word))
            for one in page.sends
        )
        cursor = page.next_cursor
        if not cursor:
            return


def _cells(row: MessageRow, lists: str, zone: str, word: Word) -> tuple[str, ...]:
    there = wall_clock.local(row.due_at, wall_clock.zone(zone))
    due = f"{there:%Y-%m-%d %H:%M}"
    about = (row.recipient, row.account, row.status, word(row.reason), row.text, lists)
    return tuple(guard_cell(cell) for cell in (due, zone, *about))
