"""Files that people attach: what they are, how they may be sent, and when they go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain import media as rules
from wasched.domain.content import Content, Media
from wasched.domain.errors import InputError, NotFoundError, WrongKindError
from wasched.domain.media import Shape
from wasched.domain.reasons import NO_REASON, Code, Reason, because, dump_reason
from wasched.models import (
    MediaFile,
    MediaState,
)
from wasched.services import effects, permissions
from wasched.services.caller import Caller
from wasched.services.files import origins
from wasched.services.permissions import Action


@dataclass(frozen=True)
class MediaCard:
    """A file as pages show it: `kinds` are the ways it may be sent, the likeliest first.

    `state` is ready, preparing or refused; `reason` says why it is not ready, or why a picture can
    only go as a document.
    """

    id: int
    name: str
    mimetype: str
    size: int
    size_words: str
    kind: str
    kinds: tuple[str, ...]
    state: str
    reason: Reason
    width: int
    height: int
    seconds: int
    tells_origin: bool
    href: str
    thumbnail_href: str


@dataclass(frozen=True)
class Stored:
    """A file that lies in the store."""

    digest: str
    name: str
    mimetype: str


def stored_file(session: Session, user: Caller, media_id: int) -> Stored:
    """Where a file lies; NotFoundError if it does not lie there."""
    row = fetch_media(session, user, media_id)
    if row.state != MediaState.READY:
        raise NotFoundError()
    return Stored(row.digest, row.name, row.mimetype)


def fetch_media(session: Session, user: Caller, media_id: int) -> MediaFile:
    """A file of the user's space; NotFoundError if there is none."""
    return permissions.fetch_own(session, MediaFile, media_id, user, Action.LOOK)


def media_card(session: Session, user: Caller, media_id: int) -> MediaCard:
    """A file for pages."""
    return card_of(fetch_media(session, user, media_id))


def of_digest(session: Session, user: Caller, digest: str, kind: str) -> MediaCard | None:
    """The file with this digest, as it was uploaded rather than converted."""
    row = session.scalar(
        select(MediaFile)
        .where(
            MediaFile.space_id == user.space_id,
            MediaFile.digest == digest,
            MediaFile.state == MediaState.READY,
            col(MediaFile.kind).in_(("", kind)),
        )
        .order_by(col(MediaFile.kind), col(MediaFile.id).desc())
        .limit(1)
    )
    return card_of(row) if row is not None else None


def card_of(row: MediaFile) -> MediaCard:
    """A file for pages, from its row."""
    assert row.id is not None
    kinds = (row.kind,) if row.kind else rules.kinds_of_type(shape_of(row), row.size)
    about = rules.why_document(shape_of(row), row.size) if not row.kind else NO_REASON
    # What could not be looked into has no small picture either.
    shows = bool(row.width) and row.state == MediaState.READY
    return MediaCard(
        id=row.id,
        name=row.name,
        mimetype=row.mimetype,
        size=row.size,
        size_words=rules.megabytes(row.size),
        kind=kinds[0],
        kinds=kinds,
        state=row.state,
        reason=row.reason or about,
        width=row.width,
        height=row.height,
        seconds=row.seconds,
        tells_origin=row.tells_origin,
        href=f"/media/{row.id}",
        thumbnail_href=f"/media/{row.id}/thumbnail" if shows else "",
    )


