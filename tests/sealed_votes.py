"""Votes as a phone seals them."""

import os
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def seal_vote(
    secret: bytes, poll_id: str, author: str, voter: str, options: tuple[str, ...]
) -> tuple[bytes, bytes]:
    """The initialization vector and the encrypted choice of some options."""
    info = f"{poll_id}{author}{voter}Poll Vote".encode()
    key = HKDF(SHA256(), 32, salt=None, info=info).derive(secret)
    plain = b"".join(b"\x0a\x20" + sha256(one.encode()).digest() for one in options)
    iv = os.urandom(12)
    return iv, AESGCM(key).encrypt(iv, plain, f"{poll_id}\0{voter}".encode())
