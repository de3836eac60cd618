"""Messages as any client may write them: in both address spaces, in any order, to any device."""

from __future__ import annotations

import pytest

from tests.whatsapp_server.protocol.protobufs import e2e
from tests.whatsapp_server.stanzas import participant_hash
from wasched.adapters.whatsapp.protocol.binary_xml import Node
from wasched.adapters.whatsapp.protocol.jid import LID, PN, Jid

from .conftest import ALICE, BOB, CAROL, DAVE
from .correspondence import copy_for, read, text, upload_prekeys, write


@pytest.fixture
def mine(device):
    """A scripted client of Alice's, that others can write to."""
    made = device(ALICE)
    upload_prekeys(made, 20)
    return made


@pytest.fixture
def bob(device, mine):
    """A scripted client of Bob's, that others can write to."""
    made = device(BOB)
    upload_prekeys(made, 20)
    mine.acknowledge_all()
    return made


def address(client, server, number=None):
    """The address of a client, or of another device of its account."""
    user = client.phone if server == PN else client.lid
    return Jid(user, server, client.number if number is None else number)


def own_phone(client, server, to, message):
    """The copy that tells the own phone what was written."""
    told = e2e.Message()
    told.deviceSentMessage.destinationJID = str(to)
    told.deviceSentMessage.message.CopyFrom(message)
    return copy_for(client, address(client, server, 0), told)


@pytest.mark.parametrize("server", [PN, LID])
def test_each_device_gets_its_copy_in_the_address_space_of_the_sender(world, mine, bob, server):
    to, message = address(bob, server, 0), text("hello")
    copies = [copy_for(mine, address(bob, server, number), message) for number in (0, 1)]

    ack = write(mine, to, [*copies, own_phone(mine, server, to, message)])

    got = bob.wait("message", id=ack.get("id"))
    assert got.jid("from") == address(mine, server)
    assert got.get("addressing_mode") == ("lid" if server == LID else "pn")
    other = got.jid("sender_pn" if server == LID else "sender_lid")
    assert other == address(mine, PN if server == LID else LID, 0)
    assert (got.get("type"), got.get("notify")) == ("text", "Alice")
    assert got.get("participants") == "" and len(got.all("enc")) == 1
    assert read(bob, got).conversation == "hello"
    assert world.wait_inbox(phone=BOB, id=ack.get("id"))[0]["text"] == "hello"
    assert [one["text"] for one in world.outbox(phone=ALICE)] == ["hello"]


def test_a_message_with_all_copies_has_an_ack_without_a_hash(mine, bob):
    to, message = address(bob, LID, 0), text("complete")
    copies = [copy_for(mine, address(bob, LID, number), message) for number in (0, 1)]

    ack = write(mine, to, [*copies, own_phone(mine, LID, to, message)])

    assert (ack.get("phash"), ack.get("error"), ack.get("class")) == ("", "", "message")


def test_a_message_that_misses_a_device_is_told_the_hash_of_all(world, mine, bob):
    to, message = address(bob, LID, 0), text("to the phone alone")
    copies = [copy_for(mine, to, message), own_phone(mine, LID, to, message)]

    ack = write(mine, to, copies)

    everybody = [address(one, LID, number) for one in (mine, bob) for number in (0, 1)]
    assert ack.get("phash") == participant_hash(everybody)
    assert world.wait_inbox(phone=BOB, id=ack.get("id"))


def test_the_other_devices_of_the_account_learn_what_was_written(device, mine, bob):
    second = device(ALICE)
    upload_prekeys(second, 5)
    to, message = address(bob, LID, 0), e2e.Message()
    message.deviceSentMessage.destinationJID = str(to)
    message.deviceSentMessage.message.conversation = "from the first"

    ack = write(mine, to, [copy_for(mine, address(second, LID), message)])

    got = second.wait("message", id=ack.get("id"))
    assert got.jid("from") == address(mine, LID)
    assert got.jid("recipient") == to
    assert got.jid("peer_recipient_pn") == Jid(BOB)
    assert read(second, got).deviceSentMessage.message.conversation == "from the first"


def test_a_note_to_oneself_may_list_the_own_phone_twice(world, mine):
    """As Baileys does: once as the recipient, once among the own devices."""
    to, note = address(mine, LID, 0), text("buy bread")

    ack = write(mine, to, [copy_for(mine, to, note), own_phone(mine, LID, to, note)])

    assert (ack.get("error"), ack.get("phash")) == ("", "")
    assert world.message_counts() == {ack.get("id"): 1}
    kept = [one["text"] for one in [*world.inbox(phone=ALICE), *world.outbox(phone=ALICE)]]
    assert kept == ["buy bread"]


@pytest.mark.parametrize("is_shared_first", [True, False])
@pytest.mark.parametrize("addressing", ["lid", "pn"])
def test_a_group_message_may_have_its_parts_in_any_order(
    world, mine, bob, addressing, is_shared_first
):
    """Baileys writes the shared <enc> before the copies, whatsmeow after them."""
    group = Jid.parse(world.add_group(subject="G", members=[ALICE, BOB], addressing=addressing))
    server = LID if addressing == "lid" else PN
    devices = [address(bob, server, number) for number in (0, 1)]

    id = write_to_group(mine, group, devices, "hello all", is_shared_first)

    got = bob.wait("message", id=id)
    assert (got.jid("from"), got.jid("participant")) == (group, address(mine, server))
    assert got.get("addressing_mode") == addressing
    other = got.jid("participant_pn" if server == LID else "participant_lid")
    assert other == address(mine, PN if server == LID else LID, 0)
    assert [enc.get("type") for enc in got.all("enc")] == ["pkmsg", "skmsg"]
    assert world.wait_inbox(phone=BOB, id=id)[0]["text"] == "hello all"


