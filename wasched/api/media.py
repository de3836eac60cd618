"""Attached files shown back to the person they belong to."""

import asyncio
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from wasched import bootstrap
from wasched.api.callers import PoliteRoute, RowId, caller
from wasched.api.media_work import HeldFile, StoredFileResponse, ask_store
from wasched.domain.errors import NotFoundError
from wasched.domain.media import INLINE
from wasched.services.caller import Caller
from wasched.services.files import media
from wasched.services.files.media import Stored

router = APIRouter(prefix="/media", route_class=PoliteRoute)

AskingUser = Annotated[Caller, Depends(caller)]

_HEADERS = {
    # A file is what was seen in it, never what a browser guesses, and it may run nothing.
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=3600",
}


@router.get("/{media_id}")
async def whole_file(user: AskingUser, media_id: RowId) -> Response:
    """The file: pictures, sound and video to be shown, anything else to be saved."""
    row = await asyncio.to_thread(_ready, user, media_id)
    is_shown = row.mimetype in INLINE
    return StoredFileResponse(
        await _held(bootstrap.media_store().at_hand(row.digest)),
        media_type=row.mimetype if is_shown else "application/octet-stream",
        filename=row.name,
        content_disposition_type="inline" if is_shown else "attachment",
        headers=_HEADERS | {"ETag": f'"{row.digest}"'},
    )


@router.get("/{media_id}/thumbnail")
async def small_picture(user: AskingUser, media_id: RowId) -> Response:
    """A small JPEG of a picture or a video; the picture itself if it is too large for one."""
    row = await asyncio.to_thread(_ready, user, media_id)
    store = bootstrap.media_store()
    try:
        held, kind = await _held(store.thumbnail_at_hand(row.digest)), "image/jpeg"
    except NotFoundError:
        if row.mimetype not in INLINE or not row.mimetype.startswith("image/"):
            raise
        held, kind = await _held(store.at_hand(row.digest)), row.mimetype
    return StoredFileResponse(held, media_type=kind, headers=_HEADERS)


async def _held(file: AbstractContextManager[Path]) -> HeldFile:
    """A file of the store, at hand until it was sent; NotFoundError if it is gone."""
    try:
        return await ask_store(partial(HeldFile, file))
    except FileNotFoundError:
        raise NotFoundError from None


def _ready(user: AskingUser, media_id: int) -> Stored:
    return bootstrap.answer(lambda session, _now: media.stored_file(session, user, media_id))
