"""Real clients that talk to each other: each decrypts with its own library.

Whatever one of them sends reaches the other's phone, too, because both are linked devices.
"""

from __future__ import annotations

import base64

import pytest

from .conftest import ALICE, BOB, CAROL


@pytest.fixture
def bob(client):
    """A client that is linked to Bob's phone."""
    return client().link(BOB)


def test_a_message_reaches_the_phone_and_the_linked_devices_of_a_person(world, client, alice, bob):
    second = client().link(BOB)

    id = alice.send(BOB, "to all three")

    assert bob.wait("Message", id=id)["text"] == "to all three"
    assert second.wait("Message", id=id)["text"] == "to all three"
    assert world.wait_inbox(phone=BOB, id=id)[0]["text"] == "to all three"


def test_two_clients_exchange_texts(world, alice, bob):
    question = alice.send(BOB, "how are you?")
    assert bob.wait("Message", id=question)["text"] == "how are you?"

    answer = bob.send(ALICE, {"conversation": "fine"})

    message = alice.wait("Message", id=answer)
    assert message["text"] == "fine"
    assert message["sender"] == world.person(phone=BOB)["lid"].replace("@", ":1@")
    assert world.wait_inbox(phone=ALICE, id=answer)[0]["from"] == BOB


@pytest.mark.parametrize("addressing", ["lid", "pn"])
def test_two_clients_exchange_group_messages(world, alice, bob, addressing):
    group = world.add_group(subject="Team", members=[ALICE, BOB, CAROL], addressing=addressing)

    ids = [alice.send(group, f"number {number}") for number in range(3)]
    answer = bob.send(group, "heard")

    texts = [bob.wait("Message", id=id, is_empty=False)["text"] for id in ids]
    assert texts == ["number 0", "number 1", "number 2"]
    assert alice.wait("Message", id=answer, is_empty=False)["text"] == "heard"
    assert [one["text"] for one in world.wait_inbox(phone=CAROL, count=4)][:3] == texts


def test_two_clients_exchange_a_file(world, alice, bob):
    body = b"%PDF-1.7 a contract" * 1000

    id = alice.send_file(BOB, "document", body, mimetype="application/pdf", fileName="c.pdf")

    bob.wait("Message", id=id)
    assert base64.b64decode(bob.do("download", id=id)) == body
    assert world.file(BOB, id) == body


def test_two_clients_exchange_a_file_in_a_group(world, alice, bob):
    group = world.add_group(subject="Pictures", members=[ALICE, BOB, CAROL])

    id = alice.send_file(group, "image", b"\xff\xd8 a picture", mimetype="image/jpeg")

    bob.wait("Message", id=id, is_empty=False)
    assert base64.b64decode(bob.do("download", id=id)) == b"\xff\xd8 a picture"
    assert world.file(CAROL, id) == b"\xff\xd8 a picture"


def test_a_clients_read_receipt_reaches_the_other_client(world, alice, bob):
    id = alice.send(BOB, "read this")
    message = bob.wait("Message", id=id)

    bob.do("mark_read", id=id, chat=message["chat"], sender=message["sender"])

    assert alice.wait("Receipt", ids=[id], type=4)["sender"].endswith(":1@lid")


def test_a_second_device_of_the_account_learns_what_the_first_wrote(world, client, alice):
    second = client().link(ALICE)

    id = alice.send(BOB, "from the first")

    message = second.wait("Message", id=id)
    assert message["text"] == "from the first"
    assert message["chat"] == world.person(phone=BOB)["lid"]


def test_a_vote_of_a_client_is_decrypted_by_the_others_phone(world, alice, bob):
    poll = alice.do("poll", to=BOB, question="When?", options=["now", "later"], several=False)
    bob.wait("Message", id=poll["id"])

    vote = bob.do("vote", poll=poll["id"], options=["later"])["id"]

    assert world.wait_inbox(phone=ALICE, id=vote)[0]["votes"] == ["later"]
    assert len(alice.do("votes", id=alice.wait("Message", id=vote)["id"])) == 1


def test_a_device_linked_later_gets_the_next_message(world, client, alice):
    alice.send(BOB, "before")
    late = client().link(BOB)
    world.wait_seen(tag="ack", account=ALICE, from_client=True, attrs={"type": "devices"}, count=2)

    id = alice.send(BOB, "after")

    assert late.wait("Message", id=id)["text"] == "after"


def test_a_device_unlinked_meanwhile_gets_no_more(world, client, alice, bob):
    second = client().link(BOB)
    second.wait("Message", id=alice.send(BOB, "to all"))
    world.unlink(phone=BOB, device=2)
    second.wait("LoggedOut")

    id = alice.send(BOB, "to those who are left")

    bob.wait("Message", id=id)
    assert world.wait_inbox(phone=BOB, id=id)
