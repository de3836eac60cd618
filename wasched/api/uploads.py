"""Files on their way in: begun, sent piece by piece, taken up again where a line broke."""

import asyncio
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.callers import MembersRoute, caller
from wasched.api.examining import examine_upload
from wasched.api.media_work import ask_store
from wasched.config import settings
from wasched.domain.media import MB
from wasched.services import effects
from wasched.services.address_book.imports.sheet import FILE_MAX
from wasched.services.caller import Caller
from wasched.services.files import examination, media, uploads
from wasched.services.files.incoming import Incoming
from wasched.services.files.media import MediaCard
from wasched.text.refusals import plain_sentence

router = APIRouter(prefix="/uploads", route_class=MembersRoute)

PEOPLE, NODE = "people", "node"
"""A file of people to import, and a database of the Node.js version: both stay uploads."""

AskingUser = Annotated[Caller, Depends(caller)]


class Announced(BaseModel):
    """What a browser says of a file before it sends it."""

    name: str = Field(max_length=1000)
    size: int = Field(lt=2**63)
    wanted: str = Field(default="", max_length=20)  # image, video, audio, people or node


@router.post("")
def begin(user: AskingUser, announced: Announced) -> Response:
    """Open an upload, or refuse it before a byte is sent."""
    is_read = announced.wanted in (PEOPLE, NODE)
    most = FILE_MAX if is_read else settings().media_max_mb * MB

    def begun(session: Session, now: datetime) -> str:
        if announced.wanted == PEOPLE:
            effects.expect_people(session, user.id)
        store, kept_most = bootstrap.media_store(), settings().media_kept_max_mb * MB
        return uploads.begin_upload(
            session, user, store, announced.name, announced.size, most, now, kept_most
        )

    token = bootstrap.transaction(begun)
    return JSONResponse(_standing(token, 0, announced.size), 201)


@router.get("/{token}")
async def standing(user: AskingUser, token: str) -> dict[str, Any]:
    """Say how much of an upload is here."""
    found = await asyncio.to_thread(_find, user, token)
    offset = await ask_store(partial(bootstrap.media_store().received, token))
    return _standing(token, offset, found.size)


@router.patch("/{token}")
async def append(
    request: Request, user: AskingUser, token: str, upload_offset: Annotated[int, Header(ge=0)]
) -> Response:
    """Take the next piece; 409 with the right offset if it is not the next one."""
    found = await asyncio.to_thread(_find, user, token)
    body = await request.body()
    store = bootstrap.media_store()
    offset = await ask_store(partial(uploads.append_bytes, store, found, upload_offset, body))
    as_wished = offset == upload_offset + len(body)
    return JSONResponse({"offset": offset}, 200 if as_wished else 409)


@router.post("/{token}/finish")
async def finish(request: Request, user: AskingUser, token: str, wanted: str = "") -> Response:
    """Look into the whole file and make it the caller's; `wanted`: image, video or audio.

    A file that is to be read stays an upload: it may be read more than once.
    """
    found = await asyncio.to_thread(_find, user, token)
    if wanted in (PEOPLE, NODE):
        await ask_store(partial(examination.check_whole, bootstrap.media_store(), found))
        return JSONResponse({"id": token}, 201)
    arrived = await examine_upload(request, user, found, wanted)

    def keep(session: Session, now: datetime) -> MediaCard:
        return media.card_of(uploads.keep_upload(session, user, found, arrived, now))

    card = await asyncio.to_thread(bootstrap.transaction, keep)
    shown = asdict(card) | {"sentence": plain_sentence(card.reason)}
    del shown["reason"]
    return JSONResponse(shown, 201)


@router.delete("/{token}", status_code=204)
async def give_up(user: AskingUser, token: str) -> None:
    """Forget an upload."""
    await ask_store(partial(bootstrap.give_up_upload, user, token))


def _find(user: AskingUser, token: str) -> Incoming:
    return bootstrap.answer(lambda session, _now: uploads.find_upload(session, user, token))


def _standing(token: str, offset: int, size: int) -> dict[str, Any]:
    return {"id": token, "offset": offset, "size": size, "chunk": uploads.CHUNK}
