"""The process's own connections to WhatsApp, and breaking one off.

The library cannot be told to connect anew. One whose connection breaks does so by itself, and
hands over again, under the same id and in the same words, what was not answered yet.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_OPEN_FILES = Path("/dev/fd")
_FAMILIES = (socket.AF_INET, socket.AF_INET6)

Connection = tuple[object, object]
"""A TCP connection by the addresses of its two ends."""


def open_connections() -> set[Connection]:
    """The TCP connections of this process that stand now."""
    return {ends for descriptor in _descriptors() if (ends := _ends(descriptor))}


def break_off(connections: set[Connection]) -> int:
    """End those of the connections that still stand; returns how many did.

    What was written to them still goes out; whoever reads from them sees their end at once.
    """
    broken = 0
    for descriptor in _descriptors():
        if _ends(descriptor) in connections:
            with suppress(OSError), _borrowed(descriptor) as one:  # it may have ended by itself
                one.shutdown(socket.SHUT_RDWR)
                broken += 1
    return broken


def _descriptors() -> list[int]:
    return [int(entry.name) for entry in _OPEN_FILES.iterdir()]


def _ends(descriptor: int) -> Connection | None:
    """Both ends of a TCP connection; None for all else, also for what is closed meanwhile."""
    try:
        with _borrowed(descriptor) as one:
            if one.family in _FAMILIES and one.type is socket.SOCK_STREAM:
                return one.getsockname(), one.getpeername()
    except OSError:
        pass  # no socket, or not connected
    return None


@contextmanager
def _borrowed(descriptor: int) -> Iterator[socket.socket]:
    """A socket of the library's by its own descriptor.

    No copy of a descriptor is made, as it would have to be closed: were it one of the store's
    files, the library would lose the locks it holds there (POSIX, fcntl).
    """
    one = socket.socket(fileno=descriptor)
    try:
        yield one
    finally:
        one.detach()
