"""Faults while a message is sent: what the client says, what arrives, and how often."""

from __future__ import annotations

import pytest

from tests.whatsapp_server.driven import DrivenError

from .conftest import ALICE, BOB

LOST = "disconnected before"


def test_a_frame_that_was_lost_is_sent_again_under_the_same_id(world, alice):
    world.disturb_sends(phone=ALICE, kind="cut_before_frame")

    id = alice.send(BOB, "lost and found")

    assert world.wait_inbox(phone=BOB, id=id)
    assert world.message_counts() == {id: 1}


def test_a_message_whose_ack_was_lost_arrives_once(world, alice):
    world.disturb_sends(phone=ALICE, kind="cut_before_ack")

    id = alice.send(BOB, "once")

    assert world.message_counts() == {id: 2}
    assert world.texts(BOB) == ["once"]


def test_a_connection_may_be_cut_right_after_the_ack(world, alice):
    world.disturb_sends(phone=ALICE, kind="cut_after_ack")

    id = alice.send(BOB, "in time")

    assert world.message_counts() == {id: 1}
    alice.wait("Connected")
    assert world.texts(BOB) == ["in time"]


def test_a_message_whose_ack_was_lost_twice_is_uncertain_and_arrived(world, alice):
    world.disturb_sends(phone=ALICE, kind="cut_before_ack", times=2)

    with pytest.raises(DrivenError, match=LOST):
        alice.send(BOB, "perhaps")

    assert world.texts(BOB) == ["perhaps"]


def test_the_server_may_be_away_for_longer_than_the_client_waits(world, alice):
    """whatsmeow gives up 5 s after the connection broke, and cannot know what arrived."""
    world.disturb_sends(phone=ALICE, kind="cut_before_ack")
    world.refuse_upgrades(status=503, times=4)

    with pytest.raises(DrivenError, match=LOST):
        alice.send(BOB, "who knows")

    assert world.texts(BOB) == ["who knows"]
    world.no_more_faults()
    alice.wait("Connected")


def test_a_late_ack_holds_up_the_next_message(world, alice):
    world.disturb_sends(phone=ALICE, kind="late_ack", seconds=1.0)

    late = alice.start("send", to=BOB, message="first")
    world.wait_inbox(phone=BOB, count=1)
    second = alice.start("send", to=BOB, message="second")

    assert late.result(30)["id"] in world.message_counts()
    assert second.result(30)["id"]
    assert world.texts(BOB) == ["first", "second"]


def test_an_ack_may_never_come(world, client, alice):
    """The process is killed while it waits; the message is there and nobody was told."""
    world.disturb_sends(phone=ALICE, kind="no_ack")

    waiting = alice.start("send", to=BOB, message="no answer")
    (message,) = world.wait_inbox(phone=BOB)
    alice.close()

    with pytest.raises(DrivenError):
        waiting.result(30)
    assert world.message_counts() == {message["id"]: 1}


def test_a_receipt_finds_a_client_that_was_killed_while_it_waited(world, client, alice):
    world.set_person(phone=BOB, delivered=None)
    world.disturb_sends(phone=ALICE, kind="no_ack")
    alice.start("send", to=BOB, message="crash")
    (message,) = world.wait_inbox(phone=BOB)
    alice.close()
    world.wait_online(phone=ALICE, on=False)
    world.receipt(phone=BOB, id=message["id"])

    back = client(alice.session).connect()

    back.wait("Receipt", ids=[message["id"]], type=1)


@pytest.mark.parametrize("code", [463, 479, 429, 500])
def test_a_message_may_be_refused_by_a_code(world, alice, code):
    world.disturb_sends(phone=ALICE, kind="refused", code=code)

    with pytest.raises(DrivenError, match=f"server returned error {code}"):
        alice.send(BOB, "no")

    assert world.texts(BOB) == []


def test_a_fault_may_wait_for_a_later_message(world, alice):
    world.disturb_sends(phone=ALICE, kind="refused", code=429, after=2)

    alice.send(BOB, "one")
    alice.send(BOB, "two")
    with pytest.raises(DrivenError, match="429"):
        alice.send(BOB, "three")
    alice.send(BOB, "four")

    assert world.texts(BOB) == ["one", "two", "four"]


def test_a_server_that_is_slow_with_prekeys_delays_the_first_message_only(world, alice):
    world.slow_prekeys(seconds=1.0)

    ids = [alice.send(BOB, "first"), alice.send(BOB, "second")]

    messages = world.wait_inbox(phone=BOB, count=2)
    assert [one["id"] for one in messages] == ids
    asked = [one for one in world.seen(tag="iq", account=ALICE) if "key" in one["children"]]
    assert len(asked) == 1


def test_an_upload_may_fail(world, alice):
    world.fail_media(status=507)

    with pytest.raises(DrivenError, match="507"):
        alice.send_file(BOB, "image", b"picture", mimetype="image/jpeg")

    assert world.texts(BOB) == []


@pytest.mark.torture
def test_an_ack_that_never_comes_is_given_up_after_75_seconds(world, alice):
    world.disturb_sends(phone=ALICE, kind="no_ack")

    with pytest.raises(DrivenError, match="timed out"):
        alice.send(BOB, "no answer")


@pytest.mark.torture  # over a minute of nothing but waiting
def test_pings_may_stay_without_an_answer(world, alice):
    """whatsmeow pings every 20 to 30 s and waits 10 s."""
    world.mute_pings(phone=ALICE)

    alice.wait("KeepAliveTimeout")

    world.mute_pings(phone=ALICE, on=False)
    alice.wait("KeepAliveRestored")
