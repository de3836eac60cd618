"""HMAC-SHA256 (RFC 2104) and HKDF-SHA256 (RFC 5869), the only key derivation WhatsApp uses."""

from __future__ import annotations

import hashlib
import hmac

_HASH_LENGTH = hashlib.sha256().digest_size


def hmac_sha256(key: bytes, *parts: bytes) -> bytes:
    """Authenticate the concatenation of the parts; 32 bytes."""
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        mac.update(part)
    return mac.digest()


def hkdf_sha256(secret: bytes, length: int, *, salt: bytes = b"", info: bytes = b"") -> bytes:
    """Derive `length` bytes from a secret: extract, then expand.

    An empty salt stands for 32 zero bytes (RFC 5869, section 2.2).
    Raises ValueError above 255 blocks (section 2.3).
    """
    if length > 255 * _HASH_LENGTH:
        raise ValueError(f"HKDF-SHA256 cannot derive {length} bytes, only {255 * _HASH_LENGTH}")
    pseudorandom_key = hmac_sha256(salt or bytes(_HASH_LENGTH), secret)
    derived, block, counter = b"", b"", 0
    while len(derived) < length:
        counter += 1
        block = hmac_sha256(pseudorandom_key, block, info, bytes([counter]))
        derived += block
    return derived[:length]
