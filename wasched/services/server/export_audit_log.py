"""The audit log as lines of a spreadsheet, safe to open in one."""

from collections.abc import Callable, Iterator

from sqlmodel import Session

from wasched.domain import wall_clock
from wasched.domain.reasons import Reason
from wasched.services.caller import Caller
from wasched.services.csv_cells import BYTE_ORDER_MARK, guard_cell, write_line
from wasched.services.server.audit_page import AuditFilters, AuditLine, all_lines

Word = Callable[[Reason], str]

_HEAD = ("When", "Zone", "Who", "What", "Message", "Kind", "Address", "Key")


def csv_lines(session: Session, user: Caller, wanted: AuditFilters, word: Word) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), the newest entry first; `word` says what was done."""
    yield BYTE_ORDER_MARK + write_line(_HEAD)
    for line in all_lines(session, user, wanted):
        yield write_line([guard_cell(cell) for cell in _cells(line, user.zone, word)])


def _cells(line: AuditLine, zone: str, word: Word) -> tuple[str, ...]:
    there = wall_clock.local(line.at, wall_clock.zone(zone))
    who = line.who or "The server"
    return (
        f"{there:%Y-%m-%d %H:%M:%S}", zone, who, word(line.what), line.about, line.kind,
        line.address, line.key_name,
    )  # fmt: skip
