"""The public internet, and nothing else: addresses are checked and then held on to.

A name is looked up once and the connection goes to the very address that was checked, so a name
server that answers differently the next time (DNS rebinding) gains nothing.
"""

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from wasched.domain.public_addresses import Address, is_global, is_reachable

_PORTS = frozenset({80, 443})


class RefusedAddressError(OSError):
    """A name leads to a place that is not on the public internet."""


def resolve_public(host: str, port: int) -> list[str]:
    """The numeric addresses of a name, as the system's resolver knows them; OSError if none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def is_public(address: str, port: int) -> bool:
    """True for a web server's address that is reachable by anybody on the internet."""
    return port in _PORTS and _is_allowed(address, is_global)


def is_public_anywhere(address: str, _port: int) -> bool:
    """The same at any port: for what a manager said, and no stranger."""
    return _is_allowed(address, is_global)


def is_near_or_public(address: str, _port: int) -> bool:
    """True also for this machine and the networks it is in."""
    return _is_allowed(address, is_reachable)


def _is_allowed(address: str, rule: Callable[[Address], bool]) -> bool:
    try:
        return rule(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return False


def dial_public(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to a numeric address."""
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True)
class Network:
    """Where connections may go; tests put a resolver that lies, or a server of their own, here."""

    resolve: Callable[[str, int], list[str]] = resolve_public
    allows: Callable[[str, int], bool] = is_public
    dial: Callable[[str, int, float], socket.socket] = dial_public

    def connect(self, host: str, port: int, seconds: float) -> socket.socket:
        """A connection to the name; OSError, or RefusedAddressError if any address is not public.

        `seconds` bounds the look-up and the connection together.
        """
        deadline = monotonic() + seconds
        addresses = _within(seconds, lambda: self.resolve(host, port))
        if not addresses or not all(self.allows(one, port) for one in addresses):
            raise RefusedAddressError(f"{host} is not on the public internet")
        return self.dial(addresses[0], port, max(deadline - monotonic(), 0.001))


def _within(seconds: float, look_up: Callable[[], list[str]]) -> list[str]:
    """The answer of the system's resolver, which knows no time limit of its own."""
    answers: queue.Queue[list[str] | OSError] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(look_up())
        except (OSError, UnicodeError) as fault:
            answers.put(OSError(str(fault)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError("The name server does not answer") from None
    if isinstance(answer, OSError):
        raise answer
    return answer
