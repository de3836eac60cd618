"""Uploads: a file comes in piece by piece, is looked into, and becomes somebody's."""

import re
import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain import media as rules
from wasched.domain.errors import InputError, TooLargeError, WrongKindError
from wasched.domain.file_endings import type_by_name
from wasched.domain.media import Shape
from wasched.domain.reasons import Reason
from wasched.models import MediaFile, Upload
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.files import origins
from wasched.services.permissions import Action
from wasched.services.ports import MediaStore, MediaTools

CHUNK = rules.MB
"""How many bytes a browser sends at a time; a broken line costs no more than that."""

CHUNK_MAX = 8 * rules.MB
KEPT = timedelta(days=1)
"""An upload that nobody goes on with is forgotten after this."""

KEPT_MOST = 5_000 * rules.MB
"""What the files of one person may take of a disk that is everybody's."""

_AT_ONCE = 50
_NAME_MAX = 240
_JOINERS = frozenset(chain("\u200c\u200d", map(chr, range(0xE0020, 0xE0080))))
"""What holds a family, a flag or a Persian word together; they show nothing by themselves."""


@dataclass(frozen=True)
class Incoming:
    """A file on its way in; `size` is what was announced, in bytes."""

    token: str
    name: str
    size: int
    is_made_plain: bool = False  # place and camera are taken out of a photo


@dataclass(frozen=True)
class Arrived:
    """A whole file that was looked into, not yet anybody's; sizes in bytes."""

    digest: str
    size: int
    shape: Shape
    plain: "Arrived | None" = None  # a photo without the place and camera that it came with


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


def append_bytes(store: MediaStore, upload: Incoming, offset: int, body: bytes) -> int:
    """Add a chunk; returns where the next one begins, which tells if this one came too early."""
    if len(body) > CHUNK_MAX or offset + len(body) > upload.size:
        raise TooLargeError("media", "More came than was announced. Choose the file again.")
    return store.append(upload.token, offset, body)


def examine_upload(
    store: MediaStore, tools: MediaTools, upload: Incoming, wanted: str = ""
) -> Arrived:
    """Look into a whole upload and store it; refused ones are forgotten at once.

    `wanted`: image, video or audio where a person asked for one, empty for any file. Takes no
    session, for a large file takes a while.
    """
    check_whole(store, upload)
    here = upload.size
    path = store.incoming(upload.token)
    seen = tools.look(path)
    shape = replace(seen, mimetype=type_by_name(seen.mimetype, upload.name))
    if wanted and wanted not in rules.kinds_of_type(shape, here):
        store.discard(upload.token)
        raise WrongKindError("media", _not_wanted(shape, here, wanted))
    arrived = _put_away(store, tools, upload.token, shape)
    is_photo = shape.tells_origin and rules.fits_kind(shape, "image")
    if not is_photo or not upload.is_made_plain:
        return arrived
    return replace(arrived, plain=_plain_photo(store, tools, arrived))


def _plain_photo(store: MediaStore, tools: MediaTools, photo: Arrived) -> Arrived | None:
    """The photo alone, while it is at hand; None if that fails, which the worker tries again."""
    token = secrets.token_hex(16)
    try:
        store.begin(token, photo.size)
        tools.convert(store.path_of(photo.digest), photo.shape, "image", store.incoming(token))
        return _put_away(store, tools, token, tools.look(store.incoming(token)))
    except (InputError, OSError):
        store.discard(token)
        return None


def _put_away(store: MediaStore, tools: MediaTools, token: str, shape: Shape) -> Arrived:
    """Store a whole file with its small picture."""
    size = store.received(token)
    digest = store.keep(token)
    small = store.thumbnail_of(digest)
    if not small.exists():
        tools.thumbnail(store.path_of(digest), shape, small)
    return Arrived(digest, size, shape)


def check_whole(store: MediaStore, upload: Incoming) -> None:
    """InputError while some of an upload is not here yet."""
    if store.received(upload.token) != upload.size:
        raise InputError("media", "The file is not here as a whole yet. Go on with the upload.")


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


def give_up(session: Session, user: Caller, store: MediaStore, token: str) -> None:
    """Forget an upload and what came of it."""
    session.delete(_row(session, user, token))
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


def clean_file_name(name: str) -> str:
    """A file's name without folders and control characters, not too long, its ending kept."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(one for one in last if not _is_kept_out(one)).strip(" .")
    if len(kept) > _NAME_MAX:
        stem, dot, ending = kept.rpartition(".")
        kept = stem[: _NAME_MAX - 20] + dot + ending[:19] if dot else kept[:_NAME_MAX]
    return kept or "file"


def _is_kept_out(letter: str) -> bool:
    category = unicodedata.category(letter)
    return letter not in _JOINERS and (category[0] == "C" or category in ("Zl", "Zp"))


def _row(session: Session, user: Caller, token: str) -> Upload:
    return permissions.fetch_own(session, Upload, token, user, Action.UPLOAD)


_LONG = {"image": "picture", "video": "film", "audio": "sound"}


def _not_wanted(shape: Shape, size: int, wanted: str) -> str | Reason:
    family = shape.mimetype.partition("/")[0]
    most = {"image": rules.IMAGE_MAX, "video": rules.VIDEO_MAX}.get(wanted, rules.AUDIO_MAX)
    if family == wanted and size > most:
        what, limit = rules.kind_word(wanted).lower(), rules.megabytes(most)
        return f"WhatsApp takes a {what} of up to {limit}. Send this one as a document."
    if wanted == "image" and (reason := rules.too_many_pixels(shape)):
        return reason
    if shape.is_damaged and family == wanted:
        return f"The {_LONG[family]} is damaged, or of a kind that cannot be shown."
    if family == wanted == "image":
        return "The picture is damaged, or of a kind that cannot be shown."
    return f"This is no {rules.kind_word(wanted).lower()}: what is in it is {shape.mimetype}."
