"""The double ratchet: one session between two devices.

Source: Signal, "The Double Ratchet Algorithm", sections 2 and 3, with libsignal's constants
(session version 3).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field, replace

from wasched.adapters.whatsapp.protocol.aes import PaddingError, cbc_decrypt, cbc_encrypt
from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256, hmac_sha256

from .errors import DuplicateMessageError, InvalidMessageError
from .wire import WhisperMessage
from .x3dh import InitialKeys, agree

MAX_SKIPPED = 2000  # messages one may be ahead, as in libsignal
MAX_CHAINS = 5  # receiving chains kept, as in libsignal
_MAC_LENGTH = 8
_CURVE25519 = b"\x05"


@dataclass(frozen=True)
class MessageKeys:
    """What encrypts one message."""

    cipher: bytes
    mac: bytes
    iv: bytes

    @classmethod
    def derive(cls, seed: bytes) -> MessageKeys:
        """Expand the seed a chain gives for one message."""
        derived = hkdf_sha256(seed, 80, info=b"WhisperMessageKeys")
        return cls(derived[:32], derived[32:64], derived[64:])


@dataclass
class Chain:
    """A symmetric-key ratchet (section 2.2), with the seeds of messages that have not come yet."""

    key: bytes
    index: int = 0
    skipped: dict[int, bytes] = field(default_factory=dict)

    def next(self) -> bytes:
        """The seed of the next message."""
        seed, self.key = hmac_sha256(self.key, b"\x01"), hmac_sha256(self.key, b"\x02")
        self.index += 1
        return seed

    def at(self, counter: int) -> bytes:
        """The seed of this message; raises DuplicateMessageError or InvalidMessageError."""
        if counter in self.skipped:
            return self.skipped.pop(counter)
        if counter < self.index:
            raise DuplicateMessageError(f"message {counter} was read before")
        if counter - self.index > MAX_SKIPPED:
            raise InvalidMessageError(f"message {counter} is more than {MAX_SKIPPED} ahead")
        while self.index < counter:
            skipped = self.index
            self.skipped[skipped] = self.next()
        return self.next()

    def copy(self) -> Chain:
        """An independent copy."""
        return replace(self, skipped=dict(self.skipped))


@dataclass
class Session:
    """The state of one session, seen from one side."""

    our_identity: bytes
    their_identity: bytes
    base_key: bytes  # the initiator's; tells sessions apart
    root: bytes
    ratchet_key: KeyPair
    sending: Chain
    receiving: dict[bytes, Chain] = field(
        default_factory=dict
    )  # by their ratchet key, oldest first
    previous_counter: int = 0

    @classmethod
    def initiate(
        cls,
        our_identity: bytes,
        their_identity: bytes,
        base_key: bytes,
        their_prekey: bytes,
        keys: InitialKeys,
        ratchet_key: KeyPair | None = None,
    ) -> Session:
        """Alice's session: she takes a ratchet step at once, against Bob's signed prekey."""
        ratchet_key = ratchet_key or KeyPair.generate()
        root, chain = _step(keys.root, ratchet_key, their_prekey)
        receiving = {their_prekey: Chain(keys.chain)}
        return cls(
            our_identity, their_identity, base_key, root, ratchet_key, Chain(chain), receiving
        )

    @classmethod
    def respond(
        cls,
        our_identity: bytes,
        their_identity: bytes,
        base_key: bytes,
        signed_prekey: KeyPair,
        keys: InitialKeys,
    ) -> Session:
        """Bob's session: his signed prekey is his first ratchet key."""
        return cls(
            our_identity, their_identity, base_key, keys.root, signed_prekey, Chain(keys.chain)
        )

    def encrypt(self, plaintext: bytes) -> bytes:
        """The next message, MAC included."""
        counter = self.sending.index
        keys = MessageKeys.derive(self.sending.next())
        body = WhisperMessage(
            self.ratchet_key.public,
            counter,
            self.previous_counter,
            cbc_encrypt(keys.cipher, keys.iv, plaintext),
        ).encode()
        return body + _mac(keys, self.our_identity, self.their_identity, body)

    def decrypt(self, ciphertext: bytes) -> bytes:
        """Read a message; on a SignalError the state is spoilt, so try on a copy."""
        body, mac = ciphertext[:-_MAC_LENGTH], ciphertext[-_MAC_LENGTH:]
        message = WhisperMessage.decode(body)
        chain = self.receiving.get(message.ratchet_key) or self._turn(message.ratchet_key)
        keys = MessageKeys.derive(chain.at(message.counter))
        if not hmac.compare_digest(_mac(keys, self.their_identity, self.our_identity, body), mac):
            raise InvalidMessageError("the MAC of a message does not match")
        try:
            return cbc_decrypt(keys.cipher, keys.iv, message.ciphertext)
        except PaddingError as fault:
            raise InvalidMessageError(str(fault)) from fault

    def copy(self) -> Session:
        """An independent copy."""
        receiving = {key: chain.copy() for key, chain in self.receiving.items()}
        return replace(self, sending=self.sending.copy(), receiving=receiving)

    def _turn(self, their_key: bytes) -> Chain:
        """The DH ratchet (section 2.3): a new key of theirs gives a new chain each way."""
        root, receiving = _step(self.root, self.ratchet_key, their_key)
        self.previous_counter = max(self.sending.index - 1, 0)
        self.ratchet_key = KeyPair.generate()
        self.root, sending = _step(root, self.ratchet_key, their_key)
        self.sending = Chain(sending)
        self.receiving[their_key] = Chain(receiving)
        while len(self.receiving) > MAX_CHAINS:
            del self.receiving[next(iter(self.receiving))]
        return self.receiving[their_key]


def _step(root: bytes, ours: KeyPair, theirs: bytes) -> tuple[bytes, bytes]:
    """One step of the root chain: the next root key and a chain key."""
    derived = hkdf_sha256(agree(ours, theirs), 64, salt=root, info=b"WhisperRatchet")
    return derived[:32], derived[32:]


def _mac(keys: MessageKeys, sender: bytes, receiver: bytes, body: bytes) -> bytes:
    return hmac_sha256(keys.mac, _CURVE25519 + sender, _CURVE25519 + receiver, body)[:_MAC_LENGTH]
