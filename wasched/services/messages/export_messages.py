"""Messages as lines of a spreadsheet, safe to open in one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from wasched.domain import wall_clock
from wasched.domain.reasons import Reason
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.csv_cells import BYTE_ORDER_MARK, guard_cell, write_line
from wasched.services.messages import batches
from wasched.services.messages.filters import Filters
from wasched.services.permissions import Action
from wasched.services.replies import reading
from wasched.services.schedules import audience_names
from wasched.services.views import MessageRow

Word = Callable[[Reason], str]

_CHUNK = 1_000
_HEAD = ("Due", "Zone", "To", "Account", "Status", "Why", "Message", "List")
_REPLIES = ("Replied", "Reply")
"""For who may read what people write back: when first, and all that came."""

_NO_LIST = audience_names.Lists("")


def csv_lines(
    session: Session, user: Caller, wanted: Filters, now: datetime, word: Word
) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), each message alone, read a chunk at a time.

    `word` says a reason to the reader.
    """
    each = replace(wanted, each=True)
    cursor = ""
    reads = permissions.may(user, Action.READ_REPLIES)
    yield BYTE_ORDER_MARK + write_line(_HEAD + (_REPLIES if reads else ()))
    while True:
        page = batches.batch_page(session, user, each, cursor, now, limit=_CHUNK)
        lists = audience_names.lists_of(session, {one.schedule_id for one in page.sends})
        replies = reading.of_messages(session, user, [one.row.id for one in page.sends])
        yield "".join(
            write_line(
                _cells(one.row, lists.get(one.schedule_id, _NO_LIST).name, user.zone, word)
                + (_reply_cells(replies.get(one.row.id, []), user.zone) if reads else ())
            )
            for one in page.sends
        )
        cursor = page.next_cursor
        if not cursor:
            return


def _cells(row: MessageRow, lists: str, zone: str, word: Word) -> tuple[str, ...]:
    due = _local(row.due_at, zone)
    about = (row.recipient, row.account, row.status, word(row.reason), row.text, lists)
    return tuple(guard_cell(cell) for cell in (due, zone, *about))


def _reply_cells(replies: Sequence[tuple[datetime, str]], zone: str) -> tuple[str, ...]:
    if not replies:
        return ("", "")
    return _local(replies[0][0], zone), guard_cell("\n".join(text for _, text in replies))


def _local(at: datetime, zone: str) -> str:
    return f"{wall_clock.local(at, wall_clock.zone(zone)):%Y-%m-%d %H:%M}"
