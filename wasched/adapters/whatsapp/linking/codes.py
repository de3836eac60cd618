"""The codes a phone takes a device by: one to scan, and one to type.

Sources: whatsmeow's pair.go (makeQRData) and pair-code.go (PairPhone, handleCodePairNotification).
"""

from __future__ import annotations

import base64
import hashlib
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wasched.adapters.whatsapp.linking.device import CLIENT_TYPE, DISPLAY, NewDevice
from wasched.adapters.whatsapp.protocol.aes import ctr
from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256
from wasched.adapters.whatsapp.protocol.jid import Jid
from wasched.adapters.whatsapp.protocol.node import AttributeValue, Node

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTVWXYZ"
_LINK = "https://wa.me/settings/linked_devices#"
_ITERATIONS = 2 << 16
_STAGE = "link_code_companion_reg"
_WRAPPED = 80  # bytes: salt, IV, key
_KEY = 32


def qr_text(ref: bytes, device: NewDevice) -> str:
    """What a QR code says; it holds the ADV secret, so it is as secret as a password."""
    keys = (device.noise.public, device.identity.public, device.adv_secret)
    parts = [ref.decode(), *(base64.b64encode(key).decode() for key in keys), CLIENT_TYPE]
    return _LINK + ",".join(parts)


def spell_code(five: bytes) -> str:
    """Five bytes as eight characters that nobody confuses: XXXX-XXXX."""
    number = int.from_bytes(five, "big")
    text = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(7, -1, -1))
    return f"{text[:4]}-{text[4:]}"


class NumberCode:
    """Linking by a code that is typed on the phone."""

    def __init__(self, phone: str, device: NewDevice) -> None:
        """Make a code for a number in E.164."""
        self._device = device
        self.phone, self._jid = phone, Jid(phone.lstrip("+"))
        self._ephemeral = KeyPair.generate()
        self.text = spell_code(os.urandom(5))
        self.ref = b""

    def hello(self) -> Node:
        """The first stage: the code is on show."""
        salt, iv = os.urandom(32), os.urandom(16)
        wrapped = salt + iv + ctr(self._key(salt), iv, self._ephemeral.public)
        attrs: dict[str, AttributeValue] = {
            "jid": self._jid,
            "stage": "companion_hello",
            "should_show_push_notification": "true",
        }
        children = [
            Node("link_code_pairing_wrapped_companion_ephemeral_pub", {}, wrapped),
            Node("companion_server_auth_key_pub", {}, self._device.noise.public),
            Node("companion_platform_id", {}, CLIENT_TYPE.encode()),
            Node("companion_platform_display", {}, DISPLAY.encode()),
            Node("link_code_pairing_nonce", {}, b"\0"),
        ]
        return Node(_STAGE, attrs, children)

    def is_about(self, word: Node) -> bool:
        """Tell whether a word of the server is about this code, not an earlier one."""
        return bool(self.ref) and _content(word, "link_code_pairing_ref") == self.ref

    def finish(self, word: Node) -> Node | None:
        """The second stage, which settles the ADV secret; None for what is not for this code.

        A phone that goes on to a passkey may leave its key out; then there is nothing to answer.
        """
        wrapped = _content(word, "link_code_pairing_wrapped_primary_ephemeral_pub")
        identity = _content(word, "primary_identity_pub")
        if not self.is_about(word) or len(wrapped) < _WRAPPED or len(identity) != _KEY:
            return None
        theirs = ctr(self._key(wrapped[:32]), wrapped[32:48], wrapped[48:_WRAPPED])
        bundle = self._settle(self._ephemeral.agree(theirs), identity)
        children = [
            Node("link_code_pairing_wrapped_key_bundle", {}, bundle),
            Node("companion_identity_public", {}, self._device.identity.public),
            Node("link_code_pairing_ref", {}, self.ref),
        ]
        return Node(_STAGE, {"jid": self._jid, "stage": "companion_finish"}, children)

    def _settle(self, shared: bytes, identity: bytes) -> bytes:
        """Agree on the ADV secret; the bundle by which the phone comes to the same one."""
        own, salt, nonce, random = (
            self._device.identity,
            os.urandom(32),
            os.urandom(12),
            os.urandom(32),
        )
        info = b"link_code_pairing_key_bundle_encryption_key"
        key = hkdf_sha256(shared, _KEY, salt=salt, info=info)
        sealed = AESGCM(key).encrypt(nonce, own.public + identity + random, None)
        secret = shared + own.agree(identity) + random
        self._device.adv_secret = hkdf_sha256(secret, _KEY, info=b"adv_secret")
        return salt + nonce + sealed

    def _key(self, salt: bytes) -> bytes:
        code = self.text.replace("-", "").encode()
        return hashlib.pbkdf2_hmac("sha256", code, salt, _ITERATIONS, _KEY)


def _content(node: Node, tag: str) -> bytes:
    child = node.child(tag)
    return child.bytes if child else b""
