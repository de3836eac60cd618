"""Receipts as any client may send them, and to whom they go."""

from __future__ import annotations

import pytest

from tests.whatsapp_server.stanzas import bundle_children
from wasched.adapters.whatsapp.protocol.binary_xml import Node
from wasched.adapters.whatsapp.protocol.jid import LID, Jid

from .conftest import ALICE, BOB
from .correspondence import copy_for, read, receipt, text, upload_prekeys, write


@pytest.fixture
def mine(device):
    """A scripted client of Alice's, that others can write to."""
    made = device(ALICE)
    upload_prekeys(made, 20)
    return made


@pytest.fixture
def bob(world, device, mine):
    """A scripted client of Bob's, whose phone sends no receipts."""
    world.set_person(phone=BOB, delivered=None)
    made = device(BOB)
    upload_prekeys(made, 20)
    mine.acknowledge_all()
    return made


@pytest.fixture
def message(mine, bob):
    """A message of Alice's client, as it reached Bob's."""
    to = Jid(bob.lid, LID)
    ack = write(mine, to, [copy_for(mine, bob.lid_jid, text("hello"))])
    return bob.wait("message", id=ack.get("id"))


@pytest.mark.parametrize("type", ["", "inactive", "read", "played"])
def test_a_receipt_is_acknowledged_and_reaches_the_sender_unchanged(mine, bob, message, type):
    ack = receipt(bob, message, type)

    got = mine.wait("receipt", id=message.get("id"))
    assert (ack.get("class"), ack.get("type")) == ("receipt", type)
    assert (got.get("type"), got.jid("from")) == (type, bob.lid_jid)


def test_a_receipt_reaches_every_device_of_the_sender(device, mine, bob, message):
    second = device(ALICE)

    receipt(bob, message, "read")

    assert {one.wait("receipt", id=message.get("id")).get("type") for one in (mine, second)} == {
        "read"
    }


def test_a_receipt_for_several_messages_keeps_its_list(mine, bob, message):
    items = Node("list", {}, [Node("item", {"id": "3EB0OTHER"})])

    receipt(bob, message, "read", items)

    got = mine.wait("receipt", id=message.get("id"))
    assert [one.get("id") for one in got.child("list").children] == ["3EB0OTHER"]


@pytest.mark.parametrize("type", ["sender", "peer_msg", "hist_sync"])
def test_some_receipts_end_at_the_server(mine, bob, message, type):
    receipt(bob, message, type)
    receipt(bob, message)

    got = mine.wait("receipt", id=message.get("id"))
    assert got.get("type") == ""
    assert not [one for one in mine.until_pong() if one.tag == "receipt"]


def test_what_one_device_has_read_its_others_learn(device, mine, bob, message):
    second = device(BOB)

    receipt(bob, message, "read")

    got = second.wait("receipt", id=message.get("id"))
    assert (got.get("type"), got.jid("recipient")) == ("read-self", Jid(mine.lid, LID))
    assert not [one for one in bob.until_pong() if one.tag == "receipt"]


def test_a_read_self_receipt_is_for_the_own_devices_only(device, mine, bob, message):
    second = device(BOB)

    receipt(bob, message, "read-self")

    assert second.wait("receipt", id=message.get("id")).get("type") == "read-self"
    assert not [one for one in mine.until_pong() if one.tag == "receipt"]


@pytest.mark.parametrize("addressing", ["lid", "pn"])
def test_a_receipt_in_a_group_names_the_group_and_the_reader(world, mine, bob, addressing):
    group = Jid.parse(world.add_group(subject="G", members=[ALICE, BOB], addressing=addressing))
    reader = bob.lid_jid if addressing == "lid" else bob.jid
    body = mine.signal.encrypt_group(str(group), text("hello all").SerializeToString())
    ack = write(mine, group, [], Node("enc", {"v": "2", "type": "skmsg"}, body), proof=b"")
    about = bob.wait("message", id=ack.get("id"))

    receipt(bob, about, "read")

    got = mine.wait("receipt", id=about.get("id"), type="read")
    assert (got.jid("from"), got.jid("participant")) == (group, reader)
    world.reset()  # the phones could not read it, which is a problem of no interest here


def retry(bob, about, count="1"):
    """Ask for a message again, with the keys for a new session."""
    registration, *keys = bundle_children(bob.signal.bundle())
    word = Node("retry", {"count": count, "id": about.get("id"), "t": about.get("t"), "v": "1"})
    return receipt(bob, about, "retry", word, registration, Node("keys", {}, keys))


