"""A whole upload is looked into, stored, and a photo made one that tells nothing of its origin."""

from dataclasses import dataclass, replace
from pathlib import Path

from wasched.domain import media as rules
from wasched.domain.errors import InputError, WrongKindError
from wasched.domain.file_endings import type_by_name
from wasched.domain.media import Shape
from wasched.domain.reasons import Reason
from wasched.services.files.incoming import Incoming
from wasched.services.ports import MediaStore, MediaTools

_THUMBNAIL_MAX = rules.MB


@dataclass(frozen=True)
class Arrived:
    """A whole file that was looked into, not yet anybody's; sizes in bytes."""

    digest: str
    size: int
    shape: Shape
    plain: "Arrived | None" = None  # a photo without the place and camera that it came with


def examine_upload(
    store: MediaStore, tools: MediaTools, upload: Incoming, wanted: str = ""
) -> Arrived:
    """Look into a whole upload and store it; refused ones are forgotten at once.

    `wanted`: image, video or audio where a person asked for one, empty for any file. Takes no
    session, for a large file takes a while.
    """
    check_whole(store, upload)
    with store.uploaded(upload.token) as path:
        seen = tools.look(path)
        shape = replace(seen, mimetype=type_by_name(seen.mimetype, upload.name))
        if wanted and wanted not in rules.kinds_of_type(shape, upload.size):
            store.discard(upload.token)
            raise WrongKindError("media", _not_wanted(shape, upload.size, wanted))
        arrived = Arrived(put_away(store, tools, path, shape), upload.size, shape)
    store.discard(upload.token)
    is_photo = shape.tells_origin and rules.fits_kind(shape, "image")
    if not is_photo or not upload.is_made_plain:
        return arrived
    return replace(arrived, plain=_plain_photo(store, tools, arrived))


def put_away(store: MediaStore, tools: MediaTools, path: Path, shape: Shape) -> str:
    """Store a whole file with its small picture; returns its digest."""
    digest = store.keep(path)
    if not _has_thumbnail(store, digest):
        with store.at_hand(digest) as kept, store.workplace(_THUMBNAIL_MAX) as small:
            if tools.thumbnail(kept, shape, small):
                store.keep_thumbnail(digest, small)
    return digest


def _has_thumbnail(store: MediaStore, digest: str) -> bool:
    try:
        with store.thumbnail_at_hand(digest):
            return True
    except FileNotFoundError:
        return False


def _plain_photo(store: MediaStore, tools: MediaTools, photo: Arrived) -> Arrived | None:
    """The photo alone, while it is at hand; None if that fails, which the worker tries again."""
    try:
        with store.at_hand(photo.digest) as path, store.workplace(photo.size) as made:
            tools.convert(path, photo.shape, "image", made)
            seen, size = tools.look(made), made.stat().st_size
            return Arrived(put_away(store, tools, made, seen), size, seen)
    except (InputError, OSError):
        return None


def check_whole(store: MediaStore, upload: Incoming) -> None:
    """InputError while some of an upload is not here yet."""
    if store.received(upload.token) != upload.size:
        raise InputError("media", "The file is not here as a whole yet. Go on with the upload.")


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
