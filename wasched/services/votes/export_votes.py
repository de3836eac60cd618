"""Votes as lines of a spreadsheet, safe to open in one."""

from collections.abc import Iterator

from sqlmodel import Session

from wasched.domain import wall_clock
from wasched.services.caller import Caller
from wasched.services.csv_cells import BYTE_ORDER_MARK, guard_cell, write_line
from wasched.services.votes import tally
from wasched.services.votes.tally import SendKey
from wasched.services.votes.vote_views import VoterRow

_HEAD = ("Name", "Number", "Sent to", "Voted", "Zone", "Chose anew")
_CHOSEN = "x"


def csv_lines(session: Session, user: Caller, send: SendKey) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180): who voted on a send, with a column for each option."""
    found = tally.tally_send(session, user, send, listed=0)
    options = [one.text for one in found.options] if found else []
    yield BYTE_ORDER_MARK + _line([*_HEAD, *options])
    for voter in tally.voters_of_send(session, user, send) if found else ():
        yield _line([*_about(voter, user.zone), *(_mark(one, voter) for one in options)])


def _about(voter: VoterRow, zone: str) -> tuple[str, ...]:
    there = wall_clock.local(voter.at, wall_clock.zone(zone))
    when = f"{there:%Y-%m-%d %H:%M:%S}"
    return voter.name, voter.number, voter.to, when, zone, str(voter.changes or "")


def _mark(option: str, voter: VoterRow) -> str:
    return _CHOSEN if option in voter.chosen else ""


def _line(cells: list[str]) -> str:
    return write_line([guard_cell(cell) for cell in cells])
