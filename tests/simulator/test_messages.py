"""Messages from a client to the people it writes to, and back."""

from __future__ import annotations

from .conftest import ALICE, BOB


def test_a_text_is_decrypted_by_the_recipients_phone(world, alice):
    id = alice.send(BOB, {"conversation": "good morning"})

    (received,) = world.wait_inbox(phone=BOB)
    assert (received["id"], received["text"]) == (id, "good morning")
    assert (received["from"], received["device"]) == (ALICE, 1)
    assert received["encryption"] == "pkmsg"


def test_every_message_reaches_the_server_once(world, alice):
    ids = [alice.send(BOB, f"message {number}") for number in range(10)]

    world.wait_inbox(phone=BOB, count=10)
    assert world.texts(BOB) == [f"message {number}" for number in range(10)]
    assert world.message_counts() == dict.fromkeys(ids, 1)


def test_a_text_of_a_phone_reaches_the_client(world, alice):
    id = world.write(phone=BOB, to=ALICE, text="good evening")

    message = alice.wait("Message", id=id)
    assert (message["text"], message["name"]) == ("good evening", "Bob")
    assert message["sender"] == world.person(phone=BOB)["lid"]
