"""Who is on WhatsApp, with which devices and keys: the directory as any client asks it."""

from __future__ import annotations

import pytest

from tests.whatsapp_server.stanzas import participant_hash
from wasched.adapters.whatsapp.protocol.binary_xml import Node
from wasched.adapters.whatsapp.protocol.jid import LID, PN, Jid

from .conftest import ALICE, BOB, CAROL, DAVE
from .correspondence import bundle, upload_prekeys, users


@pytest.fixture
def mine(device):
    """A scripted client of Alice's."""
    return device(ALICE)


@pytest.fixture
def bob(world):
    """Bob's addresses: by number and by LID."""
    return Jid(BOB), Jid.parse(world.person(phone=BOB)["lid"])


def usync(client, users, *wanted):
    """The <user>s of the server's answer to a usync."""
    query = Node("query", {}, [*wanted])
    attrs = {"sid": "1", "mode": "query", "context": "message", "index": "0", "last": "true"}
    question = Node("usync", {**attrs}, [query, Node("list", {}, users)])
    answer = client.ask("usync", "get", question).child("usync", "list")
    assert answer is not None
    return answer.children


def test_every_device_has_an_id_and_all_but_the_phone_a_key_index(device, mine, bob):
    device(BOB)
    pn, lid = bob

    for jid in (pn, lid):
        (user,) = usync(mine, [Node("user", {"jid": jid})], Node("devices", {"version": "2"}))

        devices = user.child("devices", "device-list").children
        numbers = [(one.get("id"), one.get("key-index")) for one in devices]
        assert numbers == [("0", ""), ("1", "1")]
        assert user.jid("jid") == jid


def test_a_lid_is_told_to_who_asks_by_number_only(mine, bob):
    pn, lid = bob

    (by_number,) = usync(mine, [Node("user", {"jid": pn})], Node("lid"))
    (by_lid,) = usync(mine, [Node("user", {"jid": lid})], Node("lid"))

    assert by_number.child("lid").jid("val") == lid
    assert by_lid.child("lid") is None


@pytest.mark.parametrize("mode", ["lid", "pn", ""])
def test_a_number_is_found_by_lid_only_if_the_client_asks_so(mine, bob, mode):
    pn, lid = bob
    contact = Node("contact", {}, f"+{BOB}".encode())

    wanted = Node("contact", {"addressing_mode": mode or None})
    (user,) = usync(mine, [Node("user", {}, [contact])], wanted)

    assert user.child("contact").get("type") == "in"
    if mode == "lid":
        assert (user.jid("jid"), user.jid("pn_jid")) == (lid, pn)
    else:
        assert (user.jid("jid"), user.get("pn_jid")) == (pn, "")


def test_a_number_that_is_not_on_whatsapp_is_out(world, mine):
    world.add_person(phone=DAVE, registered=False)
    asked = [
        Node("user", {}, [Node("contact", {}, f"+{phone}".encode())])
        for phone in (DAVE, "4915999999999")
    ]

    found = usync(mine, asked, Node("contact"))

    assert [user.child("contact").get("type") for user in found] == ["out", "out"]


def test_a_number_that_people_dial_otherwise_is_found_as_it_is(world, mine, bob):
    """As with Brazil's ninth digit: the answer names the number that is on WhatsApp."""
    world.set_person(phone=BOB, other_forms=["4915109999999"])
    dialled = Node("user", {}, [Node("contact", {}, b"+4915109999999")])

    (user,) = usync(mine, [dialled], Node("contact"))

    assert (user.child("contact").get("type"), user.jid("jid")) == ("in", bob[0])


def test_a_bundle_may_be_asked_for_with_a_reason(mine, bob):
    (user,) = users(mine, bob[0], reason="identity")

    assert bundle(user).prekey_id is not None


def test_no_one_time_key_is_handed_out_twice_and_then_there_is_none(device, mine):
    other = device(BOB)
    upload_prekeys(other, 3)

    bundles = [bundle(users(mine, other.jid)[0]) for _ in range(4)]

    assert [one.prekey_id for one in bundles] == [1, 2, 3, None]
    assert {one.identity for one in bundles} == {other.signal.identity.public}


def test_a_device_below_five_keys_is_asked_for_more(device, mine):
    other = device(BOB)
    upload_prekeys(other, 6)

    users(mine, other.jid)
    users(mine, other.jid)

    word = other.wait("notification", type="encrypt")
    assert (word.get("from"), word.child("count").get("value")) == ("s.whatsapp.net", "4")


def test_only_a_device_that_does_not_exist_is_an_error(world, mine):
    world.add_person(phone=DAVE, registered=False)

    found = users(mine, Jid(BOB), Jid(BOB, PN, 7), Jid(DAVE))

    assert [user.child("error") is not None for user in found] == [False, True, True]


@pytest.mark.parametrize("server", [PN, LID])
def test_contacts_are_told_of_a_new_device_in_each_address_space(world, device, mine, server):
    other = device(BOB)

    word = mine.wait("notification", lambda word: word.jid("from").server == server, type="devices")

    added = word.child("add")
    new = {PN: other.jid, LID: other.lid_jid}[server]
    assert added.child("device").jid("jid") == new
    assert added.child("device").get("key-index") == "1"
    assert added.child("key-index-list") is not None
    assert added.get("device_hash") == participant_hash([Jid(new.user, new.server), new])


def test_contacts_are_told_of_a_device_that_is_gone(world, device, mine):
    other = device(BOB)
    mine.acknowledge_all()

    world.unlink(phone=BOB)

    words = [mine.wait("notification", type="devices") for _ in range(2)]
    removed = {word.child("remove", "device").jid("jid") for word in words}
    assert removed == {other.jid, other.lid_jid}


def test_the_own_devices_are_told_of_a_new_one(device, mine):
    second = device(ALICE)

    word = mine.wait("notification", type="account_sync").child("devices")

    everybody = [Jid(ALICE), mine.jid, second.jid]
    assert [one.jid("jid") for one in word.all("device")] == everybody
    assert word.get("dhash") == participant_hash(everybody)


def test_what_the_server_does_not_know_of_a_person_is_left_out(mine):
    (user,) = usync(mine, [Node("user", {"jid": Jid(CAROL)})], Node("bot"), Node("status"))

    assert [child.tag for child in user.children] == ["status"]
