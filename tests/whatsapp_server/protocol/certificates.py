"""The certificate chain a server shows inside the Noise handshake, good or with one chosen flaw.

The rules are those of verifyServerCert in whatsmeow's handshake.go: the root signs the
intermediate (issuer serial 0), the intermediate signs the leaf, the leaf names the server's
static key, and both are valid now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.protobufs import cert

_ROOT_SERIAL, _INTERMEDIATE_SERIAL, _LEAF_SERIAL = 0, 1, 2
_DAY = timedelta(days=1)


class CertificateFlaw(StrEnum):
    """What may be wrong with a chain; a careful client refuses each."""

    WRONG_ROOT = "signed by another root"
    WRONG_ISSUER = "intermediate names another issuer"
    WRONG_LEAF_SIGNATURE = "leaf not signed by the intermediate"
    WRONG_LEAF_KEY = "leaf names another server key"
    EXPIRED = "expired yesterday"
    NOT_YET_VALID = "valid from tomorrow"


@dataclass(frozen=True)
class _Details:
    serial: int
    issuer: int
    key: bytes
    not_before: datetime
    not_after: datetime

    def signed_by(self, signer: KeyPair) -> cert.CertChain.NoiseCertificate:
        details = cert.CertChain.NoiseCertificate.Details(
            serial=self.serial,
            issuerSerial=self.issuer,
            key=self.key,
            notBefore=int(self.not_before.timestamp()),
            notAfter=int(self.not_after.timestamp()),
        ).SerializeToString()
        return cert.CertChain.NoiseCertificate(details=details, signature=signer.sign(details))


def certificate_chain(
    root: KeyPair, static_public: bytes, *, now: datetime, flaw: CertificateFlaw | None = None
) -> bytes:
    """A chain from the root to the server's static key, as CertChain protobuf bytes."""
    middle = KeyPair.generate()
    intermediate = _Details(
        _INTERMEDIATE_SERIAL, _ROOT_SERIAL, middle.public, now - 2 * _DAY, now + 2 * _DAY
    )
    leaf = replace(
        intermediate, serial=_LEAF_SERIAL, issuer=_INTERMEDIATE_SERIAL, key=static_public
    )
    match flaw:
        case CertificateFlaw.WRONG_ROOT:
            root = KeyPair.generate()
        case CertificateFlaw.WRONG_ISSUER:
            intermediate = replace(intermediate, issuer=_LEAF_SERIAL)
        case CertificateFlaw.WRONG_LEAF_SIGNATURE:
            middle = KeyPair.generate()
        case CertificateFlaw.WRONG_LEAF_KEY:
            leaf = replace(leaf, key=KeyPair.generate().public)
        case CertificateFlaw.EXPIRED:
            leaf = replace(leaf, not_after=now - _DAY)
        case CertificateFlaw.NOT_YET_VALID:
            leaf = replace(leaf, not_before=now + _DAY)
    chain = cert.CertChain(intermediate=intermediate.signed_by(root), leaf=leaf.signed_by(middle))
    encoded: bytes = chain.SerializeToString()
    return encoded
