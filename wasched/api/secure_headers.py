"""What every answer tells browsers not to do: run foreign scripts, frame it, guess, pass it on.

Content Security Policy Level 3 and the Fetch standard say what the headers mean; docs/security.md
says why each of ours is as it is.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Scope, Send

from wasched.api import doors

_Header = tuple[bytes, bytes]

FALLBACK = "/__spa-fallback"
"""The page that is sent for every address that no other page was built for."""

_NO_FEATURES = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
    *("hid", "idle-detection", "magnetometer", "microphone", "midi", "payment"),
    *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
"""What a browser can do and no page of ours asks for (the W3C's registry of policies)."""

_ALWAYS: tuple[_Header, ...] = (
    (b"x-frame-options", b"DENY"),  # for browsers older than frame-ancestors
    (b"x-content-type-options", b"nosniff"),
    # An invitation stands in an address. "no-referrer" would post our forms with `Origin: null`.
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", ", ".join(f"{one}=()" for one in _NO_FEATURES).encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"server", b""),  # granian names itself where nothing is said
)
_ONLY_HTTPS: _Header = (b"strict-transport-security", b"max-age=31536000")
_CSP = b"content-security-policy"

_NOT_FRAMED = "base-uri 'none'; frame-ancestors 'none'"
_NOTHING = f"default-src 'none'; form-action 'none'; {_NOT_FRAMED}".encode()
"""For what is no page: data, pictures, style sheets, redirects."""


class SecureHeaders:
    """Stands before the whole application and puts the headers on each of its answers.

    `scripts` are the hashes of the inline scripts of each built page, by its address. A header
    that the application has set itself stays: files of people have a stricter policy.
    """

    def __init__(self, app: ASGIApp, scripts: Mapping[str, Iterable[str]]) -> None:
        self._app = app
        self._policies = {path: _page_policy(hashes) for path, hashes in scripts.items()}
        self._fallback = self._policies.get(FALLBACK, _page_policy(()))

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        """Pass everything on."""
        if scope["type"] == "http":
            send = self._with_headers(scope, send)
        elif "websocket.http.response" in scope.get("extensions", {}):
            send = _with_refusal(self._with_headers(scope, send), send)
        await self._app(scope, receive, send)

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        async def send_on(message: Message) -> None:
            if message["type"].endswith("http.response.start"):
                given = list(message.get("headers", ()))
                message = {**message, "headers": given + self._missing(scope, message, given)}
            await send(message)

        return send_on

    def _missing(self, scope: Scope, message: Message, given: list[_Header]) -> list[_Header]:
        names = {name.lower(): value for name, value in given}
        wanted = [*_ALWAYS, (_CSP, self._policy(scope["path"], message["status"], names))]
        if doors.is_secure(HTTPConnection(scope)):
            wanted.append(_ONLY_HTTPS)
        return [one for one in wanted if one[0] not in names]

    def _policy(self, path: str, status: int, names: Mapping[bytes, bytes]) -> bytes:
        kind = names.get(b"content-type", b"")
        # A script has the policy of pages because it may be a worker's, which asks for pages. An
        # answer that nothing has changed (304) gives the page that is kept these headers anew.
        if status == 304 or kind.startswith((b"text/html", b"text/javascript")):
            return self._policies.get(_address(path), self._fallback)
        return _NOTHING


def _with_refusal(answer: Send, send: Send) -> Send:
    """Refuse a websocket as a request is refused; what a server makes of a close has no headers."""
    is_open = False

    async def send_on(message: Message) -> None:
        nonlocal is_open
        is_open = is_open or message["type"] == "websocket.accept"
        if is_open or message["type"] != "websocket.close":
            await (send if is_open else answer)(message)
            return
        await answer({"type": "websocket.http.response.start", "status": 403, "headers": []})
        await answer({"type": "websocket.http.response.body", "body": b""})

    return send_on


def _address(path: str) -> str:
    """The address of a page, whichever of its names it was asked for by."""
    return path.removesuffix("/").removesuffix("/index.html").removesuffix(".html") or "/"


def _page_policy(hashes: Iterable[str]) -> bytes:
    scripts = " ".join(["'self'", *(f"'{one}'" for one in hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data:; object-src 'none'; frame-src 'none'; form-action 'self'; "
        f"{_NOT_FRAMED}"
    ).encode()
