"""Statuses: who is shown them, who tells that they have seen them, and what their sender learns."""

from __future__ import annotations

import pytest

from .conftest import ALICE, BOB, CAROL

STATUS = "status@broadcast"
READ = 4  # neonize's number of the receipt

pytestmark = pytest.mark.torture


def test_contacts_see_a_status_and_its_sender_learns_who_has(world, alice, client):
    world.name_contacts(phone=ALICE, names={BOB: "Bob"})
    alice.do_until(lambda found: "Bob" in found.values(), "contacts")
    bob = client().link(BOB)

    id = alice.send(STATUS, {"extendedTextMessage": {"text": "open until six"}})

    seen = bob.wait("Message", id=id, is_empty=False)
    assert (seen["text"], seen["chat"]) == ("open until six", STATUS)
    (on_phone,) = world.wait_inbox(phone=BOB, id=id)
    assert (on_phone["text"], on_phone["chat"]) == ("open until six", STATUS)
    assert world.inbox(phone=CAROL) == []
    bob.do("mark_read", id=id, chat=STATUS, sender=seen["sender"])
    read = alice.wait("Receipt", ids=[id], type=READ)
    assert (read["chat"], read["sender"].partition(":")[0]) == (STATUS, BOB)


def test_what_a_phone_posts_reaches_the_devices_of_its_contacts(world, alice):
    world.name_contacts(phone=BOB, names={ALICE: "Alice"})

    id = world.write(phone=BOB, to=STATUS, text="on holiday")

    seen = alice.wait("Message", id=id, is_empty=False)
    assert (seen["text"], seen["chat"]) == ("on holiday", STATUS)
