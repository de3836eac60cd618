"""What a device says while it is linked: its side of whatsmeow's pair.go."""

from __future__ import annotations

import base64

from tests.whatsapp_server.protocol.signal import Device
from wasched.adapters.whatsapp.protocol.hkdf import hmac_sha256
from wasched.adapters.whatsapp.protocol.node import Node
from wasched.adapters.whatsapp.protocol.protobufs import adv, wa6

_CURVE = b"\x05"
_DEVICE_PREFIX = b"\x06\x01"


def payload(device: Device) -> wa6.ClientPayload:
    """What a device that is not linked says of itself in the handshake."""
    signed = device.signed_prekey
    payload = wa6.ClientPayload(passive=False, pull=False)
    pairing = payload.devicePairingData
    pairing.eRegid = device.registration_id.to_bytes(4, "big")
    pairing.eKeytype = _CURVE
    pairing.eIdent = device.identity.public
    pairing.eSkeyID = signed.id.to_bytes(3, "big")
    pairing.eSkeyVal = signed.key.public
    pairing.eSkeySig = signed.signature
    return payload


def qr_text(ref: str, noise_public: bytes, device: Device, adv_secret: bytes) -> str:
    """What the device's QR code says."""
    keys = (noise_public, device.identity.public, adv_secret)
    return ",".join([ref, *(base64.b64encode(key).decode() for key in keys), "1"])


def sign(success: Node, device: Device, adv_secret: bytes) -> tuple[Node, bytes]:
    """Check <pair-success> and sign it: the <pair-device-sign>, and the proof to keep."""
    identity = success.child("pair-success", "device-identity")
    assert identity is not None
    container = adv.ADVSignedDeviceIdentityHMAC.FromString(identity.bytes)
    assert hmac_sha256(adv_secret, container.details) == container.HMAC, "another ADV secret"
    signed = adv.ADVSignedDeviceIdentity.FromString(container.details)
    account = signed.accountSignatureKey
    signed.deviceSignature = device.identity.sign(
        _DEVICE_PREFIX + signed.details + device.identity.public + account
    )
    proof: bytes = signed.SerializeToString()
    details = adv.ADVDeviceIdentity.FromString(signed.details)
    content = Node("device-identity", {"key-index": str(details.keyIndex)}, proof)
    return Node("pair-device-sign", {}, [content]), proof
