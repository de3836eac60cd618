"""Groups: who is told about them, who may write to them, and who gets what is written."""

from __future__ import annotations

import pytest

from tests.whatsapp_server.driven import DrivenError

from .conftest import ALICE, BOB, CAROL


@pytest.mark.parametrize("addressing", ["lid", "pn"])
def test_every_member_decrypts_what_is_written_to_a_group(town, resident, addressing):
    group = town.add_group(subject="Team", members=[ALICE, BOB, CAROL], addressing=addressing)

    ids = [resident.send(group, f"{addressing} {number}") for number in range(2)]

    for phone in (BOB, CAROL):
        for number, id in enumerate(ids):
            (message,) = town.wait_inbox(phone=phone, id=id)
            assert (message["text"], message["chat"]) == (f"{addressing} {number}", group)
            assert message["encryption"] == "skmsg"


@pytest.mark.parametrize("addressing", ["lid", "pn"])
def test_each_members_receipt_names_the_member(town, resident, addressing):
    group = town.add_group(subject="Ticks", members=[ALICE, BOB, CAROL], addressing=addressing)

    id = resident.send(group, "who got it?")

    people = [town.person(phone=phone) for phone in (BOB, CAROL)]
    pn = {f"{one['phone']}@s.whatsapp.net" for one in people}
    expected = {one["lid"] for one in people} if addressing == "lid" else pn
    got = {resident.wait("Receipt", ids=[id], chat=group)["sender"] for _ in people}
    assert got == expected


def test_the_client_lists_its_groups_and_their_members(town, resident):
    mine = town.add_group(subject="Mine", members=[ALICE, BOB], announce_only=True)
    others = town.add_group(subject="Not mine", members=[BOB, CAROL])

    groups = resident.do("groups")

    assert others not in groups
    assert groups[mine]["GroupName"]["Name"] == "Mine"
    assert groups[mine]["GroupAnnounce"]["IsAnnounce"]
    assert len(groups[mine]["Participants"]) == 2


def test_a_text_of_a_member_reaches_the_client(town, resident):
    group = town.add_group(subject="Chat", members=[BOB, ALICE])

    id = town.write(phone=BOB, to=group, text="hello everybody")

    message = resident.wait("Message", id=id, is_empty=False)
    assert (message["text"], message["chat"]) == ("hello everybody", group)


def test_only_admins_write_to_an_announce_only_group(town, resident):
    closed = town.add_group(subject="News", members=[BOB, ALICE], announce_only=True)
    own = town.add_group(subject="My news", members=[ALICE, BOB], announce_only=True)

    with pytest.raises(DrivenError, match="server returned error 403"):
        resident.send(closed, "may I?")
    id = resident.send(own, "I may")

    assert town.wait_inbox(phone=BOB, id=id)
    assert "may I?" not in town.texts(BOB)


def test_nobody_writes_to_a_group_of_others(town, resident):
    group = town.add_group(subject="Others", members=[BOB, CAROL])

    with pytest.raises(DrivenError, match="not participating in that group"):
        resident.send(group, "let me in")


def test_nobody_writes_to_a_group_that_does_not_exist(town, resident):
    with pytest.raises(DrivenError, match="does not exist"):
        resident.send("120363099999999999@g.us", "hello?")


def test_a_member_that_was_removed_can_write_no_more(town, resident):
    group = town.add_group(subject="Leaving", members=[BOB, ALICE, CAROL])
    resident.send(group, "still here")

    town.remove_member(group=group, phone=ALICE)
    resident.wait("GroupInfoEvent")

    with pytest.raises(DrivenError, match=r"server returned error 420|not participating"):
        resident.send(group, "gone")
    assert "gone" not in town.texts(BOB)


def test_a_member_that_joins_gets_what_is_written_then(town, resident):
    group = town.add_group(subject="Joining", members=[ALICE, BOB])
    resident.send(group, "before")

    town.add_member(group=group, phone=CAROL)
    resident.wait("GroupInfoEvent")
    id = resident.send(group, "welcome")

    assert town.wait_inbox(phone=CAROL, id=id)[0]["text"] == "welcome"
    assert "before" not in town.texts(CAROL)


def test_a_file_in_a_group_arrives_byte_for_byte(town, resident):
    group = town.add_group(subject="Files", members=[ALICE, BOB])

    id = resident.send_file(group, "document", b"minutes", mimetype="text/plain")

    town.wait_inbox(phone=BOB, id=id)
    assert town.file(BOB, id) == b"minutes"


def test_a_group_of_a_thousand_members_gets_every_message(town, resident):
    members = [f"4916{number:08}" for number in range(999)]
    for phone in members:
        town.add_person(phone=phone, delivered=None)
    group = town.add_group(subject="Everybody", members=[ALICE, *members])

    ids = [resident.send(group, text) for text in ("first", "second")]

    for phone in members:
        inbox = town.wait_inbox(phone=phone, count=2)
        assert [one["id"] for one in inbox] == ids, phone
        assert [one["text"] for one in inbox] == ["first", "second"], phone
