"""What both sides of the Noise handshake do: Noise_XX_25519_AESGCM_SHA256.

Source: the Noise Protocol Framework, revision 34. WhatsApp differs in one point: an empty
handshake payload is not mixed into the hash.
"""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import DecodeError as ProtobufError

from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256
from wasched.adapters.whatsapp.protocol.protobufs import wa6

PROTOCOL_NAME = b"Noise_XX_25519_AESGCM_SHA256"
PROLOGUE = b"WA\x06\x03"


class NoiseError(Exception):
    """The other side does not hold the keys it needs, or the bytes are damaged."""


class CipherState:
    """A key and a counter, which is the nonce (Noise, sections 5.1 and 12.4)."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)
        self._counter = 0

    def encrypt(self, plaintext: bytes, associated: bytes = b"") -> bytes:
        """Seal the next message."""
        return self._aead.encrypt(self._next_nonce(), plaintext, associated)

    def decrypt(self, ciphertext: bytes, associated: bytes = b"") -> bytes:
        """Open the next message; NoiseError if it was not sealed with this key and counter."""
        try:
            return self._aead.decrypt(self._next_nonce(), ciphertext, associated)
        except (InvalidTag, ValueError) as fault:
            raise NoiseError("a message does not decrypt") from fault

    def _next_nonce(self) -> bytes:
        nonce = self._counter.to_bytes(12, "big")
        self._counter += 1
        return nonce


class SymmetricState:
    """The chaining key, the handshake hash and the current cipher (Noise, section 5.2)."""

    def __init__(self, prologue: bytes) -> None:
        self.hash = self._chaining_key = PROTOCOL_NAME.ljust(32, b"\0")
        self._cipher: CipherState | None = None
        self.mix_hash(prologue)

    def mix_hash(self, seen: bytes) -> None:
        """Bind bytes both sides have seen."""
        self.hash = hashlib.sha256(self.hash + seen).digest()

    def mix_key(self, secret: bytes) -> None:
        """Take in an agreed secret and start a new cipher."""
        self._chaining_key, key = self._derive(secret)
        self._cipher = CipherState(key)

    def encrypt_and_hash(self, plaintext: bytes) -> bytes:
        """Seal a handshake payload, or pass it as it is while there is no key yet."""
        ciphertext = self._cipher.encrypt(plaintext, self.hash) if self._cipher else plaintext
        self.mix_hash(ciphertext)
        return ciphertext

    def decrypt_and_hash(self, ciphertext: bytes) -> bytes:
        """Open a handshake payload; raises NoiseError."""
        plaintext = self._cipher.decrypt(ciphertext, self.hash) if self._cipher else ciphertext
        self.mix_hash(ciphertext)
        return plaintext

    def split(self) -> tuple[CipherState, CipherState]:
        """The two transport ciphers: initiator to responder, responder to initiator."""
        first, second = self._derive(b"")
        return CipherState(first), CipherState(second)

    def _derive(self, secret: bytes) -> tuple[bytes, bytes]:
        derived = hkdf_sha256(secret, 64, salt=self._chaining_key)
        return derived[:32], derived[32:]


def parse_handshake(message: bytes) -> wa6.HandshakeMessage:
    """A message of the handshake; raises NoiseError."""
    try:
        return wa6.HandshakeMessage.FromString(message)
    except ProtobufError as fault:
        raise NoiseError("a handshake message is no protobuf") from fault


def agree_on(ours: KeyPair, theirs: bytes) -> bytes:
    """The secret that both sides of the handshake know; raises NoiseError."""
    try:
        return ours.agree(theirs)
    except ValueError as fault:
        raise NoiseError("a handshake key is no X25519 key") from fault
