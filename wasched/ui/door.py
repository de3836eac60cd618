"""The door of the live connection: only this server's own pages may open it."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

_POLICY_VIOLATION = 1008  # RFC 6455, 7.4.1


class SocketDoor:
    """Refuses a websocket that a page of another site opens: the browser would lend it its cookie.

    `is_own_origin` is asked with the Origin and the Host header.
    """

    def __init__(self, app: AsgiApp, is_own_origin: Callable[[str, str], bool]) -> None:
        self._app, self._is_own_origin = app, is_own_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        if scope["type"] == "websocket" and not self._may_open(dict(scope["headers"])):
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        await self._app(scope, receive, send)

    def _may_open(self, headers: dict[bytes, bytes]) -> bool:
        origin = headers.get(b"origin")
        if origin is None:
            return True  # no browser: it has no cookie that it was not given
        return self._is_own_origin(
            origin.decode("latin-1"), headers.get(b"host", b"").decode("latin-1")
        )
