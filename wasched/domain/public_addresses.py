"""Which numeric addresses are on the public internet, and which only in somebody's own network."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_global(ip: Address) -> bool:
    """True for an address that anybody on the internet reaches."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _inner(ip)
        if inner is not None:
            return is_global(inner)
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def is_reachable(ip: Address) -> bool:
    """The same, or an address of this machine or of the networks it is in.

    Link-local ones are none: at one of them clouds tell a machine its passwords.
    """
    inner = _inner(ip) if isinstance(ip, ipaddress.IPv6Address) and not ip.is_loopback else None
    if inner is not None:
        return is_reachable(inner)
    return not (ip.is_link_local or ip.is_multicast or ip.is_unspecified)


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one carries, by whichever way of tunnelling."""
    if ip in _NAT64 or int(ip) >> 32 == 0:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
