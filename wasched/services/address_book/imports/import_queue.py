"""Files of people that wait to be read or are being read: whose turn it is, and how far it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlmodel import Session, col

from wasched.domain.errors import NotFoundError
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.models import ImportRow, ImportStatus, PeopleImport
from wasched.services import effects, permissions
from wasched.services.accounts import accounts
from wasched.services.address_book.imports.import_request import ImportRequest
from wasched.services.caller import Caller
from wasched.services.change_notes import IMPORTS, announce
from wasched.services.files import uploads
from wasched.services.permissions import Action

TRIES_MAX = 3
"""A file whose reader has taken its worker with it so often is not tried again."""

_LOST = timedelta(minutes=5)
"""Nobody reads for so long: whoever took the file then is gone."""

_UNREAD = col(PeopleImport.state) == ImportStatus.READING
_IS_WELL = col(PeopleImport.why) == NO_REASON


@dataclass(frozen=True)
class UnreadImport:
    """A file that waits, is being read, or could not be read (`why`), for its page.

    `done` of `total` rows are judged; 0 of 0 while the file is still being opened.
    """

    id: int
    name: str
    is_taken: bool
    done: int
    total: int
    why: Reason


def request_import(session: Session, user: Caller, request: ImportRequest, now: datetime) -> int:
    """Have an uploaded file read, in the place of any that is not read yet.

    Returns the import's id. NotFoundError if the upload is gone, or another's.
    """
    permissions.require(user, Action.OPEN_PRIVATE)
    upload = uploads.find_upload(session, user, request.token)
    drop_unread(session, user, now)
    country = request.country
    made = PeopleImport(
        user_id=user.id,
        space_id=user.space_id,
        token=upload.token,
        name=upload.name,
        columns=[],
        samples=[],
        mapping=list(request.mapping),
        country=accounts.account_country(session, user) if country is None else country,
        sheet=request.sheet,
        created_at=now,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    effects.read_people(session, made.id)
    return made.id


def unread_import(session: Session, user: Caller) -> UnreadImport | None:
    """The user's file that is not read yet, or could not be."""
    row = session.scalar(select(PeopleImport).where(_UNREAD, *imports_of(user.id, user.space_id)))
    if row is None:
        return None
    taken = bool(row.holder)
    return UnreadImport(row.id or 0, row.name, taken, row.done, row.total, row.why)


def drop_unread(session: Session, user: Caller, now: datetime) -> None:
    """Forget the file that is not read yet, and what was read of it; whoever reads it stops."""
    session.execute(delete(PeopleImport).where(_UNREAD, *imports_of(user.id, user.space_id)))
    announce(session, user.space_id, IMPORTS, now)


def take_next(session: Session, holder: str, now: datetime) -> int | None:
    """Take the file that waits longest for this worker; None if none waits.

    One that has ended its worker too often is refused.
    """
    while (row := _next_waiting(session, now)) is not None:
        session.execute(delete(ImportRow).where(col(ImportRow.import_id) == row.id))  # of before
        row.holder, row.taken_at, row.done, row.total = holder, now, 0, 0
        row.tries += 1
        announce(session, row.space_id, IMPORTS, now)
        if row.tries <= TRIES_MAX:
            return row.id
        refuse_import(session, row.id or 0, Reason(Code.FILE_ENDS_READERS), now)
    return None


def is_any_waiting(session: Session, now: datetime) -> bool:
    """True if a file waits for a worker to take it."""
    return _next_waiting(session, now) is not None


def is_wanted(session: Session, import_id: int) -> bool:
    """True while somebody wants the file to be read."""
    return session.scalar(select(_UNREAD).where(col(PeopleImport.id) == import_id)) is True


def note_progress(session: Session, import_id: int, more: int, now: datetime) -> None:
    """So many more rows are judged; NotFoundError if nobody wants the file any more."""
    row = fetch_unread(session, import_id)
    row.done += more
    session.add(row)
    announce(session, row.space_id, IMPORTS, now)


def give_back(session: Session, import_id: int) -> None:
    """Let a file wait again that was put down for no fault of its own."""
    kept = update(PeopleImport).where(_UNREAD, col(PeopleImport.id) == import_id)
    session.execute(kept.values(holder="", taken_at=None, tries=PeopleImport.tries - 1))


def release_imports(session: Session, holder: str) -> None:
    """Let the files wait again that a worker of this name was reading when it ended."""
    mine = (_UNREAD, _IS_WELL, col(PeopleImport.holder) == holder)
    session.execute(update(PeopleImport).where(*mine).values(holder="", taken_at=None))


def refuse_import(session: Session, import_id: int, why: Reason, now: datetime) -> None:
    """Say why a file cannot be read, and keep nothing that was read of it."""
    row = session.get(PeopleImport, import_id)
    if row is not None and row.state == ImportStatus.READING:
        session.execute(delete(ImportRow).where(col(ImportRow.import_id) == import_id))
        row.why = why
        session.add(row)
        announce(session, row.space_id, IMPORTS, now)


def fetch_unread(session: Session, import_id: int) -> PeopleImport:
    """A file that is to be read; NotFoundError if nobody wants it any more."""
    row = session.get(PeopleImport, import_id)
    if row is None or row.state != ImportStatus.READING:
        raise NotFoundError()
    return row


def imports_of(user_id: int, space_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions for what somebody imports into a space."""
    return col(PeopleImport.user_id) == user_id, col(PeopleImport.space_id) == space_id


def _next_waiting(session: Session, now: datetime) -> PeopleImport | None:
    is_free = or_(col(PeopleImport.holder) == "", col(PeopleImport.taken_at) < now - _LOST)
    waiting = select(PeopleImport).where(_UNREAD, _IS_WELL, is_free)
    return session.scalar(waiting.order_by(col(PeopleImport.id)).limit(1))
