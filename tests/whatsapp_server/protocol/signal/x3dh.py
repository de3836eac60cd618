"""X3DH: agreeing on the first keys of a session while the other side is away.

Source: Signal, "The X3DH Key Agreement Protocol", section 3, with libsignal's info string and
key split.
"""

from __future__ import annotations

from dataclasses import dataclass

from wasched.adapters.whatsapp.protocol.curve import KeyPair, verify
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256

from .errors import InvalidMessageError

_F = b"\xff" * 32  # X3DH, section 2.2: in front of the key material for X25519
_INFO = b"WhisperText"


@dataclass(frozen=True)
class PreKeyBundle:
    """What others need to write to a device; keys are 32 bytes, without their type byte."""

    registration_id: int
    identity: bytes
    signed_prekey_id: int
    signed_prekey: bytes
    signature: bytes
    prekey_id: int | None = None
    prekey: bytes | None = None


@dataclass(frozen=True)
class InitialKeys:
    """The outcome on both sides: the root key and the responder's first sending chain key."""

    root: bytes
    chain: bytes


def sign_prekey(identity: KeyPair, public: bytes) -> bytes:
    """The signature of a signed prekey, over its type byte and key."""
    return identity.sign(b"\x05" + public)


def agree_as_initiator(identity: KeyPair, base: KeyPair, bundle: PreKeyBundle) -> InitialKeys:
    """Alice's side; InvalidMessageError when the bundle is not signed by its identity."""
    if not verify(bundle.identity, b"\x05" + bundle.signed_prekey, bundle.signature):
        raise InvalidMessageError("the signed prekey is not signed by the identity of its bundle")
    secrets = [
        agree(identity, bundle.signed_prekey),
        agree(base, bundle.identity),
        agree(base, bundle.signed_prekey),
    ]
    if bundle.prekey is not None:
        secrets.append(agree(base, bundle.prekey))
    return _derive(secrets)


def agree_as_responder(
    identity: KeyPair,
    signed_prekey: KeyPair,
    prekey: KeyPair | None,
    their_identity: bytes,
    their_base: bytes,
) -> InitialKeys:
    """Bob's side, from the keys Alice's first message names."""
    secrets = [
        agree(signed_prekey, their_identity),
        agree(identity, their_base),
        agree(signed_prekey, their_base),
    ]
    if prekey is not None:
        secrets.append(agree(prekey, their_base))
    return _derive(secrets)


def agree(ours: KeyPair, theirs: bytes) -> bytes:
    """Agree on a secret; raises InvalidMessageError when theirs is no X25519 key."""
    try:
        return ours.agree(theirs)
    except ValueError as fault:
        raise InvalidMessageError("a key of the other side is no X25519 key") from fault


def _derive(secrets: list[bytes]) -> InitialKeys:
    derived = hkdf_sha256(_F + b"".join(secrets), 64, info=_INFO)
    return InitialKeys(derived[:32], derived[32:])
