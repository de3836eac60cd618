"""A person's passkey: a software authenticator, and a browser around it.

Source: W3C Web Authentication, Level 3: sections 5.8.1 (client data), 6.1 (authenticator data) and
6.3.3 (assertion). What comes out is what `PublicKeyCredential.toJSON()` gives in a browser.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import encode_cbor

RP_ID = "whatsapp.com"
ORIGIN = "https://web.whatsapp.com"

PRESENT, VERIFIED, BACKED_UP = 0x01, 0x04, 0x18  # flags of authenticator data


def to_text(data: bytes) -> str:
    """base64url without padding, as WebAuthn's JSON writes bytes."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(eq=False)
class Passkey:
    """One discoverable credential, and how often it has signed."""

    rp_id: str = RP_ID
    id: bytes = field(default_factory=lambda: os.urandom(16))
    user_handle: bytes = field(default_factory=lambda: os.urandom(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), repr=False
    )
    count: int = 0  # passkeys that are synchronized leave it at 0

    @property
    def public(self) -> ec.EllipticCurvePublicKey:
        """What the server was given when the passkey was made."""
        return self.key.public_key()

    @property
    def cose(self) -> bytes:
        """The public half as COSE writes it (RFC 9053, section 7.1.1): ES256 on P-256."""
        at = self.public.public_numbers()
        x, y = (one.to_bytes(32, "big") for one in (at.x, at.y))
        return encode_cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def for_browser(self) -> dict[str, Any]:
        """The same as a credential of a browser's own virtual authenticator (WebDriver, WebAuthn
        extension): bytes as base64, the key as PKCS #8.
        """
        private = self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        secret = {"credentialId": self.id, "privateKey": private, "userHandle": self.user_handle}
        texts = {name: base64.b64encode(value).decode() for name, value in secret.items()}
        return {**texts, "rpId": self.rp_id, "isResidentCredential": True, "signCount": self.count}

    def sign(
        self,
        options: dict[str, Any],
        *,
        origin: str = ORIGIN,
        rp_id: str = "",
        kind: str = "webauthn.get",
        flags: int = PRESENT | VERIFIED | BACKED_UP,
    ) -> dict[str, Any]:
        """Answer request options on a page of `origin`; the rest lets a test answer wrongly."""
        client_data = json.dumps(
            {
                "type": kind,
                "challenge": str(options["challenge"]).rstrip("="),
                "origin": origin,
                "crossOrigin": False,
            },
            separators=(",", ":"),
        ).encode()
        rp_hash = hashlib.sha256((rp_id or self.rp_id).encode()).digest()
        data = rp_hash + struct.pack(">BI", flags, self.count)
        signed = data + hashlib.sha256(client_data).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return {
            "id": to_text(self.id),
            "rawId": to_text(self.id),
            "type": "public-key",
            "authenticatorAttachment": "cross-platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": to_text(client_data),
                "authenticatorData": to_text(data),
                "signature": to_text(signature),
                "userHandle": to_text(self.user_handle),
            },
        }
