"""Attached files made into what phones play, while the person goes on writing."""

import secrets
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from wasched.domain import media as rules
from wasched.domain.errors import NoRoomError, WrongKindError
from wasched.domain.media import Shape
from wasched.models import MediaFile, MediaState
from wasched.services import uploads
from wasched.services.changes import MEDIA, announce
from wasched.services.media import shape_of
from wasched.services.ports import MediaStore, MediaTools


class Scope(Protocol):
    """Opens a session that commits at its end."""

    def __call__(self, *, write: bool = True) -> AbstractContextManager[Session]:
        """Open the session."""


def convert(
    scope: Scope, store: MediaStore, tools: MediaTools, media_id: int, now: datetime
) -> None:
    """Make a file that waits for it ready, or refused; safe to run twice."""
    with scope(write=False) as session:
        row = session.get(MediaFile, media_id)
        if row is None or row.state != MediaState.PREPARING or row.made_from is None:
            return
        source = session.get(MediaFile, row.made_from)
        assert source is not None  # the foreign key says so
        kind, shape, path = row.kind, shape_of(source), store.path_of(source.digest)
    token = secrets.token_hex(16)
    try:
        store.begin(token, source.size)
        tools.convert(path, shape, kind, store.incoming(token))
        seen, size = tools.look(store.incoming(token)), store.received(token)
        _check_made(seen, size, kind)
        digest = store.keep(token)
        if not store.thumbnail_of(digest).exists():
            tools.thumbnail(store.path_of(digest), seen, store.thumbnail_of(digest))
    except (WrongKindError, NoRoomError) as refusal:
        store.discard(token)
        with scope() as session:
            refuse(session, media_id, str(refusal), now)
        return
    with scope() as session:
        _make_ready(session, media_id, seen, size, digest, now)


def refuse(session: Session, media_id: int, sentence: str, now: datetime) -> None:
    """Say of a file that waits for conversion why it will not be ready."""
    row = session.get(MediaFile, media_id)
    if row is not None:
        row.state, row.sentence = MediaState.REFUSED, sentence
        session.add(row)
        announce(session, row.owner_id, MEDIA, now)


def _check_made(seen: Shape, size: int, kind: str) -> None:
    if kind not in rules.kinds(seen, size) or not rules.fits(seen, kind):
        what = rules.word(kind).lower()
        raise WrongKindError("media", f"It cannot be made a {what} small enough for WhatsApp.")


def _make_ready(
    session: Session, media_id: int, seen: Shape, size: int, digest: str, now: datetime
) -> None:
    row = session.get(MediaFile, media_id)
    if row is None:
        return
    row.sqlmodel_update(uploads.columns_of(seen))
    row.size, row.digest, row.state, row.sentence = size, digest, MediaState.READY, ""
    session.add(row)
    announce(session, row.owner_id, MEDIA, now)
