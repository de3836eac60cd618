"""What a phone vouches for a device with, checked, and signed by the device in turn.

Source: whatsmeow's pair.go (handlePair, verifyAccountSignature, generateDeviceSignature).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from google.protobuf.message import DecodeError as ProtobufError

from wasched.adapters.whatsapp.linking.device import NewDevice
from wasched.adapters.whatsapp.linking.errors import LinkEndedError
from wasched.adapters.whatsapp.protocol.curve import verify
from wasched.adapters.whatsapp.protocol.hkdf import hmac_sha256
from wasched.adapters.whatsapp.protocol.jid import Jid
from wasched.adapters.whatsapp.protocol.node import Node
from wasched.adapters.whatsapp.protocol.protobufs import adv
from wasched.domain.reasons import Code, Reason

_ACCOUNT, _DEVICE = b"\x06\x00", b"\x06\x01"  # prefixes of what is signed
_HOSTED_ACCOUNT = b"\x06\x05"


@dataclass(frozen=True)
class Paired:
    """The device as the phone has vouched for it."""

    jid: Jid
    lid: Jid
    platform: str
    business_name: str
    details: bytes
    account_key: bytes
    account_signature: bytes
    device_signature: bytes
    key_index: int

    @property
    def proof(self) -> bytes:
        """What the server is answered: signed by both, without the key that it knows."""
        signed: bytes = adv.ADVSignedDeviceIdentity(
            details=self.details,
            accountSignature=self.account_signature,
            deviceSignature=self.device_signature,
        ).SerializeToString()
        return signed


def check_success(success: Node, device: NewDevice) -> Paired:
    """Check <pair-success> and sign it; raises LinkEndedError with the error to answer."""
    identity, own = success.child("device-identity"), success.child("device")
    jid = own.jid("jid") if own else None
    lid = own.jid("lid") if own else None
    if identity is None or jid is None or lid is None:
        raise LinkEndedError(Reason(Code.LINK_ODD), "internal-error")
    signed, details = _open(identity.bytes, device)
    account = signed.accountSignatureKey
    mine = _DEVICE + signed.details + device.identity.public + account
    return Paired(
        jid,
        lid,
        _name(success, "platform"),
        _name(success, "biz"),
        signed.details,
        account,
        signed.accountSignature,
        device.identity.sign(mine),
        details.keyIndex,
    )


def _open(
    body: bytes, device: NewDevice
) -> tuple[adv.ADVSignedDeviceIdentity, adv.ADVDeviceIdentity]:
    """What the phone signed; LinkEndedError unless it is the phone that read our code."""
    try:
        container = adv.ADVSignedDeviceIdentityHMAC.FromString(body)
        signed = adv.ADVSignedDeviceIdentity.FromString(container.details)
        details = adv.ADVDeviceIdentity.FromString(signed.details)
    except ProtobufError as fault:
        raise LinkEndedError(Reason(Code.LINK_ODD), "internal-error") from fault
    hosted = container.accountType == adv.HOSTED
    sealed = (_HOSTED_ACCOUNT if hosted else b"") + container.details
    if not hmac.compare_digest(hmac_sha256(device.adv_secret, sealed), container.HMAC):
        raise LinkEndedError(Reason(Code.LINK_UNTRUE), "hmac-mismatch")
    prefix = _HOSTED_ACCOUNT if details.deviceType == adv.HOSTED else _ACCOUNT
    claim = prefix + signed.details + device.identity.public
    if not verify(signed.accountSignatureKey, claim, signed.accountSignature):
        raise LinkEndedError(Reason(Code.LINK_UNTRUE), "signature-mismatch")
    return signed, details


def _name(success: Node, tag: str) -> str:
    child = success.child(tag)
    return child.get("name") if child else ""