def send_as(
    session: Session, user: Caller, media_id: int, kind: str, now: datetime, *, again: bool = True
) -> MediaCard:
    """The file in the form that is sent as this kind; it may have to be converted first.

    Until it is, the answer's state is `preparing`. `again` says whether to try once more what
    could not be converted before; else the answer is `refused`. InputError if the file can never
    be sent this way.
    """
    row = permissions.fetch_own(session, MediaFile, media_id, user, Action.WRITE)
    shape = shape_of(row)
    if row.kind == kind or (not row.kind and _goes_as_it_is(session, shape, kind)):
        return card_of(row)
    if row.kind or kind not in rules.kinds_of_type(shape, row.size):
        raise WrongKindError(
            "media", f"{row.name} cannot be sent as a {rules.kind_word(kind).lower()}."
        )
    made = _made_of(session, row, kind)
    if made is None or (again and made.state == MediaState.REFUSED):
        made = MediaFile(
            space_id=row.space_id, name=row.name, made_from=row.id, kind=kind,
            state=MediaState.PREPARING, reason=Reason(Code.BEING_PREPARED),
            created_at=now, used_at=now,
        )  # fmt: skip
        session.add(made)
        session.flush()
    if made.state == MediaState.PREPARING:
        effects.convert(session, made.id or 0)
    return card_of(made)


def media_content(
    session: Session,
    user: Caller,
    media_id: int,
    kind: str,
    caption: str = "",
    mentions: tuple[str, ...] = (),
) -> Media:
    """The file as a message carries it; InputError if it is not ready, or not fit for this."""
    try:
        row = fetch_media(session, user, media_id)
    except NotFoundError:
        raise InputError("media", "The file is gone. Attach it again.") from None
    if not row.kind and rules.fits_kind(shape_of(row), kind):
        row = _without_origin(session, row, kind)
    if row.state != MediaState.READY:
        held = dump_reason(row.reason)
        raise InputError("media", because(Code.FILE_NOT_READY, name=row.name, held=held))
    if row.kind != kind and (row.kind or not rules.fits_kind(shape_of(row), kind)):
        raise InputError(
            "media", f"{row.name} cannot be sent as a {rules.kind_word(kind).lower()}."
        )
    mimetype = "audio/ogg; codecs=opus" if kind == "voice" else row.mimetype
    return Media(
        kind=kind,
        path="",
        mimetype=mimetype,
        caption=caption if kind in rules.CAPTIONED else "",
        filename=row.name,
        digest=row.digest,
        mentions=mentions,
        width=row.width,
        height=row.height,
        seconds=row.seconds,
        pages=row.pages,
        waveform=row.waveform if kind == "voice" else "",
    )


def _goes_as_it_is(session: Session, shape: Shape, kind: str) -> bool:
    return rules.fits_kind(shape, kind) and not origins.must_go(session, shape, kind)


def _without_origin(session: Session, row: MediaFile, kind: str) -> MediaFile:
    """What is sent of a photo or film that names its place or camera; InputError if none is."""
    if not origins.must_go(session, shape_of(row), kind):
        return row
    made = _made_of(session, row, kind)
    if made is None:
        raise InputError("media", f"{row.name} still names its place and camera. Attach it again.")
    return made


def _made_of(session: Session, row: MediaFile, kind: str) -> MediaFile | None:
    """What a file was last made to go as this kind, whatever came of it."""
    return session.scalar(
        select(MediaFile)
        .where(MediaFile.made_from == row.id, MediaFile.kind == kind)
        .order_by(col(MediaFile.id).desc())
        .limit(1)
    )


def check_use(session: Session, space_id: int, contents: Sequence[Content], now: datetime) -> None:
    """Raise InputError unless every file of the contents is the space's; note its use."""
    for digest in {one.digest for one in contents if isinstance(one, Media) and one.digest}:
        rows = session.scalars(
            select(MediaFile).where(
                MediaFile.space_id == space_id,
                MediaFile.digest == digest,
                MediaFile.state == MediaState.READY,
            )
        ).all()
        if not rows:
            raise InputError("media", "The file is gone. Attach it again.")
        for row in rows:
            row.used_at = now
            session.add(row)


def shape_of(row: MediaFile) -> Shape:
    """What was seen in a file."""
    return Shape(
        row.mimetype, row.width, row.height, row.seconds, row.video_codec, row.audio_codec,
        row.pages, row.waveform, row.is_damaged, row.tells_origin,
    )  # fmt: skip
