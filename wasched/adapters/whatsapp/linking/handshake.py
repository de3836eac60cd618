"""The client's side of the Noise handshake, and the check of who answered.

The rules for certificates are those of whatsmeow's handshake.go: verifyServerCert.
"""

from __future__ import annotations

import hmac
import time

from google.protobuf.message import DecodeError as ProtobufError

from wasched.adapters.whatsapp.linking.errors import LinkEndedError
from wasched.adapters.whatsapp.protocol.curve import KeyPair, verify
from wasched.adapters.whatsapp.protocol.noise import (
    PROLOGUE,
    CipherState,
    NoiseError,
    SymmetricState,
    agree_on,
    parse_handshake,
)
from wasched.adapters.whatsapp.protocol.protobufs import cert, wa6
from wasched.domain.reasons import Code, Reason

_ROOT_SERIAL = 0


class Initiator:
    """-> e, <- e ee s es, -> s se; then two ciphers."""

    def __init__(self, static: KeyPair, root_key: bytes) -> None:
        self._static, self._root_key = static, root_key
        self._ephemeral = KeyPair.generate()
        self._state = SymmetricState(PROLOGUE)

    def hello(self) -> bytes:
        """The first message."""
        self._state.mix_hash(self._ephemeral.public)
        message = wa6.HandshakeMessage()
        message.clientHello.ephemeral = self._ephemeral.public
        hello: bytes = message.SerializeToString()
        return hello

    def finish(self, answer: bytes, payload: bytes) -> bytes:
        """Check the server and say who we are.

        Raises NoiseError for what cannot be read, and LinkEndedError for a stranger.
        """
        hello, state = parse_handshake(answer).serverHello, self._state
        state.mix_hash(hello.ephemeral)
        state.mix_key(agree_on(self._ephemeral, hello.ephemeral))
        server_static = state.decrypt_and_hash(hello.static)
        state.mix_key(agree_on(self._ephemeral, server_static))
        check_certificate(state.decrypt_and_hash(hello.payload), server_static, self._root_key)
        message = wa6.HandshakeMessage()
        message.clientFinish.static = state.encrypt_and_hash(self._static.public)
        state.mix_key(agree_on(self._static, hello.ephemeral))
        message.clientFinish.payload = state.encrypt_and_hash(payload)
        finish: bytes = message.SerializeToString()
        return finish

    def ciphers(self) -> tuple[CipherState, CipherState]:
        """For writing and for reading."""
        return self._state.split()


def check_certificate(chain: bytes, server_static: bytes, root_key: bytes) -> None:
    """Raise LinkEndedError unless the root vouches for this server's key, now."""
    details = cert.CertChain.NoiseCertificate.Details
    try:
        parsed = cert.CertChain.FromString(chain)
        middle = details.FromString(parsed.intermediate.details)
        leaf = details.FromString(parsed.leaf.details)
    except ProtobufError as fault:
        raise NoiseError("a certificate is no protobuf") from fault
    signed = (
        verify(root_key, parsed.intermediate.details, parsed.intermediate.signature)
        and middle.issuerSerial == _ROOT_SERIAL
        and verify(middle.key, parsed.leaf.details, parsed.leaf.signature)
        and leaf.issuerSerial == middle.serial
        and hmac.compare_digest(leaf.key, server_static)
    )
    now = time.time()
    if not signed or not all(one.notBefore <= now <= one.notAfter for one in (middle, leaf)):
        raise LinkEndedError(Reason(Code.LINK_STRANGER))
