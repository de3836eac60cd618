"""What is known of back-ups: the last good one, those that are kept, and what went wrong last."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlmodel import Session

from wasched.domain.back_ups import LATE
from wasched.domain.errors import NotFoundError
from wasched.domain.reasons import Code, Reason
from wasched.models import Setting
from wasched.services import permissions
from wasched.services.audit_log import record_entry, record_on_server
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, announce_to_all
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.permissions import Action

_GOOD, _LAST = "backed_up_at", "kept_back_ups"


@dataclass(frozen=True)
class KeptBackUp:
    """A back-up where back-ups go by themselves; `size` in bytes."""

    name: str
    size: int


@dataclass(frozen=True)
class BackUpNotes:
    """How it went the last time one was made by itself; times are UTC, in words of ISO 8601."""

    asked_at: str = ""  # somebody wants one now
    begun_at: str = ""  # one is being made
    tried_at: str = ""
    good_at: str = ""
    fault: str = ""  # a sentence; empty if the last one is good
    where: str = ""
    kept: tuple[KeptBackUp, ...] = ()

    @property
    def is_asked(self) -> bool:
        """True if somebody wants one that has not been tried yet."""
        return self.asked_at > self.tried_at


def last_good_backup(session: Session) -> datetime | None:
    """When everything was last written into an archive that is good (UTC); None if it never was.

    However it was made: by itself, or by the shell's command.
    """
    noted = session.get(Setting, _GOOD)
    return datetime.fromisoformat(noted.value) if noted else None


def back_up_trouble(session: Session, now: datetime) -> str:
    """What is wrong with back-ups that are to be made by themselves, in a sentence; or nothing.

    Strangers read it, too: why one failed, and where they lie, is told who runs the server.
    """
    notes, good_at = read_notes(session), last_good_backup(session)
    last = (
        f"The last good one is of {good_at:%d %B %Y, %H:%M} UTC." if good_at else "There is none."
    )
    if notes.fault:
        return f"The last back-up failed. {last} Back-up in Settings says why."
    if notes.tried_at and (good_at is None or now - good_at > LATE):
        return f"No back-up was made in time. {last} See the worker's log."
    return ""


def read_notes(session: Session) -> BackUpNotes:
    """How it went the last time."""
    noted = session.get(Setting, _LAST)
    if noted is None:
        return BackUpNotes()
    found = json.loads(noted.value)
    return BackUpNotes(**{**found, "kept": tuple(KeptBackUp(**one) for one in found["kept"])})


def ask_back_up(session: Session, user: Caller, now: datetime) -> None:
    """Have the worker make one as soon as it can."""
    permissions.require(user, Action.RUN_SERVER)
    _write(session, replace(read_notes(session), asked_at=now.isoformat()), now)
    record_on_server(session, user, Reason(Code.ASKED_BACK_UP), now)


def take_back_up(session: Session, user: Caller, name: str, now: datetime) -> KeptBackUp:
    """The one of that name, which is noted as taken away; NotFoundError if it is not kept.

    UnconfirmedError unless their password was given a short while ago: it opens everything.
    """
    permissions.require(user, Action.RUN_SERVER)
    require_recent_password(user, now)
    found = next((one for one in read_notes(session).kept if one.name == name), None)
    if found is None:
        raise NotFoundError()
    record_on_server(session, user, Reason(Code.TOOK_BACK_UP), now)
    return found


def note_back_up(session: Session, now: datetime) -> None:
    """Note that everything was just written into an archive."""
    session.merge(Setting(name=_GOOD, value=now.isoformat()))
    record_entry(session, Reason(Code.MADE_BACK_UP), now)


def note_begun(session: Session, now: datetime) -> None:
    """Note that one is being made."""
    _write(session, replace(read_notes(session), begun_at=now.isoformat()), now)


def forget_begun(session: Session, now: datetime) -> None:
    """None is being made any more: who made it ended, or the database came out of a back-up."""
    notes = read_notes(session)
    if notes.begun_at:
        _write(session, replace(notes, begun_at=""), now)


def note_kept(
    session: Session, kept: Iterable[KeptBackUp], where: str, made_at: datetime, now: datetime
) -> None:
    """Note that one was made and is good; `kept` are those that are there now, newest first."""
    made, tried = made_at.isoformat(), now.isoformat()
    notes = replace(read_notes(session), begun_at="", tried_at=tried, good_at=made, fault="")
    _write(session, replace(notes, kept=tuple(kept), where=where), now)
    note_back_up(session, made_at)


def note_failed(session: Session, fault: str, now: datetime) -> None:
    """Note why the last one is none."""
    notes = replace(read_notes(session), begun_at="", tried_at=now.isoformat(), fault=fault)
    _write(session, notes, now)


def _write(session: Session, notes: BackUpNotes, now: datetime) -> None:
    session.merge(Setting(name=_LAST, value=json.dumps(asdict(notes))))
    announce_to_all(session, ACCOUNTS, now)  # what the page of the server's health follows
