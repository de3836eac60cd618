"""Linking by QR code and by pairing code; the device's side follows whatsmeow's rules."""

import base64
import hashlib
import hmac
import os
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.whatsapp_server.protocol.pairing import (
    CodePairing,
    PairingError,
    PairingFlaw,
    device_signature_is_valid,
    new_ref,
    parse_qr,
    sign_device,
)
from wasched.adapters.whatsapp.protocol.curve import KeyPair, verify
from wasched.adapters.whatsapp.protocol.protobufs import adv

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Companion:
    """The device that is being linked."""

    def __init__(self) -> None:
        self.identity = KeyPair.generate()
        self.noise = KeyPair.generate()
        self.adv_secret = os.urandom(32)
        self._ephemeral = KeyPair.generate()

    def qr(self, ref: str) -> str:
        keys = (self.noise.public, self.identity.public, self.adv_secret)
        parts = [ref, *(base64.b64encode(key).decode() for key in keys), "1"]
        return "https://wa.me/settings/linked_devices#" + ",".join(parts)

    def accept(self, device_identity: bytes) -> bytes:
        """Check the phone's answer and sign it; AssertionError names what is wrong."""
        container = adv.ADVSignedDeviceIdentityHMAC.FromString(device_identity)
        mac = hmac.digest(self.adv_secret, container.details, "sha256")
        assert mac == container.HMAC, "HMAC"
        signed = adv.ADVSignedDeviceIdentity.FromString(container.details)
        account = signed.accountSignatureKey
        by_account = b"\x06\x00" + signed.details + self.identity.public
        assert verify(account, by_account, signed.accountSignature), "account signature"
        by_device = b"\x06\x01" + signed.details + self.identity.public + account
        signed.deviceSignature = self.identity.sign(by_device)
        signed.ClearField("accountSignatureKey")
        return signed.SerializeToString()

    def hello(self, code: str) -> bytes:
        salt, iv = os.urandom(32), os.urandom(16)
        return salt + iv + _ctr(code, salt, iv, self._ephemeral.public)

    def finish(self, code: str, wrapped_primary: bytes, account: bytes) -> bytes:
        """The wrapped key bundle; sets the ADV secret."""
        salt, iv, sealed = wrapped_primary[:32], wrapped_primary[32:48], wrapped_primary[48:]
        shared = self._ephemeral.agree(_ctr(code, salt, iv, sealed))
        random, bundle_salt, nonce = os.urandom(32), os.urandom(32), os.urandom(12)
        key = _hkdf(shared, bundle_salt, b"link_code_pairing_key_bundle_encryption_key")
        bundle = self.identity.public + account + random
        self.adv_secret = _hkdf(shared + self.identity.agree(account) + random, None, b"adv_secret")
        return bundle_salt + nonce + AESGCM(key).encrypt(nonce, bundle, None)


def _ctr(code: str, salt: bytes, iv: bytes, text: bytes) -> bytes:
    key = hashlib.pbkdf2_hmac("sha256", code.encode(), salt, 131072)
    encryptor = Cipher(algorithms.AES(key), modes.CTR(iv)).encryptor()
    return encryptor.update(text)


def _hkdf(secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(secret)


@pytest.fixture
def account() -> KeyPair:
    return KeyPair.generate()


@pytest.fixture
def companion() -> Companion:
    return Companion()


def sign(account: KeyPair, companion: Companion, flaw: PairingFlaw | None = None) -> bytes:
    identity, secret = companion.identity.public, companion.adv_secret
    return sign_device(account, identity, secret, key_index=33, now=NOW, flaw=flaw)


def test_a_qr_code_tells_who_wants_to_be_linked(companion):
    ref = new_ref()

    code = parse_qr(companion.qr(ref).encode())

    assert (code.ref, code.client_type) == (ref, "1")
    assert code.noise_public == companion.noise.public
    assert code.identity == companion.identity.public
    assert code.adv_secret == companion.adv_secret


def test_refs_differ_and_fit_into_a_qr_code():
    refs = {new_ref() for _ in range(100)}

    assert len(refs) == 100
    assert not any("," in ref for ref in refs)


@pytest.mark.parametrize("text", ["", "https://example.org", "a,b,c,d", "1,2,3,4,5,6"])
def test_another_qr_code_is_refused(text):
    with pytest.raises(PairingError):
        parse_qr(text)


def test_phone_and_device_sign_each_other(account, companion):
    answer = companion.accept(sign(account, companion))

    assert device_signature_is_valid(account.public, companion.identity.public, answer)


@pytest.mark.parametrize(
    ("flaw", "noticed"),
    [(PairingFlaw.WRONG_HMAC, "HMAC"), (PairingFlaw.WRONG_ACCOUNT_SIGNATURE, "account signature")],
)
def test_a_careful_device_notices(account, companion, flaw, noticed):
    with pytest.raises(AssertionError, match=noticed):
        companion.accept(sign(account, companion, flaw))


def test_a_device_signature_of_another_does_not_count(account, companion):
    answer = companion.accept(sign(account, companion))
    other = KeyPair.generate().public

    assert not device_signature_is_valid(other, companion.identity.public, answer)
    assert not device_signature_is_valid(account.public, other, answer)
    assert not device_signature_is_valid(account.public, companion.identity.public, b"\xff")


def test_a_pairing_code_gives_both_the_same_secret(account, companion):
    phone = CodePairing(account, "abcd-1234", companion.hello("ABCD1234"))

    bundle = companion.finish("ABCD1234", phone.wrapped_primary, account.public)

    assert phone.adv_secret(bundle, companion.identity.public) == companion.adv_secret


def test_a_wrong_pairing_code_is_noticed(account, companion):
    phone = CodePairing(account, "ZZZZ-9999", companion.hello("ABCD1234"))
    bundle = companion.finish("ABCD1234", phone.wrapped_primary, account.public)

    with pytest.raises(PairingError, match="code is wrong"):
        phone.adv_secret(bundle, companion.identity.public)


def test_a_key_bundle_for_another_device_is_refused(account, companion):
    phone = CodePairing(account, "ABCD1234", companion.hello("ABCD1234"))
    bundle = companion.finish("ABCD1234", phone.wrapped_primary, account.public)

    with pytest.raises(PairingError, match="other identities"):
        phone.adv_secret(bundle, KeyPair.generate().public)


def test_a_wrapped_key_of_another_length_is_refused(account):
    with pytest.raises(PairingError, match="80"):
        CodePairing(account, "ABCD1234", b"short")
