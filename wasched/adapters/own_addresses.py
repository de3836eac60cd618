"""The addresses that this server is reached by, on its own machine and in the network around."""

import socket
from contextlib import suppress
from ipaddress import ip_address

from wasched.config import Settings

_EVERYWHERE = ("0.0.0.0", "::")
# Of no machine (RFC 5737, RFC 3849): a datagram socket that is told of one picks the address it
# would send from, and sends nothing.
_ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


def own_url(settings: Settings) -> str:
    """The address that people type; without PUBLIC_URL the one for this machine's own browser."""
    if settings.public_url:
        return settings.public_url
    is_name = settings.host in (*_EVERYWHERE, "localhost") or ip_address(settings.host).is_loopback
    return _url("localhost" if is_name else settings.host, settings.port)


def network_url(settings: Settings) -> str:
    """The address for other devices in the same network; empty if there is none of its own.

    A container sees a network that nobody else is in.
    """
    if settings.public_url or settings.in_container or settings.host not in _EVERYWHERE:
        return ""
    address = _own_address(only_4=settings.host == "0.0.0.0")
    return _url(address, settings.port) if address else ""


def _own_address(*, only_4: bool) -> str:
    for family, elsewhere in _ELSEWHERE[:1] if only_4 else _ELSEWHERE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, 9))
            found = str(probe.getsockname()[0])
            if not ip_address(found).is_loopback:
                return found
    return ""


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
