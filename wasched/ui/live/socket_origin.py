"""The door of the live connection: only this server's own pages may open it."""

from collections import defaultdict

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from wasched import client_faults
from wasched.api import doors

_POLICY_VIOLATION = 1008  # RFC 6455, 7.4.1
_UPGRADE_REQUIRED = 426  # RFC 9110, 15.5.22

_HANDED_ON = doors.PROXY_HEADERS | {
    *("host", "origin", "cookie", "upgrade", "connection"),
    *("sec-websocket-key", "sec-websocket-protocol", "sec-websocket-version"),
}
"""What the framework or this product reads; the framework keeps whatever it is given."""


class SocketDoor:
    """Refuses a websocket that a page of another site opens: the browser would lend it its cookie.

    Headers that nobody here needs, such as the keys that proxies add, go no further, nor do plain
    requests: the library below would take them for its older way, which is switched off.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on; a line whose packets cannot be read ends, and is counted."""
        if scope["type"] == "http" and scope["path"].startswith("/_event"):
            await Response(status_code=_UPGRADE_REQUIRED)(scope, receive, send)
        elif scope["type"] != "websocket":
            await self._app(scope, receive, send)
        elif not _may_open(HTTPConnection(scope)):
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            scope = {**scope, "headers": _needed(scope["headers"])}
            await self._serve_line(scope, receive, send)

    async def _serve_line(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as fault:
            if not client_faults.is_of_client(fault):
                raise
            client_faults.wrong_events.note(client_faults.fault_words(fault))


def _may_open(asked: HTTPConnection) -> bool:
    return doors.asked_origin(asked) is not None and doors.is_from_own_page(asked)


def _needed(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """What is handed on, lines of one name joined (RFC 9110 5.3): the framework keeps the last."""
    joined: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for name, value in headers:
        if name.lower().decode("latin-1") in _HANDED_ON:
            joined[name.lower()].append(value)
    return [(name, b", ".join(values)) for name, values in joined.items()]
