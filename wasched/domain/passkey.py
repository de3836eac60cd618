"""Passkeys by the names of W3C Web Authentication: the site they are of, and what they answer."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from ipaddress import ip_address

from wasched.domain.errors import InputError
from wasched.domain.origins import Origin

ANSWER_MAX = 10_000
"""How long an answer may be, in characters; those of today's passkeys have about a thousand."""

_OWN_MACHINE = "localhost"
_USUAL_PORTS = {"https": 443, "http": 80}
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class PasskeySite:
    """A server as browsers know it: the name that its passkeys belong to, and its origin."""

    host: str = ""
    origin: str = ""

    @property
    def may_have_passkeys(self) -> bool:
        """True for a name over https, or this machine's own: browsers give none to others."""
        if self.host == _OWN_MACHINE:
            return True
        return self.origin.startswith("https://") and not _is_address(self.host)


@dataclass(frozen=True)
class PasskeyKey:
    """What a passkey is checked by: its public key (COSE), and how often it has signed."""

    credential_id: str  # base64url
    public_key: bytes
    sign_count: int


@dataclass(frozen=True)
class PasskeyAnswer:
    """What an answer says of itself, which is not looked at yet."""

    text: str
    credential_id: str
    challenge: bytes


def site_of(origin: Origin | None) -> PasskeySite:
    """The site of a server whose pages have an origin; one without a name if there is none."""
    if origin is None:
        return PasskeySite()
    port = "" if origin.port == _USUAL_PORTS[origin.scheme] else f":{origin.port}"
    return PasskeySite(origin.host, f"{origin.scheme}://{origin.host}{port}")


def read_answer(text: str) -> PasskeyAnswer:
    """What a browser sent (PublicKeyCredential as JSON); InputError if that is not what it is."""
    try:
        answer = json.loads(text[:ANSWER_MAX])
        client_data = json.loads(to_octets(answer["response"]["clientDataJSON"]))
        credential_id = to_text(to_octets(answer["rawId"]))
        return PasskeyAnswer(text, credential_id, to_octets(client_data["challenge"]))
    except _UNREADABLE as fault:
        raise unusable_passkey() from fault


def unusable_passkey() -> InputError:
    """The one refusal for every answer that lets nobody in, whatever is wrong with it."""
    sentence = "That passkey cannot be used here. Try again, or sign in in another way."
    return InputError("", sentence, "passkey")


def to_text(octets: bytes) -> str:
    """Octets in base64url without padding, as browsers write them."""
    return urlsafe_b64encode(octets).decode().rstrip("=")


def to_octets(text: str) -> bytes:
    """The octets again."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False
