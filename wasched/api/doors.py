"""Who is at the door: the caller's address, origin and whether the line is encrypted."""

import ipaddress
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from fastapi.requests import HTTPConnection

from wasched.config import settings
from wasched.services import setting_up


def check_origin(request: Request) -> None:
    """Refuse (403) a form posted from another site."""
    origin = request.headers.get("origin")
    if origin is None:
        return  # same-origin posts of old browsers; the SameSite cookie still guards
    if not is_own_origin(origin, request.headers.get("host", "")):
        raise HTTPException(403, "This form was sent from another site.")


def is_own_origin(origin: str, host: str) -> bool:
    """True if a browser's Origin is this server: the public URL if set, else the Host asked."""
    if settings().public_url:
        return origin == settings().public_url
    return urlsplit(origin).netloc == host


def address(request: Request) -> str:
    """The caller's address; a trusted proxy's word counts for who is behind it."""
    peer = request.client.host if request.client else ""
    return address_behind(peer, request.headers.get("x-forwarded-for", ""))


def address_behind(peer: str, forwarded: str) -> str:
    """The caller's address, given who is connected and their X-Forwarded-For."""
    if not _is_proxy(peer):
        return peer
    for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if not _is_proxy(hop):
            return hop[:64]
    return peer


def _is_proxy(text: str) -> bool:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return False
    return any(found in network for network in settings().trusted_proxies)


def is_secure(asked: HTTPConnection) -> bool:
    """True if the browser's line is encrypted, here or at the trusted proxy."""
    if settings().public_url:
        return settings().public_url.startswith("https://")
    peer = asked.client.host if asked.client else ""
    if _is_proxy(peer) and "x-forwarded-proto" in asked.headers:
        return asked.headers["x-forwarded-proto"] == "https"
    return bool(asked.url.scheme == "https")


def needs_token(request: Request) -> bool:
    """True if set-up asks for the word in the log: the caller may be a stranger."""
    host = request.headers.get("host", "")
    return not setting_up.is_here(address(request), host, settings().public_url)


def local_path(path: str) -> str:
    """A path of this server; anything else leads home (no open redirect)."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path
    return path if safe else "/"
