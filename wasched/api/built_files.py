"""How browsers get the built pages: without a detour, and kept no longer than they are right."""

from collections.abc import Iterable
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Scope

_KEPT = (
    # The build names these by what is in them: another content has another name.
    ("/assets/", "public, max-age=31536000, immutable"),
    ("/fonts/", "public, max-age=604800"),
)
_ASKED_FOR = "no-cache"
"""Kept, but asked for each time: a page of the last version names scripts that are gone."""


class BuiltFiles:
    """Stands before Reflex's own server of static files, which says nothing about keeping them.

    It also sends who asks for /messages to /messages/, because the page is a file in a folder of
    that name; over a phone's line that detour costs as much as the page. `pages` are the
    addresses of the pages that are built as files.
    """

    def __init__(self, app: ASGIApp, pages: Iterable[str]) -> None:
        self._app, self._pages = app, frozenset(pages)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Pass everything on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path in self._pages:
            scope = {**scope, "path": f"{path}/", "raw_path": f"{path}/".encode()}

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                how_long = _how_long(path, message["status"])
                MutableHeaders(scope=message).setdefault("Cache-Control", how_long)
            await send(message)

        await self._app(scope, receive, send_on)


def _how_long(path: str, status: int) -> str:
    if status in (200, 206, 304):
        for folder, kept in _KEPT:
            if path.startswith(folder):
                return kept
    return _ASKED_FOR
