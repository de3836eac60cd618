"""The passkey ceremony, the device's side: what is said once the passkey was shown.

Source: whatsmeow's pair-passkey.go; whatsapp-rust's shortcake.rs agrees with it on every label,
order and length.
"""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import DecodeError as ProtobufError

from wasched.adapters.whatsapp.linking.assertion import Assertion
from wasched.adapters.whatsapp.linking.codes import spell_code
from wasched.adapters.whatsapp.linking.device import PLATFORM, NewDevice
from wasched.adapters.whatsapp.linking.errors import LinkEndedError
from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256, hmac_sha256
from wasched.adapters.whatsapp.protocol.node import Node
from wasched.adapters.whatsapp.protocol.protobufs import companion_reg
from wasched.domain.reasons import Code, Reason

HANDOFF_S = 300.0  # whatsmeow's passkeyHandoffKey.Valid
_HANDOFF = b"shortcake-passkey-handoff-v1"
_SEALED = b"Pairing Information Encryption Key"
_NONCE = 32  # bytes


@dataclass
class Ceremony:
    """One attempt; begun when WhatsApp asks for the passkey."""

    known_secret: bytes = field(repr=False)  # the ADV secret that the phone has
    asked_at: float = field(default_factory=time.monotonic)
    new_secret: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    is_proven: bool = False  # a handoff proof was sent, so no code need be compared
    code: str = ""
    _pair: KeyPair = field(default_factory=KeyPair.generate, repr=False)
    _nonce: bytes = field(default_factory=lambda: os.urandom(_NONCE), repr=False)
    _ref: str = ""
    _key: bytes = field(default=b"", repr=False)

    def prologue(self, ref: str, assertion: Assertion) -> Node:
        """What carries the assertion: a commitment to our key, and whose phone scanned our code."""
        self._ref, self._pair, self._nonce = ref, KeyPair.generate(), os.urandom(_NONCE)
        payload = self._payload()
        children = [
            Node("credential_id", {}, assertion.credential_id),
            Node("webauthn_assertion", {}, assertion.body),
            Node("prologue_payload", {}, payload),
        ]
        self.is_proven = time.monotonic() - self.asked_at < HANDOFF_S
        if self.is_proven:
            key = hkdf_sha256(self.known_secret, 32, info=_HANDOFF)
            children.append(Node("pairing_handoff_proof", {}, hmac_sha256(key, payload)))
        return Node("passkey_prologue", {}, children)

    def heed(self, word: Node) -> Node:
        """Take the phone's key and open the commitment; sets `code`."""
        child = word.child("primary_ephemeral_identity")
        try:
            theirs = companion_reg.PrimaryEphemeralIdentity.FromString(
                child.bytes if child else b""
            )
            shared = self._pair.agree(theirs.publicKey)
        except (ProtobufError, ValueError) as fault:
            raise LinkEndedError(Reason(Code.LINK_ODD)) from fault
        if len(theirs.nonce) != _NONCE:
            raise LinkEndedError(Reason(Code.LINK_ODD))
        salt = f"Companion Pairing {PLATFORM} with ref {self._ref}".encode()
        self._key = hkdf_sha256(shared, 32, salt=salt, info=_SEALED)
        digest = hashlib.sha256(self._nonce + theirs.publicKey).digest()
        self.code = spell_code(bytes(a ^ b for a, b in zip(theirs.nonce[:5], digest, strict=False)))
        return Node("companion_nonce", {}, self._nonce)

    def request(self, device: NewDevice) -> Node:
        """Our keys and the new ADV secret, for the phone alone."""
        plain = companion_reg.PairingRequest(
            companionPublicKey=device.noise.public,
            companionIdentityKey=device.identity.public,
            advSecret=self.new_secret,
        ).SerializeToString()
        iv = os.urandom(12)
        sealed = companion_reg.EncryptedPairingRequest(
            encryptedPayload=AESGCM(self._key).encrypt(iv, plain, None), IV=iv
        )
        return Node("encrypted_pairing_request", {}, sealed.SerializeToString())

    def _payload(self) -> bytes:
        identity = companion_reg.CompanionEphemeralIdentity(
            publicKey=self._pair.public, deviceType=PLATFORM, ref=self._ref
        ).SerializeToString()
        payload: bytes = companion_reg.ProloguePayload(
            companionEphemeralIdentity=identity,
            commitment={"hash": hashlib.sha256(identity + self._nonce).digest()},
        ).SerializeToString()
        return payload
