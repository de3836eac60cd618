"""Posts deliveries to webhooks: signed, to checked addresses, in ten seconds, following nobody."""

import http.client
import ssl
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from standardwebhooks import Webhook

from wasched.adapters.pinned_connection import PinnedConnection
from wasched.adapters.public_network import (
    Network,
    RefusedAddressError,
    is_near_or_public,
    is_public_anywhere,
)
from wasched.domain.version import VERSION
from wasched.domain.webhook_address import IS_PRIVATE
from wasched.domain.webhook_retry import PostResult

WHOLE_S = 10.0
"""Seconds for a delivery: look-up, connection, all of it."""
ANSWER_MAX = 1024
"""So much of an answer is read and kept, in bytes."""

_FAULTS = (OSError, http.client.HTTPException, ValueError)
_HEADERS = {"User-Agent": f"wasched/{VERSION} (webhooks)", "Accept-Encoding": "identity"}


class WebhookPosts:
    """Fulfils the WebhookPoster protocol by HTTP/1.1."""

    def __init__(
        self, *, allows_private: bool, network: Network | None = None, seconds: float = WHOLE_S
    ) -> None:
        allows = is_near_or_public if allows_private else is_public_anywhere
        self._network, self._seconds = network or Network(allows=allows), seconds
        self._tls = ssl.create_default_context()

    def open(self, url: str, secrets: Sequence[str]) -> "WebhookLine":
        """What posts to this address; nothing is connected before the first post."""
        return WebhookLine(url, secrets, self._network, self._seconds, self._tls)


class WebhookLine:
    """One address. Its connection is kept from post to post, as long as the other side lets it."""

    def __init__(
        self,
        url: str,
        secrets: Sequence[str],
        network: Network,
        seconds: float,
        tls: ssl.SSLContext,
    ) -> None:
        parts = urlsplit(url)
        self._signers = [Webhook(one) for one in secrets]
        is_tls = parts.scheme == "https"
        self._host = (parts.hostname or "").encode("idna").decode("ascii")
        self._port = parts.port or (443 if is_tls else 80)
        self._path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        self._network, self._seconds, self._tls = network, seconds, tls if is_tls else None
        self._connection: PinnedConnection | None = None

    def post(self, delivery_id: str, at: datetime, body: str) -> PostResult:
        """What came of a delivery, signed; never raises for the other side or the way there."""
        signatures = (one.sign(delivery_id, at, body) for one in self._signers)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": delivery_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(signatures),
        }
        return self.send(headers, body.encode())

    def send(self, headers: dict[str, str], body: bytes) -> PostResult:
        """What came of a body as it is; never raises for the other side or the way there."""
        is_kept = self._connection is not None
        try:
            return self._ask(headers, body)
        except _FAULTS as fault:
            is_over = self._connection is not None and self._connection.is_over
            self.close()
            if is_kept and not is_over:  # it was closed while nothing was asked on it
                return self.send(headers, body)
            return PostResult(0, self._sentence(fault, is_over=is_over))

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, headers: dict[str, str], body: bytes) -> PostResult:
        connection = self._connection
        if connection is None:
            connection = self._connection = PinnedConnection(
                self._network, self._host, self._port, self._seconds, self._tls
            )
        else:
            connection.allow(self._seconds)
        connection.request("POST", self._path, body, _HEADERS | headers)
        answer = connection.getresponse()
        said, is_whole = _first_of(answer)
        if is_whole and not answer.will_close:
            connection.rest()
        else:
            self.close()
        words = said.decode("utf-8", "replace").replace("\0", "")
        return PostResult(answer.status, words, answer.getheader("retry-after", ""))

    def _sentence(self, fault: Exception, *, is_over: bool) -> str:
        """Why there was no answer."""
        if isinstance(fault, RefusedAddressError):
            return f"{self._host}: {IS_PRIVATE}"
        if is_over or isinstance(fault, TimeoutError):
            return f"It did not answer within {self._seconds:.0f} s."
        if isinstance(fault, ssl.SSLError):
            return f"Its certificate or its TLS is not right: {fault}."
        said = str(fault) or type(fault).__name__
        return f"There was no answer: {said}."


def _first_of(answer: http.client.HTTPResponse) -> tuple[bytes, bool]:
    """The first KB of an answer, and whether that is all; its status counts however it goes on."""
    try:
        said = answer.read(ANSWER_MAX)
    except _FAULTS:
        return b"", False
    return said, answer.isclosed()
