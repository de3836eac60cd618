"""Tells the application that the browser's line is encrypted where a trusted proxy ended it."""

from typing import Any

from fastapi.requests import HTTPConnection
from starlette.types import ASGIApp, Scope

from wasched.api import doors


class ForwardedScheme:
    """Gives each request the scheme that the browser used, so that redirects keep to it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Pass everything on."""
        if scope["type"] == "http" and doors.is_secure(HTTPConnection(scope)):
            scope = {**scope, "scheme": "https"}
        await self._app(scope, receive, send)
