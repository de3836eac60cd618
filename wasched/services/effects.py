"""What follows from a change once it is committed: asked for in its session, done after it.

Whoever changes something says here what follows; no door has to know of it. Nothing follows from
what is rolled back. Who carries it out is said where a process starts (`bootstrap.py`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

_KEY = "effects"


@dataclass(frozen=True)
class Wake:
    """Something of an account may go out from an instant (UTC) on: its worker looks by then."""

    account_id: int
    at: datetime


@dataclass(frozen=True)
class Convert:
    """A file waits to be made into what phones play."""

    media_id: int


@dataclass(frozen=True)
class CheckNumbers:
    """Somebody waits to know whether numbers are on WhatsApp, and this account asks."""

    account_id: int


@dataclass(frozen=True)
class AskLine:
    """Somebody waits for what WhatsApp knows of a group or a post, and this account asks."""

    account_id: int


@dataclass(frozen=True)
class ReadPeople:
    """A file of people waits to be read."""

    import_id: int


@dataclass(frozen=True)
class ExpectPeople:
    """A file of people is on its way, and what reads it takes a while to start."""

    user_id: int


@dataclass(frozen=True)
class MailLinks:
    """Somebody waits for a link by e-mail."""


Effect = Wake | Convert | CheckNumbers | AskLine | ReadPeople | ExpectPeople | MailLinks


def wake(session: Session, account_id: int, at: datetime) -> None:
    """Something of the account may go out from this instant (UTC) on, or sooner than it was to."""
    known = _collected(session).get((Wake, account_id))
    soonest = min(known.at, at) if isinstance(known, Wake) else at
    _collected(session)[Wake, account_id] = Wake(account_id, soonest)


def convert(session: Session, media_id: int) -> None:
    """The file waits to be converted, and perhaps a person for it."""
    _collected(session)[Convert, media_id] = Convert(media_id)


def check_numbers(session: Session, account_id: int) -> None:
    """Numbers wait to be asked about by the account."""
    _collected(session)[CheckNumbers, account_id] = CheckNumbers(account_id)


def ask_line(session: Session, account_id: int) -> None:
    """Something waits to be asked by the account: an invite link, or the views of a post."""
    _collected(session)[AskLine, account_id] = AskLine(account_id)


def read_people(session: Session, import_id: int) -> None:
    """The file of this import waits to be read, and a person for it."""
    _collected(session)[ReadPeople, import_id] = ReadPeople(import_id)


def expect_people(session: Session, user_id: int) -> None:
    """The person sends a file of people, which is to be read once it is here."""
    _collected(session)[ExpectPeople, user_id] = ExpectPeople(user_id)


def mail_links(session: Session) -> None:
    """Links wait to be sent by e-mail."""
    _collected(session)[MailLinks, 0] = MailLinks()


def take_effects(session: Session) -> list[Effect]:
    """What was asked for in the session, once; each account and file once."""
    return list(session.info.pop(_KEY, {}).values())


def _collected(session: Session) -> dict[tuple[type, int], Effect]:
    """What was asked for up to now: for each kind, by account or file."""
    collected: dict[tuple[type, int], Effect] = session.info.setdefault(_KEY, {})
    return collected
