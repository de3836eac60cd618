"""How long requests took, by the template of their route; never by what was asked for."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wasched.domain.figures import Histogram, SecondsTally

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

_tally = SecondsTally(BOUNDS)


class RequestTimes:
    """Measures each request until its answer is through; all that is no plain route is a page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500  # what a fault without an answer becomes

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            labels = ("method", _method(scope)), ("route", _route(scope)), ("status", f"{status}")
            _tally.note(time.perf_counter() - begun, labels)


def request_times() -> Histogram:
    """What was measured since this process started."""
    about = "How long requests took, by method, template of the route, and status."
    return Histogram("wasched_request_seconds", about, BOUNDS, _tally.values())


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "other"


def _route(scope: Scope) -> str:
    """The template, such as /media/{media_id}; pages and files are one."""
    return getattr(scope.get("route"), "path", "") or "page"
