"""Attached files shown back to the person they belong to."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse, Response

from wasched import bootstrap
from wasched.api.callers import PoliteRoute, RowId, caller
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
def whole_file(user: AskingUser, media_id: RowId) -> Response:
    """The file: pictures, sound and video to be shown, anything else to be saved."""
    row = _ready(user, media_id)
    path = bootstrap.media_store().path_of(row.digest)
    if not path.is_file():
        raise NotFoundError()
    is_shown = row.mimetype in INLINE
    return FileResponse(
        path,
        media_type=row.mimetype if is_shown else "application/octet-stream",
        filename=row.name,
        content_disposition_type="inline" if is_shown else "attachment",
        headers=_HEADERS,
    )


@router.get("/{media_id}/thumbnail")
def small_picture(user: AskingUser, media_id: RowId) -> Response:
    """A small JPEG of a picture or a video; the picture itself if it is too large for one."""
    row = _ready(user, media_id)
    path, kind = bootstrap.media_store().thumbnail_of(row.digest), "image/jpeg"
    if not path.is_file() and row.mimetype in INLINE and row.mimetype.startswith("image/"):
        path, kind = bootstrap.media_store().path_of(row.digest), row.mimetype
    if not path.is_file():
        raise NotFoundError()
    return FileResponse(path, media_type=kind, headers=_HEADERS)


def _ready(user: AskingUser, media_id: int) -> Stored:
    return bootstrap.answer(lambda session, _now: media.stored_file(session, user, media_id))
