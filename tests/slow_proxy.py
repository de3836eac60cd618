"""A TCP proxy on loopback that can keep each word it passes on waiting for a while."""

import contextlib
import socket
import threading
import time

_CHUNK = 65536


class SlowProxy:
    """Passes on what it is told, each way; while it is slow, each word waits `delay_s` seconds.

    It begins quick. Whoever cannot be reached behind it is seen as a connection that ends.
    """

    def __init__(self, target_port: int, delay_s: float = 2.0) -> None:
        self._target, self._delay_s = target_port, delay_s
        self._is_slow, self._is_closed = threading.Event(), threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self.port: int = self._server.getsockname()[1]

    def start(self) -> None:
        """Begin to take connections."""
        threading.Thread(target=self._accept, name="slow-proxy", daemon=True).start()

    def slow(self) -> None:
        """Keep each word waiting from now on."""
        self._is_slow.set()

    def quick(self) -> None:
        """Pass words on at once again, also those that wait now."""
        self._is_slow.clear()

    def close(self) -> None:
        """End every connection and take no more."""
        self._is_closed.set()
        for one in (self._server, *self._open):
            _end_connection(one)

    def _accept(self) -> None:
        while not self._is_closed.is_set():
            try:
                client, _ = self._server.accept()
            except OSError:  # closed
                return
            try:
                target = socket.create_connection(("127.0.0.1", self._target), 5)
            except OSError:
                client.close()
                continue
            target.settimeout(None)
            self._open |= {client, target}
            for source, sink in ((client, target), (target, client)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while word := source.recv(_CHUNK):
                self._hold_back()
                sink.sendall(word)
        self._open -= {source, sink}
        _end_connection(source)
        _end_connection(sink)

    def _hold_back(self) -> None:
        until = time.monotonic() + self._delay_s
        while self._is_slow.is_set() and time.monotonic() < until:
            if self._is_closed.wait(0.02):
                return


def _end_connection(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
