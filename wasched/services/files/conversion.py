"""Attached files made into what phones play, while the person goes on writing."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from wasched.domain import media as rules
from wasched.domain.errors import InputError, MediaAwayError, NoRoomError, WrongKindError
from wasched.domain.media import Shape
from wasched.domain.reasons import NO_REASON, Code, Reason, because
from wasched.models import MediaFile, MediaState
from wasched.services.change_notes import MEDIA, announce
from wasched.services.files import uploads
from wasched.services.files.examination import put_away
from wasched.services.files.media import shape_of
from wasched.services.ports import Database, MediaStore, MediaTools

_SOON = timedelta(minutes=1)

# Until it is taken it was used when it was made, and never since.
_WAITS = (
    col(MediaFile.state) == MediaState.PREPARING,
    col(MediaFile.used_at) == col(MediaFile.created_at),
)


def convert_file(
    database: Database, store: MediaStore, tools: MediaTools, media_id: int, now: datetime
) -> None:
    """Make a file that waits for it ready, or refused; safe to run twice."""
    claimed = database.transaction(lambda session: _claim(session, media_id, now))
    if claimed is None:
        return
    row, source = claimed
    kind, shape = row.kind, shape_of(source)
    try:
        with store.at_hand(source.digest) as path, store.workplace(source.size) as made:
            tools.convert(path, shape, kind, made)
            seen, size = tools.look(made), made.stat().st_size
            _check_made(seen, size, kind)
            digest = put_away(store, tools, made, seen)
    except (WrongKindError, NoRoomError, MediaAwayError, OSError) as fault:
        why = _reason_of(fault)
        database.transaction(lambda session: refuse_file(session, media_id, why, now))
        return
    database.transaction(lambda session: _make_ready(session, media_id, seen, size, digest, now))


def next_waiting(session: Session) -> int | None:
    """The file to be converted next: the newest, with which somebody is still at the page.

    Nothing can be scheduled with a file that is not ready, so a person waits for each of them;
    who has attached hundreds holds up nobody who attaches one after them.
    """
    newest = (col(MediaFile.created_at).desc(), col(MediaFile.id).desc())
    return session.scalar(select(MediaFile.id).where(*_WAITS).order_by(*newest).limit(1))


def forgotten_files(session: Session, now: datetime) -> list[int]:
    """Files that wait although their task should have come: a queue that is lost loses nothing."""
    waiting = select(MediaFile.id).where(*_WAITS, col(MediaFile.created_at) < now - _SOON)
    return [one for one in session.scalars(waiting) if one is not None]


def refuse_file(session: Session, media_id: int, why: Reason, now: datetime) -> None:
    """Say of a file that waits for conversion why it will not be ready."""
    row = session.get(MediaFile, media_id)
    if row is not None:
        row.state, row.reason = MediaState.REFUSED, why
        session.add(row)
        announce(session, row.space_id, MEDIA, now)


def _claim(session: Session, media_id: int, now: datetime) -> tuple[MediaFile, MediaFile] | None:
    """Take a file for converting, with what it is made from.

    None if it does not wait, another worker has it, or what it is made from is gone.
    """
    taken = session.exec(
        update(MediaFile)
        .where(col(MediaFile.id) == media_id, *_WAITS)
        .values(used_at=now + timedelta(microseconds=1))
    )
    row = session.get(MediaFile, media_id) if taken.rowcount == 1 else None
    source = session.get(MediaFile, row.made_from) if row else None
    return (row, source) if row and source else None


def _reason_of(fault: InputError | OSError) -> Reason:
    if isinstance(fault, InputError):
        return fault.reason
    is_gone = isinstance(fault, FileNotFoundError)
    return Reason(Code.FILE_GONE if is_gone else Code.DISK_FAILS)


def _check_made(seen: Shape, size: int, kind: str) -> None:
    if kind not in rules.kinds_of_type(seen, size) or not rules.fits_kind(seen, kind):
        raise WrongKindError("media", because(Code.STILL_TOO_LARGE, kind=kind))


def _make_ready(
    session: Session, media_id: int, seen: Shape, size: int, digest: str, now: datetime
) -> None:
    row = session.get(MediaFile, media_id)
    if row is None:
        return
    row.sqlmodel_update(uploads.columns_of(seen))
    row.size, row.digest, row.state, row.reason = size, digest, MediaState.READY, NO_REASON
    session.add(row)
    announce(session, row.space_id, MEDIA, now)
