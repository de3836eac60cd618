"""The Noise handshake of WhatsApp Web, as the server answers it.

whatsmeow's socket/noisehandshake.go is the client side of what is here.
"""

from __future__ import annotations

from dataclasses import dataclass

from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.noise import (
    PROLOGUE,
    CipherState,
    SymmetricState,
    agree_on,
    parse_handshake,
)
from wasched.adapters.whatsapp.protocol.protobufs import wa6


class Transport:
    """The encrypted frames after the handshake, as the server reads and writes them."""

    def __init__(self, reading: CipherState, writing: CipherState) -> None:
        self._reading, self._writing = reading, writing

    def open(self, ciphertext: bytes) -> bytes:
        """Decrypt the client's next frame; raises NoiseError."""
        return self._reading.decrypt(ciphertext)

    def seal(self, plaintext: bytes) -> bytes:
        """Encrypt the next frame for the client."""
        return self._writing.encrypt(plaintext)


@dataclass(frozen=True)
class Established:
    """A finished handshake: the client's key, its ClientPayload bytes, and the transport."""

    client_static: bytes
    payload: bytes
    transport: Transport


class Responder:
    """The server's side of one handshake: `answer` the hello, then `finish`."""

    def __init__(
        self,
        static: KeyPair,
        certificate: bytes,
        *,
        prologue: bytes = PROLOGUE,
        ephemeral: KeyPair | None = None,
    ) -> None:
        self._static, self._certificate = static, certificate
        self._ephemeral = ephemeral or KeyPair.generate()
        self._symmetric = SymmetricState(prologue)

    def answer(self, client_hello: bytes) -> bytes:
        """Answer ClientHello (-> e) with ServerHello (<- e, ee, s, es), both as protobuf bytes."""
        client_ephemeral = parse_handshake(client_hello).clientHello.ephemeral
        symmetric = self._symmetric
        symmetric.mix_hash(client_ephemeral)
        symmetric.mix_hash(self._ephemeral.public)
        symmetric.mix_key(agree_on(self._ephemeral, client_ephemeral))
        static = symmetric.encrypt_and_hash(self._static.public)
        symmetric.mix_key(agree_on(self._static, client_ephemeral))
        message = wa6.HandshakeMessage()
        message.serverHello.ephemeral = self._ephemeral.public
        message.serverHello.static = static
        message.serverHello.payload = symmetric.encrypt_and_hash(self._certificate)
        answer: bytes = message.SerializeToString()
        return answer

    def finish(self, client_finish: bytes) -> Established:
        """Take ClientFinish (-> s, se); raises NoiseError if the client is not who it says."""
        finish = parse_handshake(client_finish).clientFinish
        client_static = self._symmetric.decrypt_and_hash(finish.static)
        self._symmetric.mix_key(agree_on(self._ephemeral, client_static))
        payload = self._symmetric.decrypt_and_hash(finish.payload)
        return Established(client_static, payload, Transport(*self._symmetric.split()))