def write_to_group(client, group, devices, words, is_shared_first):
    """Send a first message to a group: the sender key for each device, and the text for all."""
    key = e2e.Message()
    distribution = key.senderKeyDistributionMessage
    distribution.groupID = str(group)
    distribution.axolotlSenderKeyDistributionMessage = client.signal.distribution_message(
        str(group)
    )
    body = client.signal.encrypt_group(str(group), text(words).SerializeToString())
    shared = Node("enc", {"v": "2", "type": "skmsg"}, body)
    copies = [copy_for(client, jid, key) for jid in devices]
    if is_shared_first:
        return write(client, group, copies, shared).get("id")
    participants = Node("participants", {}, copies)
    return write(client, group, [], participants, shared).get("id")


def test_the_proof_of_the_device_reaches_who_is_invited_to_a_session(mine, bob):
    to = address(bob, LID)

    ack = write(mine, address(bob, LID, 0), [copy_for(mine, to, text("first"))])

    got = bob.wait("message", id=ack.get("id"))
    assert got.child("device-identity").bytes == mine.identity_proof


def test_a_message_without_the_proof_is_a_problem(whatsapp, mine, bob):
    to = address(bob, LID)

    write(mine, to, [copy_for(mine, to, text("who am I?"))], proof=b"")

    (problem,) = whatsapp.problems()
    assert problem.endswith("a pkmsg without a device-identity")
    whatsapp.reset()


def test_a_proof_of_another_device_is_a_problem(whatsapp, mine, bob):
    to = address(bob, LID)

    write(mine, to, [copy_for(mine, to, text("not me"))], proof=bob.identity_proof)

    (problem,) = whatsapp.problems()
    assert problem.endswith("the device-identity does not verify")
    whatsapp.reset()


def test_a_privacy_token_is_not_for_the_recipient(mine, bob):
    token = Node("tctoken", {}, b"token")
    to = address(bob, LID)

    ack = write(mine, to, [copy_for(mine, to, text("with a token"))], token)

    assert bob.wait("message", id=ack.get("id")).child("tctoken") is None


def test_a_privacy_token_that_is_given_becomes_word_for_the_contact(mine, bob):
    token = Node("token", {"jid": Jid(BOB), "t": "1700000000", "type": "trusted_contact"})

    assert mine.ask("privacy", "set", Node("tokens", {}, [token])).get("type") == "result"

    word = bob.wait("notification", type="privacy_token")
    assert (word.jid("from"), word.jid("sender_lid")) == (Jid(ALICE), address(mine, LID, 0))
    assert word.child("tokens", "token").get("type") == "trusted_contact"


def test_a_stanza_that_comes_twice_is_acknowledged_twice_and_delivered_once(world, mine, bob):
    to, copies = address(bob, LID, 0), [copy_for(mine, address(bob, LID), text("once"))]

    acks = [write(mine, to, copies, id="3EB0AA") for _ in range(2)]
    write(mine, to, [copy_for(mine, address(bob, LID), text("the next"))], id="3EB0BB")

    assert [ack.get("error") for ack in acks] == ["", ""]
    bob.wait("message", id="3EB0BB")
    assert len(world.seen(tag="message", account=BOB, id="3EB0AA", from_client=False)) == 1
    assert world.message_counts() == {"3EB0AA": 2, "3EB0BB": 1}


def test_a_message_to_a_number_that_is_not_on_whatsapp_reaches_nobody(world, mine):
    """Baileys sends it all the same, with a copy for its own phone only."""
    world.add_person(phone=DAVE, registered=False)
    message = text("anybody there?")

    ack = write(mine, Jid(DAVE), [own_phone(mine, PN, Jid(DAVE), message)])

    assert (ack.get("error"), ack.get("phash")) == ("", "")
    assert world.inbox(phone=DAVE) == []
    assert [one["text"] for one in world.outbox(phone=ALICE)] == ["anybody there?"]


def test_a_copy_for_a_device_that_is_gone_is_dropped(world, mine, bob):
    copies = [copy_for(mine, address(bob, LID, number), text("late")) for number in (0, 1)]
    world.unlink(phone=BOB)

    ack = write(mine, address(bob, LID, 0), copies)

    assert ack.get("phash") != ""
    assert world.wait_inbox(phone=BOB, id=ack.get("id"))[0]["text"] == "late"


def test_a_file_or_a_poll_keeps_its_kind_of_stanza(mine, bob):
    to = address(bob, LID)

    ack = write(mine, to, [copy_for(mine, to, text("?"))], type="poll", edit="1")

    got = bob.wait("message", id=ack.get("id"))
    assert (got.get("type"), got.get("edit")) == ("poll", "1")


def test_what_phones_write_names_the_phone_as_its_sender(world, mine):
    group = world.add_group(subject="G", members=[CAROL, ALICE], addressing="pn")

    direct = mine.wait("message", id=world.write(phone=CAROL, to=ALICE, text="hi"))
    shared = mine.wait("message", id=world.write(phone=CAROL, to=group, text="hi all"))

    assert direct.jid("from") == Jid.parse(world.person(phone=CAROL)["lid"])
    assert direct.jid("sender_pn") == Jid(CAROL)
    assert read(mine, direct).conversation == "hi"
    assert (shared.jid("from"), shared.jid("participant")) == (Jid.parse(group), Jid(CAROL))
