"""Files that messages carry: sent in pieces, taken up again where a line broke, named by id."""

import asyncio
from datetime import datetime
from functools import partial
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.examining import examine_upload
from wasched.api.media_work import ask_store
from wasched.api.v1.callers import BytesRoute, KeyRoute, Reader, Sender
from wasched.api.v1.etags import SHOWS, note_version
from wasched.api.v1.ids import InPath, MediaId, write_id
from wasched.api.v1.once import Once
from wasched.api.v1.times import Body
from wasched.config import settings
from wasched.domain.errors import MovedOnError, NotFoundError
from wasched.domain.media import MB
from wasched.domain.opaque_ids import Kind
from wasched.services.caller import Caller
from wasched.services.files import media, uploads
from wasched.services.files.incoming import Incoming
from wasched.services.files.media import MediaCard
from wasched.text.refusals import plain_sentence

router = APIRouter(tags=["media"], route_class=KeyRoute)
pieces = APIRouter(tags=["media"], route_class=BytesRoute)

SendAs = Literal["image", "video", "audio", "voice", "document"]

_PREFIX = "upl_"
_BYTES = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_UploadId = Annotated[
    str, Path(max_length=60, examples=["upl_0f3c"], description="As it came when it was begun.")
]


class UploadIn(Body):
    """A file that is to come."""

    name: Annotated[str, Field(min_length=1, max_length=1000, examples=["hall.jpg"])]
    size: Annotated[int, Field(ge=0, lt=2**63, description="In bytes.")]


class UploadOut(BaseModel):
    """How far a file is on its way: the next piece begins at `offset`."""

    id: str
    offset: int
    size: int
    chunk: Annotated[
        int, Field(description="So many bytes make a good piece; 8 times is too many.")
    ]


class FinishIn(Body):
    """How the file is to be sent."""

    send_as: Annotated[
        SendAs | None, Field(description="Without it the likeliest for what is in it.")
    ] = None


class MediaOut(BaseModel):
    """A file that messages may carry once its `state` is ready."""

    id: str
    name: str
    mimetype: str
    size: int
    kind: Annotated[str, Field(description="How it is sent if nothing else is said.")]
    state: Literal["ready", "preparing", "refused"]
    reason: Annotated[str, Field(description="Why it is not ready, or can only be a document.")]


@router.post("/uploads", status_code=201, summary="Begin to send a file")
def begin_upload(program: Sender, asked: Once, body: UploadIn) -> UploadOut:
    """Refused before a byte is sent where it is too large, or there is no room."""
    store, found = bootstrap.media_store(), settings()

    def begin(session: Session, now: datetime) -> tuple[BaseModel, str]:
        most, kept = found.media_max_mb * MB, found.media_kept_max_mb * MB
        token = uploads.begin_upload(session, program, store, body.name, body.size, most, now, kept)
        told = _standing(Incoming(token, body.name, body.size), 0)
        return told, f"/api/v1/uploads/{told.id}"

    return asked.do(program, body, begin)  # type: ignore[return-value] # written already


@router.get("/uploads/{upload}", summary="How far a file is on its way")
async def read_upload(program: Sender, upload: _UploadId) -> UploadOut:
    """Where to go on after a line broke."""
    found = await asyncio.to_thread(_find, program, upload)
    offset = await ask_store(partial(bootstrap.media_store().received, found.token))
    return _standing(found, offset)


@pieces.patch("/uploads/{upload}", summary="Send the next piece of a file", openapi_extra=_BYTES)
async def append_to_upload(
    request: Request,
    program: Sender,
    upload: _UploadId,
    upload_offset: Annotated[int, Header(ge=0, description="Where the piece begins.")],
) -> UploadOut:
    """The bytes themselves; 409 names the offset to go on at if it is another one."""
    found = await asyncio.to_thread(_find, program, upload)
    piece, store = await request.body(), bootstrap.media_store()
    ends = await ask_store(partial(uploads.append_bytes, store, found, upload_offset, piece))
    if ends != upload_offset + len(piece):
        raise MovedOnError("Upload-Offset", f"Go on with the piece that begins at {ends}.")
    return _standing(found, ends)


@router.post("/uploads/{upload}/finish", status_code=201, summary="Make a file of an upload")
async def finish_upload(
    request: Request, program: Sender, asked: Once, upload: _UploadId, body: FinishIn
) -> MediaOut:
    """Looks into the whole file; what phones do not play as it is begins to be converted."""
    found = await asyncio.to_thread(_find_or_none, program, upload)
    arrived = await examine_upload(request, program, found) if found else None

    def keep(session: Session, now: datetime) -> tuple[BaseModel, str]:
        if found is None or arrived is None:  # unless it was asked for before, under this name
            raise NotFoundError
        row = uploads.keep_upload(session, program, found, arrived, now)
        told = _media_out(_sent_as(session, program, row.id or 0, body.send_as, now), body.send_as)
        return told, f"/api/v1/media/{told.id}"

    answer = await asyncio.to_thread(asked.do, program, body, keep)
    return cast(MediaOut, answer)  # written already


@router.delete("/uploads/{upload}", status_code=204, summary="Give up sending a file")
async def give_up_upload(program: Sender, upload: _UploadId) -> None:
    """Forgets what has come of it; one that nobody goes on with is forgotten after a day."""
    await ask_store(partial(bootstrap.give_up_upload, program, _token(upload)))


@router.get("/media/{media}", summary="One file and its state", responses=SHOWS)
def read_media(program: Reader, answer: Response, media: Annotated[MediaId, InPath]) -> MediaOut:
    """Whether it is ready to be sent. What no message uses goes by itself after a day."""
    note_version(answer)
    return bootstrap.answer(lambda session, _now: _media_out(_card(session, program, media)))


def _card(session: Session, program: Caller, media_id: int) -> MediaCard:
    return media.media_card(session, program, media_id)


def _sent_as(
    session: Session, program: Caller, media_id: int, kind: SendAs | None, now: datetime
) -> MediaCard:
    """The form in which it is sent, which may have to be made first."""
    wanted = kind or _card(session, program, media_id).kind
    return media.send_as(session, program, media_id, wanted, now)


def _media_out(card: MediaCard, kind: str | None = None) -> MediaOut:
    return MediaOut(
        id=write_id(Kind.MEDIA, card.id),
        name=card.name,
        mimetype=card.mimetype,
        size=card.size,
        kind=kind or card.kind,
        state=card.state,  # type: ignore[arg-type] # one of these, as the table's rule says
        reason=plain_sentence(card.reason),
    )


def _standing(found: Incoming, offset: int) -> UploadOut:
    return UploadOut(id=_PREFIX + found.token, offset=offset, size=found.size, chunk=uploads.CHUNK)


def _find(program: Caller, upload: str) -> Incoming:
    return bootstrap.answer(
        lambda session, _now: uploads.find_upload(session, program, _token(upload))
    )


def _find_or_none(program: Caller, upload: str) -> Incoming | None:
    try:
        return _find(program, upload)
    except NotFoundError:
        return None


def _token(upload: str) -> str:
    """The token of an id; of what is none, what no upload has."""
    return upload.removeprefix(_PREFIX) if upload.startswith(_PREFIX) else ""
