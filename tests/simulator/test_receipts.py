"""Receipts: at once, late or never; and retry receipts, which ask for a message again."""

from __future__ import annotations

import pytest

from .conftest import ALICE, BOB, CAROL, DAVE

DELIVERED, READ, PLAYED, INACTIVE = 1, 4, 6, 9  # neonize's numbers


def receipt(client, id, type):
    """The client's event about a receipt of this type for one message."""
    return client.wait("Receipt", ids=[id], type=type)


def with_receipts(town, phone, **seconds):
    """Let somebody's phone send receipts after so many seconds; None is never."""
    town.set_person(phone=phone, **({"delivered": None, "read": None, "played": None} | seconds))


def test_receipts_may_come_at_once(town, resident):
    with_receipts(town, BOB, delivered=0, read=0)

    id = resident.send(BOB, "quick")

    receipt(resident, id, DELIVERED)
    receipt(resident, id, READ)


def test_receipts_may_come_late(town, resident):
    with_receipts(town, BOB, delivered=0.1, read=0.8)

    id = resident.send(BOB, "slow")

    assert receipt(resident, id, DELIVERED)["sender"] == town.person(phone=BOB)["lid"]
    assert READ not in [one["type"] for one in resident.events("Receipt") if one["ids"] == [id]]
    receipt(resident, id, READ)


def test_receipts_may_never_come(town, resident):
    with_receipts(town, BOB)
    with_receipts(town, CAROL, delivered=0)

    silent = resident.send(BOB, "into the void")
    receipt(resident, resident.send(CAROL, "to somebody who answers"), DELIVERED)

    assert not [one for one in resident.events("Receipt") if one["ids"] == [silent]]
    assert town.wait_inbox(phone=BOB, id=silent)


def test_a_voice_message_may_be_played(town, resident):
    with_receipts(town, BOB, delivered=0, played=0.1)

    id = resident.send_file(BOB, "audio", b"OggS", mimetype="audio/ogg", PTT=True)

    receipt(resident, id, PLAYED)


def test_a_receipt_may_be_sent_when_the_test_says_so(town, resident):
    with_receipts(town, BOB)
    id = resident.send(BOB, "read it when you like")

    town.receipt(phone=BOB, id=id, type="read")

    receipt(resident, id, READ)


def test_the_client_acknowledges_receipts(town, resident):
    with_receipts(town, BOB, delivered=0)

    id = resident.send(BOB, "hello")

    town.wait_seen(tag="ack", id=id, from_client=True, attrs={"class": "receipt"})


def test_the_clients_own_receipts_are_acknowledged_and_reach_the_sender(town, resident):
    id = town.write(phone=BOB, to=ALICE, text="read me")
    message = resident.wait("Message", id=id)

    resident.do("mark_read", id=id, chat=message["chat"], sender=message["sender"])

    town.wait_seen(tag="receipt", id=id, from_client=True, attrs={"type": "read"})
    town.wait_seen(tag="ack", id=id, from_client=False, attrs={"type": "read"})


def test_a_phone_that_cannot_decrypt_asks_again_and_gets_the_same_message(town, resident):
    town.damage(phone=BOB)

    id = resident.send(BOB, "worth repeating")

    assert town.wait_inbox(phone=BOB, id=id)[0]["text"] == "worth repeating"
    (asked,) = town.wait_seen(tag="receipt", id=id, from_client=False, attrs={"type": "retry"})
    assert asked["children"][:2] == ["retry", "registration"]
    first, again = town.seen(tag="message", id=id, from_client=True)
    assert "participants" in first["children"] and "participants" not in again["children"]


def test_a_group_member_that_cannot_decrypt_asks_again(town, resident):
    group = town.add_group(subject="Retry", members=[ALICE, BOB, CAROL])
    town.damage(phone=CAROL)

    id = resident.send(group, "worth repeating to Carol")

    for phone in (BOB, CAROL):
        assert town.wait_inbox(phone=phone, id=id)[0]["text"] == "worth repeating to Carol"


def test_a_client_that_cannot_decrypt_gets_the_same_message_again(town, resident):
    town.damage(phone=ALICE, device=1)

    id = town.write(phone=BOB, to=ALICE, text="once more")

    assert resident.wait("Message", id=id)["text"] == "once more"


def test_a_client_that_cannot_decrypt_in_a_group_gets_the_same_message_again(town, resident):
    group = town.add_group(subject="Retry too", members=[BOB, ALICE])
    town.damage(phone=ALICE, device=1)

    id = town.write(phone=BOB, to=group, text="once more for all")

    assert resident.wait("Message", id=id, is_empty=False)["text"] == "once more for all"


@pytest.mark.parametrize("type", ["server-error", "enc_rekey_retry", "view"])
def test_a_receipt_type_that_neonize_does_not_map_ends_its_events(world, alice, type):
    """What the product has to survive: connect() raises although the connection goes on."""
    id = alice.send(BOB, "hello")
    receipt(alice, id, DELIVERED)

    world.receipt(phone=BOB, id=id, type=type)

    assert "Receipt.Type" in alice.wait("ConnectEnded")["error"]
    assert world.online(phone=ALICE) == [1]


def test_receipts_of_a_contacts_linked_device_name_the_device(world, client, alice):
    bob = client().link(BOB)

    id = alice.send(BOB, "to both of your devices")
    bob.wait("Message", id=id)

    lid = world.person(phone=BOB)["lid"]
    devices = {receipt(alice, id, DELIVERED)["sender"], receipt(alice, id, INACTIVE)["sender"]}
    assert devices == {lid, lid.replace("@", ":1@")}


def test_a_phone_without_receipts_may_be_added(town, resident):
    town.add_person(phone=DAVE, name="Dave", delivered=None)

    id = resident.send(DAVE, "welcome")

    assert town.wait_inbox(phone=DAVE, id=id)
