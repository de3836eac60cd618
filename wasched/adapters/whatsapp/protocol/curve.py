"""X25519 agreement (RFC 7748) and XEdDSA signatures (Signal's specification, revision 1).

Signatures follow libsignal: the sign bit of the Edwards public key may travel in the top bit of
the signature. Not constant-time, which a server of many requests would have to be: a link signs
twice, with keys made for it, in a process that answers nobody who could measure how long it takes.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from wasched.adapters.whatsapp.protocol.edwards import ORDER, PRIME, encode_point, multiply_base

_SIGN_BIT = 1 << 255
_HASH1_PREFIX = (
    b"\xfe" + b"\xff" * 31
)  # XEdDSA, section 2.5: hash1 is prefixed by 2**256 - 2, little-endian


@dataclass(frozen=True)
class KeyPair:
    """An X25519 key pair; both halves are 32 bytes."""

    private: bytes = field(repr=False)
    public: bytes

    @classmethod
    def generate(cls) -> KeyPair:
        """Make a fresh random pair."""
        return cls.from_private(os.urandom(32))

    @classmethod
    def from_private(cls, private: bytes) -> KeyPair:
        """Derive the public half; ValueError unless the private half has 32 bytes."""
        return cls(
            private, X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
        )

    def agree(self, their_public: bytes) -> bytes:
        """Agree on a 32-byte secret; ValueError on a key of small order or wrong length."""
        private = X25519PrivateKey.from_private_bytes(self.private)
        return private.exchange(X25519PublicKey.from_public_bytes(their_public))

    def sign(self, message: bytes, nonce: bytes | None = None) -> bytes:
        """Sign (XEdDSA, section 2.3): 64 bytes, random unless a 64-byte nonce is given."""
        scalar, public = _edwards_key(self.private)
        nonce = os.urandom(64) if nonce is None else nonce
        r = _hash_to_scalar(_HASH1_PREFIX, scalar.to_bytes(32, "little"), message, nonce)
        commitment = encode_point(multiply_base(r))
        h = _hash_to_scalar(commitment, public, message)
        return commitment + ((r + h * scalar) % ORDER).to_bytes(32, "little")


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether an XEdDSA signature is by the owner of this X25519 public key.

    The Montgomery key is mapped to Edwards form (XEdDSA, section 2.3); what is left is an
    Ed25519 verification (RFC 8032, section 5.1.7), with the sign bit taken out of the signature
    as in libsignal.
    """
    if len(public) != 32 or len(signature) != 64:
        return False
    u = int.from_bytes(public, "little") % _SIGN_BIT
    if u >= PRIME - 1:  # not reduced, or the one u without an Edwards partner
        return False
    y = (u - 1) * pow(u + 1, -1, PRIME) % PRIME
    sign = signature[63] & 0x80
    edwards = (y | sign << 248).to_bytes(32, "little")
    plain = signature[:63] + bytes([signature[63] & 0x7F])
    try:
        Ed25519PublicKey.from_public_bytes(edwards).verify(plain, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _edwards_key(private: bytes) -> tuple[int, bytes]:
    """The scalar whose Edwards point has sign bit 0, and that point (XEdDSA, section 2.3)."""
    clamped = int.from_bytes(private, "little") & ~7 & ~(_SIGN_BIT) | 1 << 254
    point = encode_point(multiply_base(clamped))
    if point[31] & 0x80:
        return -clamped % ORDER, point[:31] + bytes([point[31] & 0x7F])
    return clamped % ORDER, point


def _hash_to_scalar(*parts: bytes) -> int:
    digest = hashlib.sha512(b"".join(parts)).digest()
    return int.from_bytes(digest, "little") % ORDER
