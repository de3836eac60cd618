"""A bound on what one line may send as a single message, whole or in pieces.

The server that reads websockets (granian) puts a message together before the application sees
any of it, takes 64 MB for one, and cannot be told otherwise. So the kernel is asked how many bytes
a line has received (TCP_INFO, tcp(7)) while the application waits for its next message, ten times
a second; a line that is sent too much meanwhile is shut. Other systems than Linux do not tell.
"""

import contextlib
import ipaddress
import os
import socket
import stat
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from wasched.ui.live.accepted_events import MESSAGE_MAX

_LOOK_S = 0.1
_HELD_MAX = 2 * MESSAGE_MAX
_RECEIVED = struct.Struct("@128xQ")  # tcpi_bytes_received in struct tcp_info (linux/tcp.h)
_TCP_INFO = getattr(socket, "TCP_INFO", None)
_FDS = Path("/proc/self/fd")

_BINARY = ("45", "46")  # Socket.IO's packets with files to come, which no page sends
_TOO_BIG = {"type": "websocket.disconnect", "code": 1009}  # RFC 6455, 7.4.1


class WatchedLines:
    """Ends a websocket whose message is too large, or is none of those that pages send."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._watch = app, Watch()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        line = LimitedLine(_socket_of(scope.get("client")))

        async def checked() -> Scope:
            with line.waits():
                message = await receive()
            return message if _is_fine(message) else dict(_TOO_BIG)

        with self._watch.over(line):
            await self._app(scope, checked, send)


class LimitedLine:
    """An open line, and since when it is waited for: at how many bytes received."""

    def __init__(self, seen: socket.socket | None) -> None:
        self._seen = seen
        self._from: int | None = None

    @contextlib.contextmanager
    def waits(self) -> Iterator[None]:
        """Count what comes while the next message is waited for."""
        self._from = self._received()
        try:
            yield
        finally:
            self._from = None

    def shut_if_too_much(self) -> None:
        """End the line if more has come than one message may have."""
        begun = self._from
        if begun is not None and self._received() - begun > _HELD_MAX:
            with contextlib.suppress(OSError):
                assert self._seen is not None
                self._seen.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the socket, which stays the server's."""
        if self._seen is not None:
            self._seen.close()

    def _received(self) -> int:
        if self._seen is None or _TCP_INFO is None:
            return 0
        try:
            told = self._seen.getsockopt(socket.IPPROTO_TCP, _TCP_INFO, _RECEIVED.size)
            return int(_RECEIVED.unpack(told)[0])
        except (OSError, struct.error):
            return 0


class Watch:
    """A thread that looks at all open lines while there are any."""

    def __init__(self) -> None:
        self._lines: set[LimitedLine] = set()
        self._lock = threading.Lock()
        self._any = threading.Event()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def over(self, line: LimitedLine) -> Iterator[None]:
        """Watch over a line meanwhile."""
        with self._lock:
            self._lines.add(line)
            self._any.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="lines", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._lines.discard(line)
                if not self._lines:
                    self._any.clear()
                line.close()

    def _look(self) -> None:
        while self._any.wait():
            with self._lock:
                for line in self._lines:
                    line.shut_if_too_much()
            time.sleep(_LOOK_S)


def _is_fine(message: Scope) -> bool:
    text = message.get("text")
    if message["type"] != "websocket.receive":
        return True
    return text is not None and len(text) <= MESSAGE_MAX and not text.startswith(_BINARY)


def _socket_of(peer: tuple[str, int] | None) -> socket.socket | None:
    """A second handle on the socket of this process whose other end is `peer`, on Linux."""
    if peer is None or not _FDS.is_dir():
        return None
    for name in os.listdir(_FDS):  # noqa: PTH208
        with contextlib.suppress(OSError, ValueError):
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                continue
            seen = socket.socket(fileno=os.dup(int(name)))
            if _is_peer(seen, peer):
                return seen
            seen.close()
    return None


def _is_peer(seen: socket.socket, peer: tuple[str, int]) -> bool:
    try:
        host, port = seen.getpeername()[:2]
        return port == int(peer[1]) and _plain(host) == _plain(peer[0])
    except (OSError, ValueError):
        return False


def _plain(host: str) -> str:
    """An address as one family writes it: a listener of both shows ::ffff:192.0.2.1."""
    found = ipaddress.ip_address(host)
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)
