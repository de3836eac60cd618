"""A passkey made of software: it answers as a browser does, or wrongly where a test says so."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from wasched.domain.passkey import to_text

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40  # flags (WebAuthn, 6.1)


@dataclass
class Authenticator:
    """One passkey; it signs for whichever site it is told."""

    host: str
    origin: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    count: int = 0
    is_verified: bool = True

    def make(self, options: dict[str, Any]) -> str:
        """The answer to creation options, as JSON."""
        about = self._about(_ATTESTED) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id
        attested = {"fmt": "none", "attStmt": {}, "authData": about + self._public_key()}
        client_data = self._client_data("webauthn.create", options)
        return self._answer(clientDataJSON=client_data, attestationObject=cbor2.dumps(attested))

    def give(self, options: dict[str, Any]) -> str:
        """The answer to request options, as JSON."""
        self.count += 1
        about, client_data = self._about(), self._client_data("webauthn.get", options)
        signed = about + hashlib.sha256(client_data).digest()
        signature = self.key.sign(signed, ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=client_data, authenticatorData=about, signature=signature
        )

    def _about(self, flags: int = 0) -> bytes:
        flags |= _PRESENT | (_VERIFIED if self.is_verified else 0)
        said = hashlib.sha256(self.host.encode()).digest() + bytes([flags])
        return said + self.count.to_bytes(4, "big")

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _public_key(self) -> bytes:
        point = self.key.public_key().public_numbers()
        x, y = (one.to_bytes(32, "big") for one in (point.x, point.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _answer(self, **response: bytes) -> str:
        return json.dumps(
            {
                "id": to_text(self.id),
                "rawId": to_text(self.id),
                "type": "public-key",
                "response": {name: to_text(octets) for name, octets in response.items()},
            }
        )
