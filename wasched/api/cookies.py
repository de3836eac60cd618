"""Our cookies: what browsers are given, and what of theirs the rest of the server reads.

On https their names begin with `__Host-`, which a browser takes from this very host alone (RFC
6265bis, 4.1.3.2): a plain name could be planted by a host beside it. On http there is no such
name. `OneName` stands before everything that reads, so that inside there is only the plain one.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from fastapi.requests import HTTPConnection
from fastapi.responses import Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Scope

from wasched import bootstrap
from wasched.api import doors
from wasched.services.identity import half_sign_in, known_browsers, passkey_challenges, users

SESSION = "wasched_session"
KNOWN = "wasched_known"
HALF = "wasched_half"
ASKED = "wasched_passkey"
_LASTS = {
    SESSION: users.SIGNED_IN_MAX,
    KNOWN: known_browsers.STAYS_KNOWN,
    HALF: half_sign_in.LASTS,
    ASKED: passkey_challenges.LASTS,
}
_ON_HTTPS = "__Host-"


def give_cookie(answer: Response, name: str, value: str, *, is_secure: bool) -> None:
    """Have the browser keep one of our cookies, in the place of the one with the other name."""
    answer.set_cookie(
        _name(name, is_secure),
        value,
        max_age=int(_LASTS[name].total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure,
    )
    if is_secure:
        answer.delete_cookie(name, path="/")


def take_away(answer: Response, name: str, *, is_secure: bool) -> None:
    """Have the browser forget one of our cookies, under both names."""
    answer.delete_cookie(name, path="/")
    if is_secure:  # else the browser would not take it, and has none
        answer.delete_cookie(_name(name, True), path="/", secure=True, httponly=True)


def read_cookie(header: str, name: str) -> str:
    """The value of a cookie in a Cookie header, empty if there is none."""
    return cookie_parser(header).get(name, "")


class OneName:
    """Gives the rest of the server our cookies under their plain names, whatever the line.

    On https what came under a plain name is left out. A sign-in from before there was the other
    name counts once more, and the next page of its browser changes the name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Pass everything on, with the cookies that count."""
        asked = scope["type"] in ("http", "websocket") and HTTPConnection(scope)
        if not asked or "cookie" not in asked.headers or not doors.is_secure(asked):
            await self._app(scope, receive, send)
            return
        header = "; ".join(asked.headers.getlist("cookie"))
        kept = {name: read_cookie(header, _name(name, True)) for name in _LASTS}
        old = "" if kept[SESSION] else await _from_before(read_cookie(header, SESSION))
        kept[SESSION] = kept[SESSION] or old
        if old:
            send = _renaming(send, old)
        await self._app({**scope, "headers": _with(scope["headers"], kept)}, receive, send)


def _name(name: str, is_secure: bool) -> str:
    return f"{_ON_HTTPS}{name}" if is_secure else name


async def _from_before(token: str) -> str:
    """The token, if its sign-in is older than this way of naming; else nothing."""
    if not token:
        return ""
    try:
        is_old = await asyncio.to_thread(
            bootstrap.answer, lambda session, now: users.is_from_before(session, token)
        )
    except SQLAlchemyError:  # what reads the token next says what is wrong
        return token
    return token if is_old else ""


def _with(headers: list[tuple[bytes, bytes]], kept: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """A request's headers with our cookies alone."""
    ours = "; ".join(f"{name}={value}" for name, value in kept.items() if value)
    others = [one for one in headers if one[0] != b"cookie"]
    return [*others, (b"cookie", ours.encode("latin-1", "replace"))] if ours else others


def _renaming(send: Any, token: str) -> Any:
    """Has the answer give the token its new name, unless the answer changes it anyway."""
    given = Response()
    give_cookie(given, SESSION, token, is_secure=True)
    renamed = [one for one in given.raw_headers if one[0] == b"set-cookie"]

    async def send_renamed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            said = Headers(raw=list(message["headers"]))
            is_page = said.get("content-type", "").startswith("text/html")  # no cache keeps those
            if is_page and "set-cookie" not in said:
                message = {**message, "headers": [*message["headers"], *renamed]}
        await send(message)

    return send_renamed
