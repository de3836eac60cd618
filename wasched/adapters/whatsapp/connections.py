"""The process's own connections to WhatsApp, and breaking one off.

The library cannot be told to connect anew. One whose connection breaks does so by itself, and
hands over again, under the same id and in the same words, what was not answered yet.
"""

import fcntl
import socket
import struct
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar

_OPEN_FILES = Path("/dev/fd")
_FAMILIES = (socket.AF_INET, socket.AF_INET6)

Connection = tuple[object, object]
"""A TCP connection by the addresses of its two ends."""


def open_connections() -> set[Connection]:
    """The TCP connections of this process that stand now."""
    return {ends for descriptor in _descriptors() if (ends := _ends(descriptor))}


class OwnConnections:
    """Which connections of the process are one client's, as far as it can be told.

    Nobody says which is whose. It is none of those that stood before the client dialled, and none
    that is known to be another client's; clients that dial at one moment may share one too many.
    """

    _known: ClassVar[dict[int, set[Connection]]] = {}
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self) -> None:
        self._before: set[Connection] = set()

    def begin_to_dial(self) -> None:
        """From now on the client may make a connection."""
        self._before = open_connections()

    def note_login(self) -> None:
        """The client has one, and was logged in on it just now."""
        with self._lock:
            others = [mine for owner, mine in self._known.items() if owner != id(self)]
            sure = set().union(*(mine for mine in others if len(mine) == 1))
            self._known[id(self)] = open_connections() - self._before - sure

    def found(self) -> set[Connection]:
        """The connections that it was logged in on, with what else may be meant."""
        return self._known.get(id(self), set())

    def forget(self) -> None:
        """The client has ended."""
        with self._lock:
            self._known.pop(id(self), None)


def idle_among(connections: set[Connection]) -> set[Connection]:
    """Those of the connections that stand, and whose other end has all that was written to them.

    While it has not, it is the network that is away: what was written still comes there later.
    """
    found = {_ends(one): one for one in _descriptors()}
    return {one for one in connections if one in found and not _bytes_on_the_way(found[one])}


def break_off(connections: set[Connection]) -> None:
    """End those of the connections that still stand: whoever reads from them sees it at once."""
    for descriptor in _descriptors():
        if _ends(descriptor) in connections:
            with suppress(OSError), _borrowed(descriptor) as one:  # it may have ended by itself
                one.shutdown(socket.SHUT_RDWR)


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


def _bytes_on_the_way(descriptor: int) -> int:
    """How many bytes the other end has not confirmed; 0 where the system does not say (tcp(7))."""
    try:
        (count,) = struct.unpack("i", fcntl.ioctl(descriptor, termios.TIOCOUTQ, bytes(4)))
    except OSError:
        return 0
    return int(count)


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
