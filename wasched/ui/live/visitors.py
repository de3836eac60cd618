"""Who is at a live line: the sign-in that its cookie gives, or a stranger's address."""

import ipaddress
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from wasched.api import cookies, doors
from wasched.services.identity import users
from wasched.ui.core.session import ask_database

OVER = "over"
"""Stands for a sign-in that has ended; no cookie gives it."""

_NETWORK = 64  # of an IPv6 address: the rest a household chooses as it likes (RFC 6177)


@dataclass(frozen=True)
class Visitor:
    """`sign_in` is the hash of a session's token, empty for a stranger; `who` is counted by."""

    sign_in: str
    who: str

    @property
    def is_stranger(self) -> bool:
        """True if nobody is signed in there."""
        return not self.sign_in


async def visitor_of(scope: MutableMapping[str, Any]) -> Visitor:
    """Who opens a line, by the head of the request (an ASGI scope).

    While the database cannot tell, the cookie counts as the sign-in it says: only who holds it
    finds what was shown to that sign-in before.
    """
    heads = dict(scope["headers"])  # the last one of a name, as Reflex takes it
    cookie = heads.get(b"cookie", b"").decode("latin-1")
    token = cookies.read_cookie(cookie, cookies.SESSION)
    who = f"address {household_of(_address(scope, heads))}"
    try:
        user = await ask_database(lambda session, now: users.who_is(session, token, now))
    except SQLAlchemyError:
        return Visitor(users.hash_secret(token) if token else "", who)
    return Visitor(users.hash_secret(token), f"user {user.id}") if user else Visitor("", who)


def household_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the network of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ipaddress.ip_network((found, _NETWORK), strict=False))
    return str(found)


def _address(scope: MutableMapping[str, Any], heads: dict[bytes, bytes]) -> str:
    peer = scope["client"][0] if scope.get("client") else ""
    return doors.address_behind(peer, heads.get(b"x-forwarded-for", b"").decode("latin-1"))
