"""What everybody is told while the database is prepared: people on a page, machines in JSON."""

import html
from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Scope

_AGAIN_S = 3
_TRY_AGAIN_LATER = 1013  # the IANA's registry of WebSocket close codes

_TITLE = "Preparing the database"
_NO_STEP = "Looking at what is there."
_AFTER = (
    "Nothing is lost, and what falls due meanwhile goes out right after. "
    "This page goes on by itself."
)
FAULT_TITLE = "The database cannot be used"
_FAULT_AFTER = "This page goes on by itself once that is mended."


class Preparing:
    """Answers (503) in the place of an app until it `is_over`.

    `fault` is what keeps the database from being used, if anything does, and `step` is asked
    which step is under way. Where a page is wanted, its browser asks again by itself.
    """

    def __init__(self, step: Callable[[], str]) -> None:
        self._step = step
        self.fault = ""
        self.is_over = False

    @property
    def sentence(self) -> str:
        """What is so, for who has no page."""
        return self.fault or f"{_TITLE}. {self._step()}".strip()

    def before(self, app: ASGIApp) -> ASGIApp:
        """The app with this standing before it."""

        async def answered(scope: Scope, receive: Any, send: Any) -> None:
            if self.is_over or scope["type"] not in ("http", "websocket"):
                await app(scope, receive, send)
            elif scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            else:
                await self._answer(scope)(scope, receive, send)

        return answered

    def _answer(self, scope: Scope) -> Response:
        headers = {"Retry-After": str(_AGAIN_S), "Cache-Control": "no-store"}
        if scope["path"] == "/healthz":
            said: dict[str, Any] = {"status": "preparing", "says": self.sentence}
        elif scope["path"] == "/readyz":
            said = {"database": {"ok": False, "says": self.sentence}}
        elif "text/html" in Headers(scope=scope).get("accept", ""):
            # What was posted is not posted again: the page behind it is asked for.
            where = "" if scope["method"] in ("GET", "HEAD") else "; url=/"
            headers["Refresh"] = f"{_AGAIN_S}{where}"
            return HTMLResponse(self._written(), 503, headers)
        else:
            said = {"detail": self.sentence}
        return JSONResponse(said, 503, headers)

    def _written(self) -> str:
        if self.fault:
            return written_page(FAULT_TITLE, self.fault, _FAULT_AFTER, "bad")
        return written_page(_TITLE, self._step() or _NO_STEP, _AFTER)


def written_page(title: str, what: str, after: str, look: str = "") -> str:
    """A page that needs nothing else of the server: what is so, and what comes of it."""
    page = Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
    words = {"title": title, "what": what, "after": after}
    return page.substitute({name: html.escape(text) for name, text in words.items()}, look=look)
