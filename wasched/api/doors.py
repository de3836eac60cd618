"""Who is at the door: from where a page makes a browser ask, by which name, over which line."""

import ipaddress
from collections.abc import Mapping

from fastapi import Request
from fastapi.requests import HTTPConnection

from wasched.config import settings
from wasched.domain.origins import Origin, origin_of, read_origin

_OWN_SITE = {"same-origin", "none"}  # none: typed, or from a bookmark

PROXY_HEADERS = frozenset(
    (
        *("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port"),
        *("x-forwarded-proto", "x-forwarded-server", "x-forwarded-by", "x-forwarded-prefix"),
        *("x-real-ip", "x-client-ip", "x-cluster-client-ip", "true-client-ip"),
        *("cf-connecting-ip", "fly-client-ip", "x-original-forwarded-for"),
    )
)
"""By these a proxy tells that it is one."""

_ENCRYPTED = ("https", "wss")  # some proxies name the live line's own scheme


def is_from_own_page(asked: HTTPConnection) -> bool:
    """True unless a page of another origin made the browser ask.

    The browser's own word decides (Sec-Fetch-Site, W3C Fetch Metadata), else Origin, else
    Referer. Who sends none of them is no browser of these years: it has only the cookie that it
    was given itself.
    """
    if sites := asked.headers.getlist("sec-fetch-site"):
        return set(sites) <= _OWN_SITE
    for name in ("origin", "referer"):
        if said := asked.headers.getlist(name):
            own = own_origin(asked)
            return own is not None and all(read_origin(one) == own for one in said)
    return True


def is_navigation(asked: HTTPConnection) -> bool:
    """True if a person follows a link, or the browser is too old to say (W3C Fetch Metadata)."""
    return asked.headers.get("sec-fetch-mode", "navigate") == "navigate"


def own_origin(asked: HTTPConnection) -> Origin | None:
    """The origin of this server's pages: the public URL if set, else what the browser asked."""
    if settings().public_url:
        return read_origin(settings().public_url)
    return asked_origin(asked)


def asked_origin(asked: HTTPConnection) -> Origin | None:
    """The origin that the browser asked; None unless there is one Host, rightly written."""
    hosts = asked.headers.getlist("host")
    scheme = "https" if is_secure(asked) else "http"
    return origin_of(scheme, hosts[0]) if len(hosts) == 1 else None


def line_origin(peer: str, headers: Mapping[str, str]) -> Origin | None:
    """`own_origin` for a live line, given who is connected and the headers it was opened with."""
    heads = [(name.lower().encode(), said.encode("latin-1")) for name, said in headers.items()]
    opened = {"type": "http", "scheme": "http", "client": (peer, 0), "headers": heads}
    return own_origin(HTTPConnection(opened))


def caller_address(asked: HTTPConnection) -> str:
    """The caller's address; a trusted proxy's word counts for who is behind it."""
    peer = asked.client.host if asked.client else ""
    # A proxy may add a line of its own below the one that a stranger sent.
    return address_behind(peer, ",".join(asked.headers.getlist("x-forwarded-for")))


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
        return asked.headers["x-forwarded-proto"].lower() in _ENCRYPTED
    return asked.scope["scheme"] in _ENCRYPTED


def needs_word(request: Request) -> bool:
    """True if set-up asks for the word in the log: the caller may be a stranger."""
    peer = request.client.host if request.client else ""
    return is_old_http(request) or may_be_stranger(peer, dict(request.headers))


def is_old_http(asked: HTTPConnection) -> bool:
    """True for HTTP/1.0: some proxies and probes speak it, and no browser does."""
    return asked.scope.get("http_version") in ("1.0", "1")  # the second is Granian's name for it


def may_be_stranger(peer: str, headers: Mapping[str, str]) -> bool:
    """False only for who is connected from this machine, by its own name, through no proxy.

    A proxy on this machine may not say for whom it asks, and a page elsewhere may let a name of
    its own lead here: then any of these names is another one.
    """
    names = [settings().public_url, headers.get("origin", ""), headers.get("referer", "")]
    origins = [read_origin(name) for name in names if name]
    origins.append(origin_of("http", headers.get("host", "")))
    is_named_so = all(origin is not None and origin.is_own_machine for origin in origins)
    return not (_is_loopback(peer) and is_named_so and PROXY_HEADERS.isdisjoint(headers))


def _is_loopback(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False


def local_path(path: str) -> str:
    """A path of this server; anything else leads home (no open redirect)."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path
    return path if safe else "/"
