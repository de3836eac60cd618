"""Calling an address that somebody else watches, so that a server that is gone is missed."""

import http.client
import ssl
from contextlib import closing
from urllib.parse import urlsplit

from wasched.adapters.pinned_connection import PinnedConnection
from wasched.adapters.public_network import Network, is_near_or_public
from wasched.domain.version import VERSION

_WHOLE_S = 10.0


class HttpPinger:
    """Fulfils the Pinger protocol by a GET; the address is a setting, so it may be near."""

    def __init__(self, url: str, network: Network | None = None) -> None:
        self._parts = urlsplit(url)
        self._network = network or Network(allows=is_near_or_public)

    def ping(self) -> str:
        """Why the call was not taken, without the address; nothing if it was."""
        parts, is_tls = self._parts, self._parts.scheme == "https"
        host = (parts.hostname or "").encode("idna").decode("ascii")
        tls = ssl.create_default_context() if is_tls else None
        port = parts.port or (443 if is_tls else 80)
        path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        headers = {"User-Agent": f"wasched/{VERSION} (ping)"}
        with closing(PinnedConnection(self._network, host, port, _WHOLE_S, tls)) as line:
            try:
                line.request("GET", path, headers=headers)
                status = line.getresponse().status
            except (OSError, http.client.HTTPException) as fault:
                return f"There was no answer: {str(fault) or type(fault).__name__}."
        return "" if 200 <= status < 300 else f"It answered with {status}."