def test_a_retry_receipt_reaches_the_sending_device_alone_with_its_keys(device, mine, bob, message):
    second = device(ALICE)

    retry(bob, message)

    got = mine.wait("receipt", id=message.get("id"))
    assert [child.tag for child in got.children] == ["retry", "registration", "keys"]
    assert got.jid("from") == bob.lid_jid
    assert not [one for one in second.until_pong() if one.tag == "receipt"]


def test_an_answer_to_a_retry_receipt_goes_to_the_device_that_asked(world, device, mine, bob):
    """It has one <enc> of its own and no <participants>, and keeps the id."""
    second = device(BOB)
    upload_prekeys(second, 5)
    to = Jid(bob.lid, LID)
    ack = write(mine, to, [copy_for(mine, one.lid_jid, text("once")) for one in (bob, second)])
    for one in (bob, second):
        one.wait("message", id=ack.get("id"))
    enc = copy_for(mine, bob.lid_jid, text("once")).children[0]
    enc.attrs["count"] = "1"

    write(mine, bob.lid_jid, [], enc, id=ack.get("id"))

    again = bob.wait("message", id=ack.get("id"))
    assert again.child("enc").get("count") == "1"
    assert not [one for one in second.until_pong() if one.get("id") == ack.get("id")]


def test_an_answer_in_a_group_goes_to_the_device_that_asked(world, device, mine, bob):
    """It is addressed to the group, and names the device as participant."""
    second = device(BOB)
    group = Jid.parse(world.add_group(subject="G", members=[ALICE, BOB]))
    body = mine.signal.encrypt_group(str(group), text("hello all").SerializeToString())
    ack = write(mine, group, [], Node("enc", {"v": "2", "type": "skmsg"}, body), proof=b"")
    for one in (bob, second):
        one.wait("message", id=ack.get("id"))
    enc = copy_for(mine, bob.lid_jid, text("hello all")).children[0]
    enc.attrs["count"] = "1"

    write(mine, group, [], enc, id=ack.get("id"), participant=bob.lid_jid)

    again = bob.wait("message", id=ack.get("id"))
    assert (again.jid("from"), again.jid("participant")) == (group, mine.lid_jid)
    assert read(bob, again).conversation == "hello all"
    assert not [one for one in second.until_pong() if one.get("id") == ack.get("id")]
    world.reset()  # the phones could not read the first, which is a problem of no interest here


def test_a_phone_answers_a_retry_receipt_with_a_new_session(world, mine):
    id = world.write(phone=BOB, to=ALICE, text="again, please")
    first = mine.wait("message", id=id)

    retry(mine, first)

    again = mine.wait("message", id=id)
    (enc,) = again.all("enc")
    assert (enc.get("type"), enc.get("count")) == ("pkmsg", "1")
    assert read(mine, again).conversation == "again, please"


def test_a_phone_answers_a_retry_receipt_without_keys_from_a_fresh_bundle(world, mine):
    id = world.write(phone=BOB, to=ALICE, text="again, please")
    first = mine.wait("message", id=id)

    receipt(mine, first, "retry", Node("retry", {"count": "1", "id": id, "t": "1", "v": "1"}))

    assert read(mine, mine.wait("message", id=id)).conversation == "again, please"


def test_a_nack_takes_a_message_out_of_the_queue_too(world, mine):
    """Baileys sends one beside its retry receipt."""
    mine.acknowledge_all()
    id = world.write(phone=BOB, to=ALICE, text="unreadable")
    mine.ack(mine.wait("message", id=id), error="500")

    mine.until_pong()

    assert not [one for one in mine.log_in().until_pong() if one.get("id") == id]


def test_what_was_not_acknowledged_comes_again_at_the_next_login_only(world, mine):
    id = world.write(phone=BOB, to=ALICE, text="did you get it?")
    mine.wait("message", id=id)
    assert not [one for one in mine.until_pong() if one.get("id") == id]

    again = mine.log_in().wait("message", id=id)

    assert again.get("offline") != ""


def test_receipts_of_phones_come_after_the_ack_and_apart(world, mine):
    """Baileys folds receipts that come within 100 ms into one."""
    world.set_person(phone=BOB, delivered=0.15, read=0.45)
    to = Jid.parse(world.person(phone=BOB)["lid"])

    id = write(mine, to, [copy_for(mine, to, text("hello"))]).get("id")

    first, second = (mine.wait("receipt", id=id) for _ in range(2))
    assert (first.get("type"), second.get("type")) == ("", "read")
    assert first.jid("from") == to
