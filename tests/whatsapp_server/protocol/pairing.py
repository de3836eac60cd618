"""Linking a device, the phone's side: QR codes, pairing codes and signatures.

Sources: pair.go and pair-code.go of whatsmeow, which are the device's side.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import DecodeError as ProtobufError

from wasched.adapters.whatsapp.protocol.aes import ctr
from wasched.adapters.whatsapp.protocol.curve import KeyPair, verify
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256, hmac_sha256
from wasched.adapters.whatsapp.protocol.protobufs import adv

_ACCOUNT_PREFIX = b"\x06\x00"  # AdvAccountSignaturePrefix
_DEVICE_PREFIX = b"\x06\x01"  # AdvDeviceSignaturePrefix
_CODE_ITERATIONS = 2 << 16
_SALT, _IV, _KEY, _NONCE = 32, 16, 32, 12  # bytes


class PairingError(Exception):
    """A device cannot be linked: not a QR code, or the wrong pairing code."""


class PairingFlaw(StrEnum):
    """What may be wrong with the phone's answer; a careful device refuses each."""

    WRONG_HMAC = "made with another ADV secret"
    WRONG_ACCOUNT_SIGNATURE = "signed by another account"


@dataclass(frozen=True)
class QrCode:
    """What a QR code says: the server's ref and the device's public keys."""

    ref: str
    noise_public: bytes
    identity: bytes
    adv_secret: bytes = field(repr=False)
    client_type: str


def new_ref() -> str:
    """A fresh ref for one QR code, in the form the server gives them."""
    return "2@" + base64.b64encode(os.urandom(30)).decode()


def parse_qr(text: str | bytes) -> QrCode:
    """Read a QR code, with or without the link around it; raises PairingError."""
    text = text.decode() if isinstance(text, bytes) else text
    parts = text.rpartition("#")[2].split(",")
    if len(parts) not in (4, 5):
        raise PairingError("this QR code is not one for linking a device")
    ref, *keys = parts[:4]
    try:
        noise, identity, secret = (base64.b64decode(key, validate=True) for key in keys)
    except ValueError as fault:
        raise PairingError("a key in this QR code is no base64") from fault
    return QrCode(ref, noise, identity, secret, parts[4] if len(parts) == 5 else "")


def sign_device(
    account: KeyPair,
    identity: bytes,
    adv_secret: bytes,
    *,
    key_index: int,
    now: datetime,
    flaw: PairingFlaw | None = None,
) -> bytes:
    """Let the account vouch for a device: the <device-identity> content of <pair-success>."""
    signer = KeyPair.generate() if flaw is PairingFlaw.WRONG_ACCOUNT_SIGNATURE else account
    mac_key = os.urandom(32) if flaw is PairingFlaw.WRONG_HMAC else adv_secret
    details = adv.ADVDeviceIdentity(
        rawID=1, timestamp=int(now.timestamp()), keyIndex=key_index
    ).SerializeToString()
    signed = adv.ADVSignedDeviceIdentity(
        details=details,
        accountSignatureKey=account.public,
        accountSignature=signer.sign(_ACCOUNT_PREFIX + details + identity),
    ).SerializeToString()
    container: bytes = adv.ADVSignedDeviceIdentityHMAC(
        details=signed, HMAC=hmac_sha256(mac_key, signed)
    ).SerializeToString()
    return container


def device_signature_is_valid(
    account_public: bytes, identity: bytes, device_identity: bytes
) -> bool:
    """Tell whether account and device have signed each other.

    `device_identity` is what <pair-device-sign> answers and what a prekey message carries; the
    account's key may be left out of it, because the server knows it.
    """
    try:
        signed = adv.ADVSignedDeviceIdentity.FromString(device_identity)
    except ProtobufError:
        return False
    if signed.accountSignatureKey not in (b"", account_public):
        return False
    by_account = _ACCOUNT_PREFIX + signed.details + identity
    by_device = _DEVICE_PREFIX + signed.details + identity + account_public
    return verify(account_public, by_account, signed.accountSignature) and verify(
        identity, by_device, signed.deviceSignature
    )


class CodePairing:
    """The phone's side of linking with a pairing code, after a person has typed it."""

    def __init__(self, account: KeyPair, code: str, wrapped_companion: bytes) -> None:
        """Take link_code_pairing_wrapped_companion_ephemeral_pub of companion_hello."""
        self._account = account
        code = code.replace("-", "").upper()
        ephemeral = KeyPair.generate()
        self._secret = ephemeral.agree(_unwrap(code, wrapped_companion))
        self.wrapped_primary = _wrap(code, ephemeral.public)

    def adv_secret(self, wrapped_key_bundle: bytes, companion_identity: bytes) -> bytes:
        """Open the key bundle of companion_finish and derive the ADV secret.

        Raises PairingError when the code was wrong: the two sides then agreed on different secrets.
        """
        salt, nonce = wrapped_key_bundle[:_SALT], wrapped_key_bundle[_SALT : _SALT + _NONCE]
        key = hkdf_sha256(
            self._secret, _KEY, salt=salt, info=b"link_code_pairing_key_bundle_encryption_key"
        )
        try:
            bundle = AESGCM(key).decrypt(nonce, wrapped_key_bundle[_SALT + _NONCE :], None)
        except (InvalidTag, ValueError) as fault:
            raise PairingError("the pairing code is wrong") from fault
        if bundle[: 2 * _KEY] != companion_identity + self._account.public:
            raise PairingError("the key bundle names other identities than the stanza")
        shared = self._account.agree(companion_identity)
        return hkdf_sha256(self._secret + shared + bundle[2 * _KEY :], _KEY, info=b"adv_secret")


def _wrap(code: str, public: bytes) -> bytes:
    salt, iv = os.urandom(_SALT), os.urandom(_IV)
    return salt + iv + ctr(_code_key(code, salt), iv, public)


def _unwrap(code: str, wrapped: bytes) -> bytes:
    if len(wrapped) != _SALT + _IV + _KEY:
        raise PairingError(f"a wrapped key has {len(wrapped)} bytes instead of 80")
    salt, iv, sealed = wrapped[:_SALT], wrapped[_SALT : _SALT + _IV], wrapped[_SALT + _IV :]
    return ctr(_code_key(code, salt), iv, sealed)


def _code_key(code: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt, _CODE_ITERATIONS, _KEY)
