"""What is decided from the head of a request, before a byte of its body is read."""

from typing import NamedTuple

from fastapi.requests import HTTPConnection
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wasched.api import doors
from wasched.api.problems import problem_answer
from wasched.domain.errors import BadHostError, ElsewhereError, TooLargeError, WaschedError
from wasched.services.files.uploads import CHUNK_MAX

_FOR_KEYS = "/api/v1/"
"""Answers to a key alone, which no browser sends by itself: it may be asked from anywhere."""

_OWN_PAGES_ONLY = ("/auth/", "/spaces/", "/uploads", "/export/", "/media/")
"""What answers to a person's cookie with more than a page; no other site may ask for it.

/calendar/ and /metrics look at no cookie: who asks there has a secret of its own, and may be any
program.
"""


class _Bound(NamedTuple):
    size: int  # bytes
    sentence: str


_PIECE = _Bound(CHUNK_MAX, "Send the file in smaller pieces.")
_BOUNDS = {
    ("PATCH", "/uploads/"): _PIECE,
    ("PATCH", f"{_FOR_KEYS}uploads/"): _PIECE,
    # The longest text in most scripts, and as many numbers as one schedule may have.
    ("POST", _FOR_KEYS): _Bound(512 * 1024, "Send less at once: half a megabyte is taken."),
    ("POST", "/mcp"): _Bound(512 * 1024, "Send less at once: half a megabyte is taken."),
    ("PATCH", _FOR_KEYS): _Bound(512 * 1024, "Send less at once: half a megabyte is taken."),
}
"""How much a body may hold, by method and the beginning of the path; the first that fits counts."""

_OTHERS = _Bound(16 * 1024, "That is more than this address takes.")
"""A form's fields, or a few words of JSON."""


class Gate:
    """Refuses requests by their Host, by the page they come from, and by the size of their body.

    A body without a length is counted while it comes, and goes no further than its bound.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is refused, and pass everything else on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bound = _bound_of(scope)
        body = _Body(scope, receive, bound)
        if refusal := _refusal(HTTPConnection(scope), bound):
            await problem_answer(refusal)(scope, receive, body.hangs_up(send))
        else:
            await self._app(scope, body.receive, body.hangs_up(send))


def _refusal(asked: HTTPConnection, bound: _Bound) -> WaschedError | None:
    """Why a request goes no further, if it does not."""
    if doors.asked_origin(asked) is None and not _names_no_host(asked):
        return BadHostError()
    if _is_for_own_pages(asked.scope) and not doors.is_from_own_page(asked):
        return ElsewhereError()
    length = asked.headers.get("content-length", "0")
    if length.isascii() and length.isdigit() and int(length[:20]) > bound.size:
        return TooLargeError("", bound.sentence)
    return None


def _names_no_host(asked: HTTPConnection) -> bool:
    """True for the probes of old load balancers: HTTP/1.0 may go without a Host (RFC 9112 3.2)."""
    return doors.is_old_http(asked) and not asked.headers.get("host")


def _is_for_own_pages(scope: Scope) -> bool:
    if scope["path"].startswith(_FOR_KEYS):
        return False
    changes = scope["method"] not in ("GET", "HEAD")
    return changes or scope["path"].startswith(_OWN_PAGES_ONLY)


def _bound_of(scope: Scope) -> _Bound:
    for (method, beginning), bound in _BOUNDS.items():
        if scope["method"] == method and scope["path"].startswith(beginning):
            return bound
    return _OTHERS


class _Body:
    """A request's body, counted while it comes; HTTPException (413) once it is beyond its bound."""

    def __init__(self, scope: Scope, receive: Receive, bound: _Bound) -> None:
        heads = {name for name, value in scope["headers"] if value != b"0"}
        self._has_more = bool(heads & {b"content-length", b"transfer-encoding"})
        self._receive, self._bound, self._taken = receive, bound, 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._has_more = message.get("more_body", False)
        self._taken += len(message.get("body", b""))
        if self._taken > self._bound.size:
            self._has_more = True
            raise HTTPException(413, self._bound.sentence)
        return message

    def hangs_up(self, send: Send) -> Send:
        """The same answer; one that comes before the body's end says that the connection ends.

        It does then (RFC 9112 9.6): unsaid, a client's next request on it would be lost.
        """

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and self._has_more:
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            await send(message)

        return sent
