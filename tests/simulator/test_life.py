"""What goes on around messages: login, keys, names, privacy tokens, pings, and being away."""

from __future__ import annotations

import pytest

from tests.whatsapp_server.driven import DrivenError

from .conftest import ALICE, BOB, CAROL, DAVE

CONTACT = f"{BOB}@s.whatsapp.net"


def queries(world, xmlns, account=ALICE):
    """The iqs of a namespace that an account has asked."""
    asked = world.seen(tag="iq", account=account, from_client=True)
    return [one for one in asked if one["attrs"].get("xmlns") == xmlns]


def test_a_new_device_uploads_prekeys(world, alice):
    assert [one["children"] for one in queries(world, "encrypt")][:2] == [
        ["count"],
        ["registration", "type", "identity", "list", "skey"],
    ]


def test_no_prekey_is_handed_out_twice(world, client, alice):
    """Two people who write to a new device each start a session of their own with it."""
    ids = [world.write(phone=phone, to=ALICE, text="hi") for phone in (BOB, CAROL)]

    assert {alice.wait("Message", id=id)["text"] for id in ids} == {"hi"}
    assert not [one for one in world.seen(tag="receipt") if one["attrs"].get("type") == "retry"]


def test_a_device_that_runs_low_on_prekeys_uploads_more(world, alice):
    for number in range(46):
        phone = f"4917{number:08}"
        world.add_person(phone=phone)
        world.write(phone=phone, to=ALICE, text="hello")

    world.wait_seen(tag="notification", account=ALICE, attrs={"type": "encrypt"})
    upload = {"xmlns": "encrypt", "type": "set"}
    world.wait_seen(tag="iq", account=ALICE, attrs=upload, from_client=True, count=2)


def test_the_client_learns_who_is_on_whatsapp(world, alice):
    world.add_person(phone=DAVE, registered=False)

    found = alice.do("check", phones=[BOB, f"+{CAROL}", DAVE, "4915999999999"])

    assert found == {BOB: True, f"+{CAROL}": True, DAVE: False, "4915999999999": False}


def test_a_number_that_is_not_on_whatsapp_gets_nothing(world, alice):
    world.add_person(phone=DAVE, registered=False)

    with pytest.raises(DrivenError, match="no LID found"):
        alice.send(DAVE, "hello?")


def test_the_client_learns_lids(world, alice):
    alice.send(BOB, "hello")

    assert alice.do("lid", phone=BOB) == world.person(phone=BOB)["lid"]


def test_names_from_the_address_book_reach_the_client(world, client):
    world.name_contacts(phone=ALICE, names={BOB: "Bob Baker"})
    made = client().link(ALICE)
    world.wait_seen(tag="receipt", account=ALICE, attrs={"type": "hist_sync"})

    made.wait("HistorySync")
    wait_for_contact(made, "Bob Baker")


def test_a_name_that_changes_reaches_the_client_at_once(world, alice):
    world.name_contacts(phone=ALICE, names={BOB: "Bob Baker"})
    wait_for_contact(alice, "Bob Baker")

    world.name_contacts(phone=ALICE, names={BOB: "Robert Baker"})

    wait_for_contact(alice, "Robert Baker")


def wait_for_contact(client, name):
    """Wait until the client has this name for Bob."""
    client.do_until(lambda names: names.get(CONTACT) == name, "contacts")


def test_the_own_name_reaches_the_client(alice):
    alice.do_until(lambda me: me["name"] == "Alice", "me")


def test_a_senders_name_reaches_the_client(world, alice):
    world.rename(phone=BOB, name="Bobby")

    id = world.write(phone=BOB, to=ALICE, text="new name")

    assert alice.wait("Message", id=id)["name"] == "Bobby"


def test_a_privacy_token_reaches_the_contact(world, client, alice):
    bob = client().link(BOB)

    bob.wait("Message", id=alice.send(BOB, "hello"))

    token = world.wait_seen(
        tag="notification", account=BOB, attrs={"type": "privacy_token"}, from_client=False
    )[0]
    assert token["attrs"]["from"] == f"{ALICE}@s.whatsapp.net"
    assert token["attrs"]["sender_lid"] == world.person(phone=ALICE)["lid"]
    world.wait_seen(tag="ack", account=BOB, from_client=True, attrs={"type": "privacy_token"})


def test_a_privacy_token_comes_back_with_the_answer(world, client, alice):
    bob = client().link(BOB)
    bob.wait("Message", id=alice.send(BOB, "hello"))
    world.wait_seen(tag="ack", account=BOB, from_client=True, attrs={"type": "privacy_token"})

    id = bob.send(ALICE, "hello yourself")

    (sent,) = world.seen(tag="message", id=id, account=BOB, from_client=True)
    assert "tctoken" in sent["children"]
    (got,) = world.seen(tag="message", id=id, account=ALICE, from_client=False)
    assert "tctoken" not in got["children"]


def test_what_came_while_the_client_was_away_waits_for_it(world, client, alice):
    sent = alice.send(BOB, "call me")
    alice.wait("Receipt", ids=[sent], type=1)
    alice.close()
    world.wait_online(phone=ALICE, on=False)
    id = world.write(phone=BOB, to=ALICE, text="I called")
    world.receipt(phone=BOB, id=sent, type="read")

    back = client(alice.session).connect()

    assert back.wait("Message", id=id)["text"] == "I called"
    back.wait("Receipt", ids=[sent], type=4)
    preview = back.wait("OfflineSyncPreview")["body"]
    assert (preview["Total"], preview["Message"], preview["Receipts"]) == (2, 1, 1)
    assert back.wait("OfflineSyncCompleted")["body"]["Count"] == 2


def test_nothing_is_delivered_twice(world, client, alice):
    id = world.write(phone=BOB, to=ALICE, text="once")
    alice.wait("Message", id=id)
    world.wait_seen(tag="receipt", id=id, from_client=True)
    alice.close()

    back = client(alice.session).connect()
    back.wait("OfflineSyncCompleted")

    assert len(world.seen(tag="message", id=id, from_client=False)) == 1


def test_a_client_whose_connection_was_cut_goes_on(world, alice):
    world.cut(phone=ALICE)
    alice.wait("Connected")

    id = alice.send(BOB, "still there")

    assert world.wait_inbox(phone=BOB, id=id)
