"""Web pages read for a link's preview: little of them, quickly, from public addresses only."""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from wasched.adapters.page_head import head_of
from wasched.adapters.pinned_connection import PinnedConnection
from wasched.adapters.public_network import Network
from wasched.services.ports import PageSeen

WHOLE_S = 6.0
"""Seconds for everything: look-ups, redirects, the page and its picture."""
PAGE_MAX = 512 * 1024
PICTURE_MAX = 2 * 1024 * 1024
REDIRECTS_MAX = 4

_AGENT = "wasched (link preview)"
_PAGES = ("text/html", "application/xhtml+xml")
_REDIRECTS = (301, 302, 303, 307, 308)
_FAULTS = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True)
class _Answer:
    url: str
    content_type: str
    body: bytes


class WebPages:
    """Fulfils the LinkSource protocol over HTTP and HTTPS."""

    def __init__(self, network: Network | None = None, seconds: float = WHOLE_S) -> None:
        self._network, self._seconds = network or Network(), seconds
        self._tls = ssl.create_default_context()

    def read(self, url: str) -> PageSeen | None:
        """The page's title, a line of it and its picture; None if there is nothing to show."""
        deadline = monotonic() + self._seconds
        try:
            page = self._get(url, deadline, _PAGES, PAGE_MAX)
        except _FAULTS:
            return None
        head = head_of(page.body, page.content_type)
        if not head.title:
            return None
        picture = self._picture(urljoin(page.url, head.picture), deadline) if head.picture else b""
        return PageSeen(url, head.title, head.description, picture)

    def _picture(self, url: str, deadline: float) -> bytes:
        """A preview without its picture is better than none."""
        try:
            body = self._get(url, deadline, ("image/",), PICTURE_MAX + 1).body
        except _FAULTS:
            return b""
        return body if len(body) <= PICTURE_MAX else b""

    def _get(self, url: str, deadline: float, types: tuple[str, ...], most: int) -> _Answer:
        """The first bytes of what is at an address; ValueError if it is not of these types."""
        for _ in range(REDIRECTS_MAX + 1):
            with self._asked(url, deadline) as answer:
                if answer.status in _REDIRECTS:
                    url = urljoin(url, answer.getheader("location", ""))
                    continue
                content_type = answer.getheader("content-type", "")
                if answer.status != 200 or not content_type.lower().startswith(types):
                    raise ValueError("Not what was asked for")
                if answer.getheader("content-encoding", "identity") != "identity":
                    raise ValueError("Encoded although plain bytes were asked for")
                return _Answer(url, content_type, answer.read(most))
        raise ValueError("Too many redirects")

    @contextmanager
    def _asked(self, url: str, deadline: float) -> Iterator[http.client.HTTPResponse]:
        """The answer to a GET; whatever is slow, the line is cut at the deadline."""
        parts = _checked(url)
        left = deadline - monotonic()
        if left <= 0:
            raise TimeoutError("The page is too slow")
        connection = self._connection(parts, left)
        with closing(connection):
            path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
            connection.request("GET", path, headers=_HEADERS)
            yield connection.getresponse()

    def _connection(self, parts: SplitResult, seconds: float) -> PinnedConnection:
        host = (parts.hostname or "").encode("idna").decode("ascii")
        is_tls = parts.scheme == "https"
        port = parts.port or (443 if is_tls else 80)
        tls = self._tls if is_tls else None
        return PinnedConnection(self._network, host, port, seconds, tls)


_HEADERS = {
    "User-Agent": _AGENT,
    "Accept": "text/html,application/xhtml+xml,image/*;q=0.8",
    "Accept-Encoding": "identity",
    "Accept-Language": "en, *;q=0.5",
    "Connection": "close",
}


def _checked(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("Not an address of the web")
    if parts.username is not None or parts.password is not None:
        raise ValueError("An address with a password in it")
    if any(ord(one) <= 32 or ord(one) == 127 for one in url):
        raise ValueError("An address with spaces in it")
    return parts
