"""A careful client's side of the Noise handshake, sharing no code with the server's.

Only the primitives come from outside: X25519 and AES-GCM of `cryptography`, HKDF of
`cryptography` too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wasched.adapters.whatsapp.protocol.curve import KeyPair, verify
from wasched.adapters.whatsapp.protocol.noise import NoiseError
from wasched.adapters.whatsapp.protocol.protobufs import cert, wa6

Cipher = Callable[[bytes], bytes]


class CertificateRefusedError(Exception):
    """The server is not who it says it is."""


class Initiator:
    """-> e, <- e ee s es, -> s se."""

    def __init__(self, prologue: bytes = b"WA\x06\x03") -> None:
        self.static = KeyPair.generate()
        self.server_static = b""
        self._ephemeral = KeyPair.generate()
        self._server_ephemeral = b""
        self._chaining = self._hash = b"Noise_XX_25519_AESGCM_SHA256" + bytes(4)
        self._key, self._nonce = b"", 0
        self._mix_hash(prologue)

    def hello(self) -> bytes:
        self._mix_hash(self._ephemeral.public)
        message = wa6.HandshakeMessage()
        message.clientHello.ephemeral = self._ephemeral.public
        hello: bytes = message.SerializeToString()
        return hello

    def read_answer(self, answer: bytes) -> bytes:
        """The certificate in the answer."""
        hello = wa6.HandshakeMessage.FromString(answer).serverHello
        self._server_ephemeral = hello.ephemeral
        self._mix_hash(hello.ephemeral)
        self._mix_key(_dh(self._ephemeral, hello.ephemeral))
        self.server_static = self._decrypt(hello.static)
        self._mix_key(_dh(self._ephemeral, self.server_static))
        return self._decrypt(hello.payload)

    def finish(self, payload: bytes) -> bytes:
        message = wa6.HandshakeMessage()
        message.clientFinish.static = self._encrypt(self.static.public)
        self._mix_key(_dh(self.static, self._server_ephemeral))
        message.clientFinish.payload = self._encrypt(payload)
        finish: bytes = message.SerializeToString()
        return finish

    def transport(self) -> tuple[Cipher, Cipher]:
        """Functions that open the server's frames and seal the client's, in order."""
        derived = _hkdf(b"", self._chaining)
        return _counting(AESGCM(derived[32:]).decrypt), _counting(AESGCM(derived[:32]).encrypt)

    def _mix_hash(self, seen: bytes) -> None:
        self._hash = hashlib.sha256(self._hash + seen).digest()

    def _mix_key(self, secret: bytes) -> None:
        derived = _hkdf(secret, self._chaining)
        self._chaining, self._key, self._nonce = derived[:32], derived[32:], 0

    def _encrypt(self, plaintext: bytes) -> bytes:
        ciphertext = AESGCM(self._key).encrypt(self._iv(), plaintext, self._hash)
        self._mix_hash(ciphertext)
        return ciphertext

    def _decrypt(self, ciphertext: bytes) -> bytes:
        try:
            plaintext = AESGCM(self._key).decrypt(self._iv(), ciphertext, self._hash)
        except InvalidTag as fault:
            raise NoiseError("the server's answer does not decrypt") from fault
        self._mix_hash(ciphertext)
        return plaintext

    def _iv(self) -> bytes:
        self._nonce += 1
        return (self._nonce - 1).to_bytes(12, "big")


def check_certificate(chain: bytes, root: bytes, server_static: bytes, now: datetime) -> None:
    """The checks of whatsmeow's verifyServerCert; raises CertificateRefusedError."""
    parsed = cert.CertChain.FromString(chain)
    details = cert.CertChain.NoiseCertificate.Details
    middle = details.FromString(parsed.intermediate.details)
    leaf = details.FromString(parsed.leaf.details)
    checks = {
        "root signature": verify(root, parsed.intermediate.details, parsed.intermediate.signature),
        "root serial": middle.issuerSerial == 0,
        "leaf signature": verify(middle.key, parsed.leaf.details, parsed.leaf.signature),
        "leaf issuer": leaf.issuerSerial == middle.serial,
        "leaf key": leaf.key == server_static,
        "intermediate dates": middle.notBefore <= now.timestamp() <= middle.notAfter,
        "leaf dates": leaf.notBefore <= now.timestamp() <= leaf.notAfter,
    }
    failed = [name for name, passed in checks.items() if not passed]
    if failed:
        raise CertificateRefusedError(", ".join(failed))


def _dh(ours: KeyPair, theirs: bytes) -> bytes:
    private = X25519PrivateKey.from_private_bytes(ours.private)
    return private.exchange(X25519PublicKey.from_public_bytes(theirs))


def _hkdf(secret: bytes, salt: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 64, salt, b"").derive(secret)


def _counting(cipher: Callable[[bytes, bytes, bytes | None], bytes]) -> Cipher:
    count = 0

    def next_message(text: bytes) -> bytes:
        nonlocal count
        count += 1
        return cipher((count - 1).to_bytes(12, "big"), text, None)

    return next_message
