"""Sender keys: one chain per sender and group, so that a message is encrypted once for all members.

Source: libsignal's groups package (SenderKeyMessage, session version 3); signatures are XEdDSA.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from wasched.adapters.whatsapp.protocol.aes import PaddingError, cbc_decrypt, cbc_encrypt
from wasched.adapters.whatsapp.protocol.curve import KeyPair, verify
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256

from .errors import InvalidMessageError
from .ratchet import Chain
from .wire import SenderKeyDistributionMessage, SenderKeyMessage

_SIGNATURE_LENGTH = 64


class OwnSenderKey:
    """A device's own key for one group."""

    def __init__(self) -> None:
        self._key_id = int.from_bytes(os.urandom(4), "big") & 0x7FFFFFFF
        self._chain = Chain(os.urandom(32))
        self._signing_key = KeyPair.generate()

    def distribution(self) -> bytes:
        """What a member needs to read from the next message on."""
        return SenderKeyDistributionMessage(
            self._key_id, self._chain.index, self._chain.key, self._signing_key.public
        ).encode()

    def encrypt(self, plaintext: bytes) -> bytes:
        """The next message, signature included."""
        iteration = self._chain.index
        iv, key = _message_key(self._chain.next())
        body = SenderKeyMessage(self._key_id, iteration, cbc_encrypt(key, iv, plaintext)).encode()
        return body + self._signing_key.sign(body)


@dataclass
class TheirSenderKey:
    """The key of one sender for one group, as a member holds it."""

    signing_key: bytes
    chain: Chain

    @classmethod
    def from_distribution(cls, message: SenderKeyDistributionMessage) -> TheirSenderKey:
        """Take the key a distribution message carries."""
        return cls(message.signing_key, Chain(message.chain_key, message.iteration))

    def decrypt(self, ciphertext: bytes) -> bytes:
        """Read a message; raises InvalidMessageError or DuplicateMessageError."""
        body, signature = split_signature(ciphertext)
        if not verify(self.signing_key, body, signature):
            raise InvalidMessageError("a group message is not signed by its sender key")
        message = SenderKeyMessage.decode(body)
        iv, key = _message_key(self.chain.at(message.iteration))
        try:
            return cbc_decrypt(key, iv, message.ciphertext)
        except PaddingError as fault:
            raise InvalidMessageError(str(fault)) from fault


def split_signature(ciphertext: bytes) -> tuple[bytes, bytes]:
    """A group message without its signature, and the signature."""
    return ciphertext[:-_SIGNATURE_LENGTH], ciphertext[-_SIGNATURE_LENGTH:]


def _message_key(seed: bytes) -> tuple[bytes, bytes]:
    derived = hkdf_sha256(seed, 48, info=b"WhisperGroup")
    return derived[:16], derived[16:]
