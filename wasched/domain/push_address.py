"""Where a browser is told by push, as it says itself (Push API), and the keys for that."""

import base64
import json
from dataclasses import asdict, dataclass
from typing import Any

from wasched.domain.errors import InputError
from wasched.domain.webhook_address import read_webhook_address

FIELD = "push"
LENGTH_MAX = 2000
_POINT_LENGTH, _AUTH_LENGTH = 65, 16
_UNCOMPRESSED = 4


@dataclass(frozen=True)
class PushAddress:
    """An address at the browser's own push service, and the keys that only the browser can read by.

    Keys are base64url: a point on P-256, and 16 bytes (RFC 8291, 2.1). All of it is a secret.
    """

    endpoint: str
    p256dh: str
    auth: str

    def dump(self) -> str:
        """As it is kept; the same browser is always the same text."""
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class PushKeys:
    """By what push services know this server (RFC 8292): two PEMs, and what browsers are given."""

    private: str
    public: str
    application: str


def read_push_address(said: str, *, allows_private: bool) -> PushAddress:
    """What a browser said (`PushSubscription.toJSON`); InputError where nothing can be told."""
    try:
        found = json.loads(said[:LENGTH_MAX])
        address = PushAddress(
            endpoint=_text(found["endpoint"]),
            p256dh=_key(found["keys"]["p256dh"], _POINT_LENGTH),
            auth=_key(found["keys"]["auth"], _AUTH_LENGTH),
        )
    except (ValueError, LookupError, TypeError, RecursionError):
        raise InputError(FIELD, "What this browser said cannot be used. Try again.") from None
    try:
        endpoint = read_webhook_address(address.endpoint, allows_private=allows_private)
    except InputError as refusal:
        raise InputError(FIELD, f"The browser's push service is refused. {refusal}") from None
    return PushAddress(endpoint, address.p256dh, address.auth)


def load_push_address(kept: str) -> PushAddress:
    """The address that was kept."""
    return PushAddress(**json.loads(kept))


def _key(said: Any, length: int) -> str:
    """A key in one way of writing; ValueError if it has another length, or is no point."""
    text = _text(said).rstrip("=")
    key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if len(key) != length or (length == _POINT_LENGTH and key[0] != _UNCOMPRESSED):
        raise ValueError(said)
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError(said)
    return said
