"""The Noise handshake: a published vector, an independent client, certificates to refuse."""

from datetime import UTC, datetime

import pytest

from tests.whatsapp_server.protocol.certificates import CertificateFlaw, certificate_chain
from tests.whatsapp_server.protocol.noise import Responder, Transport
from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.noise import NoiseError, SymmetricState
from wasched.adapters.whatsapp.protocol.protobufs import wa6

from .noise_initiator import CertificateRefusedError, Initiator, check_certificate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

# cacophony's vector for Noise_XX_25519_AESGCM_SHA256 (also in snow: tests/vectors/cacophony.txt)
PROLOGUE = bytes.fromhex("4a6f686e2047616c74")
INITIATOR = KeyPair.from_private(
    bytes.fromhex("e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1")
)
INITIATOR_EPHEMERAL = KeyPair.from_private(
    bytes.fromhex("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a")
)
RESPONDER = KeyPair.from_private(
    bytes.fromhex("4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893")
)
RESPONDER_EPHEMERAL = KeyPair.from_private(
    bytes.fromhex("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b")
)
HANDSHAKE_HASH = "1b7aefb1125762aa21a252890d00af54519638b76437444538f9a52f21e2e0dc"
MESSAGES = [
    (
        b"Ludwig von Mises",
        "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944"
        "4c756477696720766f6e204d69736573",
    ),
    (
        b"Murray Rothbard",
        "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843"
        "757117acceb05bd7a45733bc22015c97a9d0cbaf41b80446d5988ff5127235d7"
        "6b79eade70f473d6a4ef521fdcbeda5340d01e028ba793fc059f2724a83af05f"
        "12dda0448a7621a926b379a92477fd",
    ),
    (
        b"F. A. Hayek",
        "c90f1cf77eba4e50edb038991565e36c9758943a989229b6051244dc4fbecb69"
        "46744b401af2ee1a5881b65fbb87fd07cb6a328ececc9ce6ce84c399dc332d4f"
        "d521fa4bb7f467ce909395",
    ),
    (b"Carl Menger", "bc3fa77f6aca3e8466d7dc6bea10013e88a6a29add5132b461806c"),
    (
        b"Jean-Baptiste Say",
        "250b01074cdfe0df2ecf8ccbf1737b15a2ddb5b52fd9a396604e9c793cee3b3bb9",
    ),
    (
        b"Eugen B\xf6hm von Bawerk",
        "449d4d433b3cdc3d02bf6fc881774b9df54366ebcffb9689bb13f14709822cd7ef42bcdb4d",
    ),
]


def test_the_handshake_is_that_of_the_published_vector():
    state, sent = SymmetricState(PROLOGUE), []
    payloads = [payload for payload, _ in MESSAGES]

    state.mix_hash(INITIATOR_EPHEMERAL.public)  # -> e
    sent.append(INITIATOR_EPHEMERAL.public + state.encrypt_and_hash(payloads[0]))
    state.mix_hash(RESPONDER_EPHEMERAL.public)  # <- e, ee, s, es
    state.mix_key(RESPONDER_EPHEMERAL.agree(INITIATOR_EPHEMERAL.public))
    static = state.encrypt_and_hash(RESPONDER.public)
    state.mix_key(RESPONDER.agree(INITIATOR_EPHEMERAL.public))
    answer = state.encrypt_and_hash(payloads[1])
    sent.append(RESPONDER_EPHEMERAL.public + static + answer)
    static = state.encrypt_and_hash(INITIATOR.public)  # -> s, se
    state.mix_key(RESPONDER_EPHEMERAL.agree(INITIATOR.public))
    sent.append(static + state.encrypt_and_hash(payloads[2]))
    to_responder, to_initiator = state.split()
    sent += [
        to_initiator.encrypt(payloads[3]),
        to_responder.encrypt(payloads[4]),
        to_initiator.encrypt(payloads[5]),
    ]

    assert [message.hex() for message in sent] == [expected for _, expected in MESSAGES]
    assert state.hash.hex() == HANDSHAKE_HASH


@pytest.fixture
def root() -> KeyPair:
    return KeyPair.generate()


@pytest.fixture
def server() -> KeyPair:
    return KeyPair.generate()


def greet(responder: Responder, **initiator) -> tuple[Initiator, bytes]:
    """An initiator, and the certificate it got for its hello."""
    client = Initiator(**initiator)
    return client, client.read_answer(responder.answer(client.hello()))


def test_a_client_of_its_own_making_shakes_hands_and_talks(root, server):
    chain = certificate_chain(root, server.public, now=NOW)
    responder = Responder(server, chain)

    client, certificate = greet(responder)
    check_certificate(certificate, root.public, client.server_static, NOW)
    established = responder.finish(client.finish(b"payload"))
    reading, writing = client.transport()

    assert established.client_static == client.static.public
    assert established.payload == b"payload"
    for text in (b"one", b"two", b""):
        assert established.transport.open(writing(text)) == text
        assert reading(established.transport.seal(text)) == text


@pytest.mark.parametrize("flaw", list(CertificateFlaw))
def test_a_careful_client_refuses_a_certificate_that_is(flaw, root, server):
    chain = certificate_chain(root, server.public, now=NOW, flaw=flaw)

    client, certificate = greet(Responder(server, chain))

    with pytest.raises(CertificateRefusedError):
        check_certificate(certificate, root.public, client.server_static, NOW)


def test_a_client_with_another_prologue_does_not_get_through(server):
    responder = Responder(server, b"certificate")
    client = Initiator(prologue=b"WA\x06\x02")

    with pytest.raises(NoiseError):
        client.read_answer(responder.answer(client.hello()))


def test_an_altered_finish_is_refused(server):
    responder = Responder(server, b"certificate")
    client, _ = greet(responder)
    message = wa6.HandshakeMessage.FromString(client.finish(b"payload"))
    message.clientFinish.static = message.clientFinish.static[:-1] + b"\x00"

    with pytest.raises(NoiseError):
        responder.finish(message.SerializeToString())


@pytest.mark.parametrize("hello", [b"", b"\xff\xff", b"\x12\x02\x0a\x00"])
def test_what_is_no_hello_is_refused(hello, server):
    with pytest.raises(NoiseError):
        Responder(server, b"certificate").answer(hello)


def test_a_frame_is_read_once_only():
    ours, theirs = SymmetricState(b"").split(), SymmetricState(b"").split()
    sender, receiver = Transport(*ours), Transport(*reversed(theirs))
    sealed = sender.seal(b"once")

    assert receiver.open(sealed) == b"once"
    with pytest.raises(NoiseError):
        receiver.open(sealed)
