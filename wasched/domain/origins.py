"""Hosts and origins as browsers write them, read in one strict way.

RFC 9110 7.2 (Host), RFC 3986 3.2.2 (its grammar), RFC 6454 (origins). Nothing of what a URL
library forgives is forgiven here: two programs that read one name differently are a way in.
"""

import ipaddress
import re
from typing import NamedTuple

_PORTS = {"http": 80, "https": 443}
_AUTHORITY = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?")
_OWN_NAMES = ("localhost", "127.0.0.1", "::1")


class Origin(NamedTuple):
    """Where a page is from: two pages are of one site only if all three are the same."""

    scheme: str
    host: str  # in small letters; an IPv6 address without brackets
    port: int

    @property
    def is_own_machine(self) -> bool:
        """True if the name leads to nothing but the machine it is asked on."""
        return self.host in _OWN_NAMES


def read_origin(text: str) -> Origin | None:
    """The origin of an Origin header or of a URL; None for anything else, such as `null`."""
    scheme, _, rest = text.partition("://")
    return origin_of(scheme, re.split("[/?#]", rest, maxsplit=1)[0])


def origin_of(scheme: str, host: str) -> Origin | None:
    """The origin of who asks a Host by a scheme; None if the Host is not a plain name and port."""
    scheme, found = scheme.lower(), _AUTHORITY.fullmatch(host)
    if found is None or scheme not in _PORTS:
        return None
    address, name, port = found.groups()
    number = int(port) if port else _PORTS[scheme]
    host = _ipv6(address) if address else name.lower()
    return Origin(scheme, host, number) if host and 0 < number < 65536 else None


def _ipv6(text: str) -> str:
    """The address in its shortest form, empty if it is none."""
    try:
        return str(ipaddress.IPv6Address(text))
    except ValueError:
        return ""
