"""Uploads: a file comes in piece by piece, is looked into, and becomes somebody's."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain import media as rules
from wasched.domain.errors import InputError, TooLargeError, WrongKindError
from wasched.domain.media import Shape
from wasched.models import MediaFile, Upload
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.files import origins
from wasched.services.files.examination import Arrived
from wasched.services.files.file_names import clean_file_name
from wasched.services.files.incoming import Incoming
from wasched.services.permissions import Action
from wasched.services.ports import Database, MediaStore

CHUNK = rules.MB
"""How many bytes a browser sends at a time; a broken line costs no more than that."""

CHUNK_MAX = 8 * rules.MB
KEPT = timedelta(days=1)
"""An upload that nobody goes on with is forgotten after this."""

KEPT_MOST = 5_000 * rules.MB
"""What the files of one person may take of a disk that is everybody's."""

_AT_ONCE = 50


def begin_upload(
    session: Session, user: Caller, store: MediaStore, name: str, size: int, most: int,
    now: datetime, kept_most: int = KEPT_MOST,
) -> str:  # fmt: skip
    """Open an upload of `size` bytes, at most `most`; returns its token.

    `kept_most`: how many bytes all files of a space may have together.
    """
    permissions.require(user, Action.UPLOAD)
    if size < 1:
        raise WrongKindError("media", "This file is empty.")
    if sentence := rules.too_large(size, most):
        raise TooLargeError("media", sentence)
    under_way = session.scalar(
        select(func.count()).where(Upload.user_id == user.id, col(Upload.touched_at) > now - KEPT)
    )
    if (under_way or 0) >= _AT_ONCE:
        raise InputError("media", f"{_AT_ONCE} files are on their way already. Wait for them.")
    _require_room(session, user, size, kept_most)
    token = secrets.token_hex(16)
    session.add(
        Upload(
            token=token,
            user_id=user.id,
            space_id=user.space_id,
            name=clean_file_name(name),
            size=size,
            touched_at=now,
        )
    )
    store.begin(token, size)
    return token


def _require_room(session: Session, user: Caller, size: int, most: int) -> None:
    """InputError if a space's files, and those on their way, would take more than `most` bytes."""
    sizes = select(func.sum(MediaFile.size)).where(MediaFile.space_id == user.space_id)
    coming = select(func.sum(Upload.size)).where(Upload.space_id == user.space_id)
    kept = (session.scalar(sizes) or 0) + (session.scalar(coming) or 0)
    if kept + size > most:
        sentence = (
            f"Your files may take {rules.megabytes(most)} of this server's disk, and take "
            f"{rules.megabytes(kept)}. What no message uses any more goes by itself after a day."
        )
        raise InputError("media", sentence)


def find_upload(session: Session, user: Caller, token: str) -> Incoming:
    """The user's own upload; NotFoundError if there is none."""
    row = _row(session, user, token)
    return Incoming(row.token, row.name, row.size, origins.is_taken_out(session))


def open_tokens(session: Session) -> list[str]:
    """The tokens of all uploads that are on their way, whoever's they are."""
    return list(session.scalars(select(Upload.token)))


def append_bytes(store: MediaStore, upload: Incoming, offset: int, body: bytes) -> int:
    """Add a chunk; returns where the next one begins, which tells if this one came too early."""
    if len(body) > CHUNK_MAX or offset + len(body) > upload.size:
        raise TooLargeError("media", "More came than was announced. Choose the file again.")
    return store.append(upload.token, offset, body)


def keep_upload(
    session: Session, user: Caller, upload: Incoming, arrived: Arrived, now: datetime
) -> MediaFile:
    """Make an examined file the space's, and end its upload."""
    made = _file_row(user, upload, arrived, now)
    session.add(made)
    found = session.get(Upload, upload.token)
    if found is not None:
        session.delete(found)
    session.flush()
    if arrived.plain is not None:
        plain = _file_row(user, upload, arrived.plain, now)
        plain.made_from, plain.kind = made.id, "image"
        session.add(plain)
        session.flush()
    return made


def _file_row(user: Caller, upload: Incoming, arrived: Arrived, now: datetime) -> MediaFile:
    return MediaFile(
        space_id=user.space_id,
        name=upload.name,
        digest=arrived.digest,
        size=arrived.size,
        created_at=now,
        used_at=now,
        **columns_of(arrived.shape),
    )


def give_up(database: Database, user: Caller, store: MediaStore, token: str) -> None:
    """Forget an upload and what came of it; NotFoundError if it is not the user's.

    The store may be elsewhere, so keep it off event loops.
    """
    database.transaction(lambda session: session.delete(_row(session, user, token)))
    store.discard(token)


def columns_of(shape: Shape) -> dict[str, Any]:
    """What was seen in a file, as columns of its row."""
    return {
        "mimetype": shape.mimetype[:120],
        "width": shape.width,
        "height": shape.height,
        "seconds": shape.seconds,
        "video_codec": shape.video_codec[:40],
        "audio_codec": shape.audio_codec[:40],
        "pages": shape.pages,
        "waveform": shape.waveform,
        "is_damaged": shape.is_damaged,
        "tells_origin": shape.tells_origin,
    }


def _row(session: Session, user: Caller, token: str) -> Upload:
    return permissions.fetch_own(session, Upload, token, user, Action.UPLOAD)
