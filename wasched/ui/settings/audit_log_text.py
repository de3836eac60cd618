"""The audit log in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from wasched.domain.deeds import DeedKind
from wasched.services.server.audit_page import AuditLine
from wasched.text.reasons import reason_sentence
from wasched.ui.core import routes, times

KINDS = (
    (DeedKind.MESSAGES, "Messages"),
    (DeedKind.PEOPLE, "People"),
    (DeedKind.ACCOUNTS, "Accounts"),
    (DeedKind.SIGN_IN, "Signing in"),
    (DeedKind.EXPORTS, "Exports"),
    (DeedKind.SERVER, "Server"),
)
"""What a deed may be about, as the filter offers it."""

OF_SPACE = (DeedKind.MESSAGES, DeedKind.PEOPLE, DeedKind.ACCOUNTS, DeedKind.EXPORTS)
OF_SERVER = (DeedKind.SIGN_IN, DeedKind.PEOPLE, DeedKind.EXPORTS, DeedKind.SERVER)
"""Which of them either log has."""

NOBODY = "The server"
"""Who did what nobody did in a browser: its shell, or a phone that was linked."""


@dataclass(frozen=True)
class DeedLine:
    """One entry: who did what, at which time of its day, from which address."""

    key: str
    clock: str
    who: str
    what: str
    about: str  # what the schedule says that it is about
    href: str
    address: str


@dataclass(frozen=True)
class DeedDay:
    """The entries of one day."""

    label: str
    lines: list[DeedLine]


def deed_days(found: Iterable[AuditLine], zone: str, now: datetime) -> list[DeedDay]:
    """The entries by day, in the reader's zone."""
    by_day = groupby(found, lambda line: times.day_heading(line.at, zone, now))
    return [
        DeedDay(label, [_deed_line(one, zone, now) for one in lines]) for label, lines in by_day
    ]


def _deed_line(line: AuditLine, zone: str, now: datetime) -> DeedLine:
    return DeedLine(
        key=str(line.id),
        clock=times.clock_seconds(line.at, zone),
        who=_who(line),
        what=reason_sentence(line.what, zone, now),
        about=line.about,
        href=routes.schedule(line.schedule_id) if line.schedule_id else "",
        address=line.address,
    )


def _who(line: AuditLine) -> str:
    return f"{line.who}, by the key {line.key_name}" if line.key_name else line.who or NOBODY
