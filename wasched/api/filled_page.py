"""Built pages that are sent with words already in them."""

import asyncio
import gzip
import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Scope

from wasched.api import cookies, doors

log = logging.getLogger(__name__)

Fillings = Callable[[str, str, Mapping[str, str]], dict[str, str] | None]
"""Takes a page's path, a session's token, and what the address says after the path; returns HTML
by the mark in whose place it goes, or None."""

_LEFT_OUT = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


class FilledPages:
    """Puts words of the caller's own into some pages; a page goes out empty where that fails."""

    def __init__(self, app: ASGIApp, paths: Collection[str], fillings: Fillings) -> None:
        self._app, self._paths, self._fillings = app, paths, fillings

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Fill a page for who is signed in, and pass everything else on."""
        token = self._token(scope) if scope["type"] == "http" else ""
        filled = await asyncio.to_thread(self._ask, scope, token) if token else None
        if not filled:
            await self._app(scope, receive, send)
            return
        answer = await self._fill(scope, receive, filled)
        await answer(scope, receive, send)

    def _token(self, scope: Scope) -> str:
        is_page, asked = scope["method"] == "GET" and scope["path"] in self._paths, Request(scope)
        # A page of another site may lead here, and load nothing from here.
        is_asked_for = is_page and (doors.is_navigation(asked) or doors.is_from_own_page(asked))
        return asked.cookies.get(cookies.SESSION, "") if is_asked_for else ""

    def _ask(self, scope: Scope, token: str) -> dict[str, str] | None:
        try:
            return self._fillings(scope["path"], token, Request(scope).query_params)
        except Exception:  # the page itself says what is wrong
            log.exception("A page could not be filled")
            return None

    async def _fill(self, scope: Scope, receive: Any, filled: dict[str, str]) -> Response:
        whole = [one for one in scope["headers"] if one[0] not in _LEFT_OUT]
        status, headers, parts = 0, MutableHeaders(), []

        async def gather(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], MutableHeaders(raw=list(message["headers"]))
            else:
                parts.append(message.get("body", b""))

        # Without extensions the page comes as bytes, not as the path of a file.
        await self._app({**scope, "headers": whole, "extensions": {}}, receive, gather)
        body = b"".join(parts)
        for mark, words in filled.items():
            body = body.replace(mark.encode(), words.encode())
        for name in ("etag", "last-modified", "content-length", "accept-ranges"):
            del headers[name]
        headers["Cache-Control"], headers["Vary"] = "private, no-cache", "Accept-Encoding, Cookie"
        if "gzip" in Request(scope).headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body, 6), "gzip"
        return Response(body, status, dict(headers))
