"""Two devices talk through sessions, whatever is lost, late, repeated or forged."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.whatsapp_server.protocol.signal import (
    Device,
    DuplicateMessageError,
    InvalidMessageError,
    NoSessionError,
    SignalError,
    identity_of,
)
from tests.whatsapp_server.protocol.signal.ratchet import MAX_CHAINS, MAX_SKIPPED
from tests.whatsapp_server.protocol.signal.x3dh import PreKeyBundle
from wasched.adapters.whatsapp.protocol.curve import KeyPair

Sent = tuple[str, bytes]


@pytest.fixture
def alice() -> Device:
    return Device()


@pytest.fixture
def bob() -> Device:
    return Device()


def introduce(sender: Device, receiver: Device) -> None:
    """Let them talk, both ways, with an established session."""
    sender.start_session("bob", receiver.bundle())
    receiver.decrypt("alice", *sender.encrypt("bob", b"hello"))
    sender.decrypt("bob", *receiver.encrypt("alice", b"hello yourself"))


@pytest.mark.parametrize("one_time", [True, False], ids=["with prekey", "without prekey"])
def test_the_first_message_carries_the_session(alice, bob, one_time):
    alice.start_session("bob", bob.bundle(one_time=one_time))

    kind, message = alice.encrypt("bob", b"hello")

    assert kind == "pkmsg"
    assert identity_of(message) == alice.identity.public
    assert bob.decrypt("alice", kind, message) == b"hello"


def test_prekey_messages_end_with_the_first_answer(alice, bob):
    alice.start_session("bob", bob.bundle())
    kinds = [alice.encrypt("bob", b"one")[0], alice.encrypt("bob", b"two")[0]]
    bob.decrypt("alice", *alice.encrypt("bob", b"three"))

    alice.decrypt("bob", *bob.encrypt("alice", b"answer"))

    assert [*kinds, alice.encrypt("bob", b"four")[0]] == ["pkmsg", "pkmsg", "msg"]


def test_messages_may_come_in_any_order(alice, bob):
    introduce(alice, bob)
    messages = [alice.encrypt("bob", bytes([n])) for n in range(30)]

    read = [bob.decrypt("alice", *message) for message in reversed(messages)]

    assert read == [bytes([n]) for n in reversed(range(30))]


def test_a_message_is_read_once_only(alice, bob):
    introduce(alice, bob)
    message = alice.encrypt("bob", b"once")
    bob.decrypt("alice", *message)

    with pytest.raises(DuplicateMessageError):
        bob.decrypt("alice", *message)


def test_a_repeated_prekey_message_is_a_duplicate(alice, bob):
    alice.start_session("bob", bob.bundle())
    message = alice.encrypt("bob", b"once")
    bob.decrypt("alice", *message)

    with pytest.raises(DuplicateMessageError):
        bob.decrypt("alice", *message)


def test_a_one_time_prekey_serves_one_session(alice, bob):
    bundle = bob.bundle()
    alice.start_session("bob", bundle)
    bob.decrypt("alice", *alice.encrypt("bob", b"hello"))
    carol = Device()
    carol.start_session("bob", bundle)

    with pytest.raises(InvalidMessageError, match="used or unknown"):
        bob.decrypt("carol", *carol.encrypt("bob", b"me too"))


def test_a_damaged_message_changes_nothing(alice, bob):
    introduce(alice, bob)
    kind, message = alice.encrypt("bob", b"intact")

    for at in range(len(message)):
        damaged = message[:at] + bytes([message[at] ^ 1]) + message[at + 1 :]
        with pytest.raises(SignalError):
            bob.decrypt("alice", kind, damaged)

    assert bob.decrypt("alice", kind, message) == b"intact"


def test_a_damaged_first_message_does_not_use_up_the_prekey(alice, bob):
    alice.start_session("bob", bob.bundle())
    kind, message = alice.encrypt("bob", b"intact")

    with pytest.raises(InvalidMessageError):
        bob.decrypt("alice", kind, message[:-20] + bytes([message[-20] ^ 1]) + message[-19:])

    assert bob.decrypt("alice", kind, message) == b"intact"


def test_both_may_begin_at_once(alice, bob):
    alice.start_session("bob", bob.bundle())
    bob.start_session("alice", alice.bundle())
    to_bob, to_alice = alice.encrypt("bob", b"a"), bob.encrypt("alice", b"b")

    assert bob.decrypt("alice", *to_bob) == b"a"
    assert alice.decrypt("bob", *to_alice) == b"b"
    for n in range(3):
        assert bob.decrypt("alice", *alice.encrypt("bob", bytes([n]))) == bytes([n])
        assert alice.decrypt("bob", *bob.encrypt("alice", bytes([n]))) == bytes([n])


def test_a_new_session_leaves_the_old_one_readable(alice, bob):
    introduce(alice, bob)
    late = alice.encrypt("bob", b"late")
    alice.start_session("bob", bob.bundle())
    bob.decrypt("alice", *alice.encrypt("bob", b"new"))

    assert bob.decrypt("alice", *late) == b"late"


def test_a_forged_bundle_is_refused(alice, bob):
    real = bob.bundle()
    forged = PreKeyBundle(1, KeyPair.generate().public, 1, real.signed_prekey, real.signature)

    with pytest.raises(InvalidMessageError, match="not signed"):
        alice.start_session("bob", forged)


def test_a_bundle_with_a_key_of_small_order_is_refused(alice, bob):
    real = bob.bundle()
    weak = replace(real, prekey=bytes(32))

    with pytest.raises(InvalidMessageError, match="no X25519 key"):
        alice.start_session("bob", weak)


def test_without_a_session_nothing_is_written_or_read(alice, bob):
    introduce(alice, bob)

    with pytest.raises(NoSessionError):
        alice.encrypt("carol", b"hello")
    with pytest.raises(NoSessionError):
        bob.decrypt("carol", *alice.encrypt("bob", b"hello"))
    alice.forget_session("bob")
    assert not alice.has_session("bob")


def test_a_message_too_far_ahead_is_refused(alice, bob):
    introduce(alice, bob)
    for _ in range(MAX_SKIPPED + 2):
        message = alice.encrypt("bob", b"")

    with pytest.raises(InvalidMessageError, match="ahead"):
        bob.decrypt("alice", *message)


@pytest.mark.parametrize("turns", [MAX_CHAINS - 1, MAX_CHAINS])
def test_a_message_is_readable_for_five_turns_and_no_longer(alice, bob, turns):
    introduce(alice, bob)
    late = alice.encrypt("bob", b"late")
    for _ in range(turns):
        bob.decrypt("alice", *alice.encrypt("bob", b"turn"))
        alice.decrypt("bob", *bob.encrypt("alice", b"turn"))

    if turns < MAX_CHAINS:
        assert bob.decrypt("alice", *late) == b"late"
    else:
        bob.decrypt("alice", *alice.encrypt("bob", b"one more"))
        with pytest.raises(InvalidMessageError):
            bob.decrypt("alice", *late)


@pytest.mark.parametrize(
    "junk", [b"", b"\x33", b"\x44" * 80, bytes(80), b"\x33\x0a\xff" + bytes(80)]
)
@pytest.mark.parametrize("kind", ["pkmsg", "msg", "skmsg"])
def test_junk_is_refused(alice, bob, kind, junk):
    introduce(alice, bob)

    with pytest.raises(SignalError):
        bob.decrypt("alice", kind, junk)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32), turns=st.lists(st.sampled_from("ABba"), min_size=1, max_size=40))
def test_whatever_is_lost_or_late_the_rest_is_read(seed, turns):
    """A and B write; a and b get one of the messages on the way to them, whichever it is."""
    chance, alice, bob = random.Random(seed), Device(), Device()
    introduce(alice, bob)
    ways: dict[str, list[tuple[Sent, bytes]]] = {"a": [], "b": []}

    for number, turn in enumerate(turns):
        text = str(number).encode()
        if turn == "A":
            ways["b"].append((alice.encrypt("bob", text), text))
        elif turn == "B":
            ways["a"].append((bob.encrypt("alice", text), text))
        elif ways[turn]:
            sent, expected = ways[turn].pop(chance.randrange(len(ways[turn])))
            reader, peer = (alice, "bob") if turn == "a" else (bob, "alice")
            assert reader.decrypt(peer, *sent) == expected
