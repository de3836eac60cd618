"""AES in two modes: CBC with PKCS#7 padding (RFC 5652, section 6.3), and CTR."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 16


class PaddingError(ValueError):
    """Not whole blocks, or not PKCS#7 padding: the wrong key or damaged bytes."""


def cbc_encrypt(key: bytes, iv: bytes, plaintext: bytes) -> bytes:
    """Pad and encrypt; the IV is not part of the result."""
    pad = _BLOCK - len(plaintext) % _BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(plaintext + bytes([pad]) * pad) + encryptor.finalize()


def cbc_decrypt(key: bytes, iv: bytes, ciphertext: bytes) -> bytes:
    """Decrypt and strip the padding; raises PaddingError."""
    if not ciphertext or len(ciphertext) % _BLOCK:
        raise PaddingError(f"{len(ciphertext)} bytes are not whole AES blocks")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    padded = decryptor.update(ciphertext) + decryptor.finalize()
    pad = padded[-1]
    if not 1 <= pad <= _BLOCK or padded[-pad:] != bytes([pad]) * pad:
        raise PaddingError("the padding is not PKCS#7")
    return padded[:-pad]


def ctr(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Encrypt or decrypt, which is the same in counter mode."""
    encryptor = Cipher(algorithms.AES(key), modes.CTR(iv)).encryptor()
    return encryptor.update(text) + encryptor.finalize()
