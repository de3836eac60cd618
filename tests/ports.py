"""Ports of loopback for servers that a test starts, ends and starts again."""

import contextlib
import secrets
import socket

_BELOW = 32_768
"""From here on Linux takes ports for connections that go out (ip(7), ip_local_port_range): one of
those could be taken by anybody before its server listens, or while it is down."""


def free_port() -> int:
    """A port of loopback that nobody listens on now, and that no connection takes by chance."""
    while True:
        port = 10_000 + secrets.randbelow(_BELOW - 10_000)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
