"""Sender keys: one message for a whole group, read by members alone, in any order."""

import pytest

from tests.whatsapp_server.protocol.signal import (
    Device,
    DuplicateMessageError,
    InvalidMessageError,
    NoSessionError,
)

GROUP = "120363@g.us"


@pytest.fixture
def alice() -> Device:
    return Device()


@pytest.fixture
def bob(alice) -> Device:
    """A member who has got Alice's sender key."""
    device = Device()
    device.accept_distribution(GROUP, "alice", alice.distribution_message(GROUP))
    return device


def read(member: Device, message: bytes) -> bytes:
    return member.decrypt_group(GROUP, "alice", message)


def test_every_member_reads_the_same_message(alice, bob):
    carol = Device()
    carol.accept_distribution(GROUP, "alice", alice.distribution_message(GROUP))
    message = alice.encrypt_group(GROUP, b"hello all")

    assert read(bob, message) == read(carol, message) == b"hello all"


def test_messages_may_come_in_any_order(alice, bob):
    messages = [alice.encrypt_group(GROUP, bytes([n])) for n in range(20)]

    assert [read(bob, m) for m in reversed(messages)] == [bytes([n]) for n in range(19, -1, -1)]


def test_a_message_is_read_once_only(alice, bob):
    message = alice.encrypt_group(GROUP, b"once")
    read(bob, message)

    with pytest.raises(DuplicateMessageError):
        read(bob, message)


def test_who_has_no_key_reads_nothing(alice):
    with pytest.raises(NoSessionError):
        read(Device(), alice.encrypt_group(GROUP, b"secret"))


def test_who_joins_late_reads_what_comes_after(alice, bob):
    before = alice.encrypt_group(GROUP, b"before")
    dave = Device()
    dave.accept_distribution(GROUP, "alice", alice.distribution_message(GROUP))

    assert read(dave, alice.encrypt_group(GROUP, b"after")) == b"after"
    with pytest.raises(DuplicateMessageError):
        read(dave, before)


def test_a_key_that_comes_again_loses_no_message(alice, bob):
    late = alice.encrypt_group(GROUP, b"late")
    bob.accept_distribution(GROUP, "alice", alice.distribution_message(GROUP))

    assert read(bob, late) == b"late"


def test_a_forgotten_key_is_replaced(alice, bob):
    alice.forget_sender_key(GROUP)
    message = alice.encrypt_group(GROUP, b"new key")

    with pytest.raises(NoSessionError):
        read(bob, message)
    bob.accept_distribution(GROUP, "alice", alice.distribution_message(GROUP))
    assert read(bob, alice.encrypt_group(GROUP, b"again")) == b"again"


def test_an_altered_message_is_refused_and_the_real_one_still_read(alice, bob):
    message = alice.encrypt_group(GROUP, b"intact")

    for at in (10, len(message) - 70, len(message) - 1):
        altered = message[:at] + bytes([message[at] ^ 1]) + message[at + 1 :]
        with pytest.raises((InvalidMessageError, NoSessionError)):
            read(bob, altered)

    assert read(bob, message) == b"intact"


@pytest.mark.parametrize("junk", [b"", b"\x33", bytes(100), b"\x33" + bytes([8, 1]) + bytes(70)])
def test_junk_is_refused(bob, junk):
    with pytest.raises((InvalidMessageError, NoSessionError)):
        read(bob, junk)
    with pytest.raises(InvalidMessageError):
        bob.accept_distribution(GROUP, "alice", junk)
