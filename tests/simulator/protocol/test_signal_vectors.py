"""X3DH, the ratchet and the wire format against the vectors of Signal's own libraries."""

import pytest

from tests.whatsapp_server.protocol.signal.ratchet import Chain, MessageKeys, Session
from tests.whatsapp_server.protocol.signal.wire import WhisperMessage
from tests.whatsapp_server.protocol.signal.x3dh import (
    PreKeyBundle,
    agree_as_initiator,
    agree_as_responder,
    sign_prekey,
)
from wasched.adapters.whatsapp.protocol.curve import KeyPair


def pair(private: str) -> KeyPair:
    return KeyPair.from_private(bytes.fromhex(private))


# SignalProtocolKit, RatchetingSessionTest.testSessionInitializationAndRatcheting (no one-time key)
ALICE = pair("5820d92bbf3e748068019490c3aa945021faa6d243e48649f66bd6a445991763")
ALICE_BASE = pair("28d304a2eb00fb63f85e6d4cefc6bf131b5ee562b46bd52ccb528a8461ddc365")
ALICE_RATCHET = pair("98040bae6b3d029cf125dc8ed807ce33fce007d82f676d7bc71a5b913b603b67")
BOB = pair("c8f3a63934cedeee3707ff7971050d583b637dd22115e3fd2b1d41222c292465")
BOB_PREKEY = pair("70cc770a82747099b7cc05cc69735878413ecfeefe85b5f714ff85368c987052")
ALICE_ROOT = "c35af181b0bfeab5d9711220c160d643f6e81c0011bfa1aa16aef36a91cd1a9b"
ALICE_CHAIN = "8aa205ea1700c085b643e9684f6a537488bd9f3ea01d00f95855e18fab9fbe51"
BOB_ROOT = "89f9576037c1076c192211fb2261e4c444585144c28c1c6e7c48b691269bf2e6"
PLAINTEXT = b"This is a plaintext message."
CIPHERTEXT = "9ef2d0e1304c01e0687b445a27647951d4c70bf3d3ac23a58df722dc2276c3a6"
MESSAGE = (
    "330a2105b62ae025b8ffee3aeb011bf778e626225617307a95879131d99d274906ee576a10001800"
    "22209ef2d0e1304c01e0687b445a27647951d4c70bf3d3ac23a58df722dc2276c3a6"
)


@pytest.fixture
def alice() -> Session:
    bundle = PreKeyBundle(1, BOB.public, 1, BOB_PREKEY.public, sign_prekey(BOB, BOB_PREKEY.public))
    keys = agree_as_initiator(ALICE, ALICE_BASE, bundle)
    return Session.initiate(
        ALICE.public, BOB.public, ALICE_BASE.public, BOB_PREKEY.public, keys, ALICE_RATCHET
    )


@pytest.fixture
def bob() -> Session:
    keys = agree_as_responder(BOB, BOB_PREKEY, None, ALICE.public, ALICE_BASE.public)
    return Session.respond(BOB.public, ALICE.public, ALICE_BASE.public, BOB_PREKEY, keys)


def test_both_sides_start_from_signals_keys(alice, bob):
    assert alice.root.hex() == ALICE_ROOT
    assert alice.sending.key.hex() == ALICE_CHAIN
    assert bob.root.hex() == BOB_ROOT


def test_the_first_message_is_signals_byte_for_byte(alice):
    assert alice.encrypt(PLAINTEXT)[:-8].hex() == MESSAGE


def test_the_responder_reads_it_and_takes_the_same_ratchet_step(alice, bob):
    assert bob.decrypt(alice.encrypt(PLAINTEXT)) == PLAINTEXT
    assert bob.receiving[ALICE_RATCHET.public].index == 1


def test_a_message_of_signal_decodes():
    message = WhisperMessage.decode(bytes.fromhex(MESSAGE))

    assert message == WhisperMessage(ALICE_RATCHET.public, 0, 0, bytes.fromhex(CIPHERTEXT))


def test_message_keys_are_those_of_signal():
    keys = MessageKeys.derive(Chain(bytes.fromhex(ALICE_CHAIN)).next())

    assert keys.cipher.hex() == "dd610eee8f33022563488aede094ab6c72af3969f7cfa65f095fee59c4eae73d"
    assert keys.mac.hex() == "acc6304dc0cc20e58fcea460dac167554e89a9b25ebda5a3babe15cf8b71e79a"
    assert keys.iv.hex() == "f3f0255843da3a816c78d765cebdba0b"


def test_a_chain_moves_on_as_libsignals_does():
    # libsignal-protocol-java, ChainKeyTest.testChainKeyDerivationV3
    chain = Chain(bytes.fromhex("8ab72d6f4cc5ac0d387eaf463378ddb28edd07385b1cb01250c715982e7ad48f"))

    keys = MessageKeys.derive(chain.next())

    assert keys.cipher.hex() == "bf51e9d75e0e31031051f82a2491ffc084fa298b7793bd9db620056febf45217"
    assert keys.mac.hex() == "c6c77d6a73a354337a56435e34607dfe48e3ace14e77314dc6abc172e7a7030b"
    assert chain.key.hex() == "28e8f8fee54b801eef7c5cfb2f17f32c7b334485bbb70fac6ec10342a246d15d"
    assert chain.index == 1


def test_x3dh_gives_the_first_chain_key_of_libsignal():
    # libsignal-protocol-java, RatchetingSessionTest.testRatchetingSessionAsBob
    keys = agree_as_responder(
        pair("4875cc69ddf8ea0719ec947d61081135868d5fd801f02c0225e516df2156605e"),
        pair("583900131fb727998b7803fe6ac22cc591f342e4e42a8c8d5d78194209b8d253"),
        None,
        bytes.fromhex("b4a8455660ada65b401007f615e654041746432e3339c6875149bceefcb42b4a"),
        bytes.fromhex("472d1fb1a9862c3af6beaca8920277e2b26f4a79213ec7c906aeb35e03cf8950"),
    )

    assert keys.chain.hex() == "9797caca53c989bbe229a40ca7727010eb2604fc14945d77958a0aeda088b44d"
