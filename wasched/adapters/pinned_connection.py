"""HTTP to an address that was checked, and to none other, within a time that nobody draws out."""

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from time import monotonic

from wasched.adapters.public_network import Network


class PinnedConnection(http.client.HTTPConnection):
    """A connection through the network that checks addresses, cut when its time is over."""

    def __init__(
        self, network: Network, host: str, port: int, seconds: float, tls: ssl.SSLContext | None
    ) -> None:
        super().__init__(host, port, timeout=seconds)
        self._network, self._tls, self._deadline = network, tls, monotonic() + seconds
        self._cut: threading.Timer | None = None
        if tls is not None:
            self.default_port = 443  # so that the Host header names no port

    @property
    def is_over(self) -> bool:
        """True once its time is over."""
        return monotonic() >= self._deadline

    def connect(self) -> None:
        """Connect to the address that was checked, and none other."""
        sock = self._network.connect(self.host, self.port, self._deadline - monotonic())
        if self._tls is not None:
            sock = self._tls.wrap_socket(
                sock, server_hostname=self.host, do_handshake_on_connect=False
            )
        self.sock = sock
        self._watch()
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()

    def allow(self, seconds: float) -> None:
        """Give the next request on it so long."""
        self._deadline = monotonic() + seconds
        if self.sock is not None:
            self.sock.settimeout(seconds)
            self._watch()

    def rest(self) -> None:
        """Nothing is asked on it for now: nobody has to watch the time."""
        if self._cut is not None:
            self._cut.cancel()

    def close(self) -> None:
        """Let go of the line and its clock."""
        self.rest()
        super().close()

    def _watch(self) -> None:
        """Cut it at the deadline: a time-out counts from byte to byte, and a drip never ends."""
        self.rest()
        left = max(self._deadline - monotonic(), 0.0)
        self._cut = threading.Timer(left, _cut, [self.sock])
        self._cut.daemon = True
        self._cut.start()


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        sock.shutdown(socket.SHUT_RDWR)
