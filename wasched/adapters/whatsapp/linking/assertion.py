"""A browser's answer to a passkey request, checked before anything of it goes to WhatsApp.

Only what can be checked without the public key, which WhatsApp alone has. Source: W3C Web
Authentication, Level 3, section 7.2.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from wasched.adapters.whatsapp.linking.errors import AnswerRefusedError
from wasched.domain.reasons import Code, Reason, because

ORIGIN = "https://web.whatsapp.com"

_MAX = 16_384  # characters; a real answer has about a thousand
_SITE_MAX = 100
_RP_IDS = ("whatsapp.com", "web.whatsapp.com")
_PRESENT, _VERIFIED = 0x01, 0x04  # flags of authenticator data
_DATA_LEAST = 37  # bytes of authenticator data without extensions
_LASTS_MS, _LASTS_MOST_MS = 600_000, 3_600_000


@dataclass(frozen=True)
class Options:
    """What WhatsApp asks for; `lasts_s` in seconds."""

    raw: dict[str, Any]
    challenge: str
    rp_id: str
    lasts_s: float
    allowed: tuple[str, ...]

    @classmethod
    def read(cls, body: bytes) -> Options:
        """Read <passkey_request_options>; ValueError if it is none, or for another site."""
        raw = json.loads(body)
        try:
            challenge, rp_id = str(raw["challenge"]).rstrip("="), str(raw.get("rpId", ""))
            allowed = tuple(str(one["id"]).rstrip("=") for one in raw.get("allowCredentials") or [])
            lasts_ms = min(float(raw.get("timeout") or _LASTS_MS), _LASTS_MOST_MS)
            for text in (challenge, *allowed):
                _bytes(text)
        except (KeyError, TypeError, AttributeError) as fault:
            raise ValueError("not a passkey request") from fault
        if not challenge or rp_id not in _RP_IDS or not lasts_ms > 0:
            raise ValueError("a passkey request of another site")
        return cls(raw, challenge, rp_id, lasts_ms / 1000, allowed)


@dataclass(frozen=True)
class Assertion:
    """An answer that fits the request, as it goes to WhatsApp."""

    credential_id: bytes
    body: bytes


@dataclass(frozen=True)
class _Answer:
    """The parts of an answer, as yet unjudged."""

    given: dict[str, Any]
    said: dict[str, Any]  # what the browser itself says of where and for what it was made
    data: bytes
    credential_id: bytes


def read_answer(text: str, options: Options) -> Assertion:
    """Read what the browser gave; raises AnswerRefusedError with what is wrong with it."""
    if len(text) > _MAX:
        raise AnswerRefusedError(Reason(Code.ANSWER_UNREADABLE))
    try:
        answer = _take_apart(text)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise AnswerRefusedError(Reason(Code.ANSWER_UNREADABLE)) from fault
    if reason := _flaw(answer, options):
        raise AnswerRefusedError(reason)
    return Assertion(answer.credential_id, _canonical(answer.given))


def _take_apart(text: str) -> _Answer:
    given = json.loads(text)
    response = given["response"]
    _bytes(response["signature"])
    said = json.loads(_bytes(response["clientDataJSON"]))
    for name in ("type", "challenge", "origin"):
        if not isinstance(said[name], str):
            raise TypeError(name)
    return _Answer(given, said, _bytes(response["authenticatorData"]), _bytes(given["rawId"]))


def _flaw(answer: _Answer, options: Options) -> Reason | None:
    """What keeps an answer from being the one to this request."""
    said, data = answer.said, answer.data
    if answer.given.get("type") != "public-key" or said["type"] != "webauthn.get":
        return Reason(Code.ANSWER_CREATES)
    if said["challenge"].rstrip("=") != options.challenge:
        return Reason(Code.ANSWER_OTHER_REQUEST)
    if said["origin"] != ORIGIN:
        return because(Code.ANSWER_OTHER_SITE, site=said["origin"][:_SITE_MAX])
    if len(data) < _DATA_LEAST or data[:32] != hashlib.sha256(options.rp_id.encode()).digest():
        return Reason(Code.ANSWER_OTHER_PASSKEY)
    if not data[32] & _PRESENT or not data[32] & _VERIFIED:
        return Reason(Code.ANSWER_NOT_UNLOCKED)
    if options.allowed and answer.given["rawId"].rstrip("=") not in options.allowed:
        return Reason(Code.ANSWER_OTHER_ACCOUNT)
    return None


def _canonical(given: dict[str, Any]) -> bytes:
    """Only what whatsmeow's WebAuthnResponse sends, in its order."""
    response = given["response"]
    names = ("clientDataJSON", "authenticatorData", "signature")
    kept: dict[str, Any] = {name: response[name] for name in names}
    kept["userHandle"] = response.get("userHandle")
    answer = {
        "id": given["rawId"],
        "rawId": given["rawId"],
        "type": given["type"],
        "response": kept,
    }
    return json.dumps(answer, separators=(",", ":")).encode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as fault:
        raise ValueError(str(fault)) from fault
