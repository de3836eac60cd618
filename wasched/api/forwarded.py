"""Tells the application that the browser's line is encrypted where a trusted proxy ended it."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi.requests import HTTPConnection

from wasched.api import doors

_Scope = MutableMapping[str, Any]
_AsgiApp = Callable[[_Scope, Any, Any], Awaitable[None]]


class ForwardedScheme:
    """Gives each request the scheme that the browser used, so that redirects keep to it."""

    def __init__(self, app: _AsgiApp) -> None:
        self._app = app

    async def __call__(self, scope: _Scope, receive: Any, send: Any) -> None:
        """Pass everything on."""
        if scope["type"] == "http" and doors.is_secure(HTTPConnection(scope)):
            scope = {**scope, "scheme": "https"}
        await self._app(scope, receive, send)
