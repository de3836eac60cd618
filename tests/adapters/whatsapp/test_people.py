"""What is learned of people and groups: who is on WhatsApp, under which names and addresses."""

import pytest

from tests.adapters.whatsapp.watched import ADA, BOB, EVE, NOBODY, Watched, to
from tests.whatsapp_server.client import Simulator
from wasched.domain.errors import SendError
from wasched.domain.link import (
    ContactsChanged,
    GroupsChanged,
    IncomingDeleted,
    IncomingEdited,
    IncomingSeen,
    WroteOnPhone,
)
from wasched.domain.reasons import Code, Reason
from wasched.domain.reply import ReplyKind
from wasched.services.ports import CheckedNumber, ContactSeen, GroupSeen, MemberSeen


def lid_of(whatsapp: Simulator, phone: str) -> str:
    """Somebody's other address."""
    lid: str = whatsapp.person(phone=phone)["lid"]
    return lid


def number_of(phone: str) -> str:
    """The address that holds a number."""
    return f"{phone}@s.whatsapp.net"


def test_a_check_tells_who_is_on_whatsapp_in_the_order_asked(
    whatsapp: Simulator, linked: Watched
) -> None:
    found = linked.line.check([f"+{NOBODY}", f"+{BOB}"])

    assert found == [
        CheckedNumber(f"+{NOBODY}", registered=False),
        CheckedNumber(f"+{BOB}", registered=True, jid=number_of(BOB), lid=lid_of(whatsapp, BOB)),
    ]


def test_a_check_tells_the_form_of_a_number_that_exists(
    whatsapp: Simulator, linked: Watched
) -> None:
    ana, dialled = "551187654321", "+5511987654321"
    whatsapp.add_person(phone=ana)
    whatsapp.set_person(phone=ana, other_forms=[dialled.lstrip("+")])

    (found,) = linked.line.check([dialled])

    assert (found.phone, found.jid) == (dialled, number_of(ana))


def test_many_numbers_are_checked_in_batches(whatsapp: Simulator, linked: Watched) -> None:
    phones = [f"+49151000{number:05}" for number in range(100, 220)]

    found = linked.line.check(phones)

    assert [one.phone for one in found] == phones
    assert not any(one.registered for one in found)


def test_a_group_is_listed_with_its_size_and_who_may_write(
    whatsapp: Simulator, linked: Watched
) -> None:
    mine = whatsapp.add_group(subject="Choir", members=[ADA, BOB])
    theirs = whatsapp.add_group(subject="News", members=[BOB, ADA, EVE], announce_only=True)
    whatsapp.add_group(subject="Without Ada", members=[BOB, EVE])

    found = linked.line.groups()

    ada, bob, eve = ((f"+{one}", lid_of(whatsapp, one)) for one in (ADA, BOB, EVE))
    assert sorted(found, key=lambda one: one.name) == [
        GroupSeen(mine, "Choir", 2, is_admin=True, members=(ada[0], bob[0]), lids=(ada, bob)),
        GroupSeen(theirs, "News", 3, True, members=(bob[0], ada[0], eve[0]), lids=(bob, ada, eve)),
    ]


def test_an_admin_learns_the_invite_link_of_a_group_and_nobody_else(
    whatsapp: Simulator, linked: Watched
) -> None:
    mine = whatsapp.add_group(subject="Choir", members=[ADA, BOB])
    theirs = whatsapp.add_group(subject="News", members=[BOB, ADA])

    link = linked.line.invite_link(mine)

    assert link == f"https://chat.whatsapp.com/{whatsapp.invite_code(group=mine)}"
    with pytest.raises(SendError) as refusal:
        linked.line.invite_link(theirs)
    assert refusal.value.permanent
    assert refusal.value.reason == Reason(Code.NO_INVITE_LINK)


@pytest.mark.parametrize("addressing", ["lid", "pn"])
def test_the_members_of_a_group_have_both_addresses(
    whatsapp: Simulator, linked: Watched, addressing: str
) -> None:
    group = whatsapp.add_group(subject="Choir", members=[ADA, BOB], addressing=addressing)

    found = linked.line.members(group)

    lid = lid_of(whatsapp, BOB)
    bob = MemberSeen(lid if addressing == "lid" else number_of(BOB), f"+{BOB}", lid)
    assert bob in found
    assert [one.is_admin for one in found] == [True, False]


def test_who_is_no_member_learns_nothing_of_a_group(whatsapp: Simulator, linked: Watched) -> None:
    group = whatsapp.add_group(subject="Choir", members=[BOB, EVE])

    with pytest.raises(SendError) as refusal:
        linked.line.members(group)

    assert refusal.value.permanent


def test_a_group_that_is_joined_and_left_is_reported(whatsapp: Simulator, linked: Watched) -> None:
    group = whatsapp.add_group(subject="Choir", members=[BOB])

    whatsapp.add_member(group=group, phone=ADA)
    linked.next(GroupsChanged)
    assert [one.jid for one in linked.line.groups()] == [group]

    whatsapp.remove_member(group=group, phone=ADA)
    linked.next(GroupsChanged)
    assert linked.line.groups() == []


def test_names_in_the_phones_address_book_are_reported_and_listed(
    whatsapp: Simulator, linked: Watched
) -> None:
    name = "Bob the builder"
    whatsapp.name_contacts(phone=ADA, names={BOB: name})

    while name not in [one.name for one in linked.line.contacts()]:
        linked.next(ContactsChanged)
    linked.line.check([f"+{BOB}"])
    assert ContactSeen(number_of(BOB), name, lid_of(whatsapp, BOB)) in linked.line.contacts()


def test_who_writes_is_known_by_both_addresses_and_by_name(
    whatsapp: Simulator, linked: Watched
) -> None:
    whatsapp.write(phone=BOB, to=ADA, text="Stop")

    seen = linked.next(IncomingSeen)

    assert (seen.text, seen.name) == ("Stop", "Bob")
    assert {seen.sender, seen.sender_alt} == {number_of(BOB), lid_of(whatsapp, BOB)}


def test_a_voice_note_is_a_reply_without_words(whatsapp: Simulator, linked: Watched) -> None:
    whatsapp.send_file(phone=BOB, to=ADA, kind="audio", body=b"ogg", mimetype="audio/ogg")

    seen = linked.next(IncomingSeen)
    assert (seen.text, seen.kind) == ("", ReplyKind.AUDIO)


@pytest.mark.parametrize("addressing", ["lid", "s.whatsapp.net"])
def test_a_reply_its_edit_and_its_deletion_tell_what_they_are_about(
    whatsapp: Simulator, linked: Watched, addressing: str
) -> None:
    asked = linked.line.send(to(BOB, "Coming?")).message_id
    whatsapp.wait_inbox(phone=BOB, id=asked)
    way = {"phone": BOB, "to": ADA, "addressing": addressing}

    id = whatsapp.write(text="Yes", quoting=asked, **way)
    whatsapp.edit(id=id, text="No", **way)
    whatsapp.revoke(id=id, **way)

    said = linked.next(IncomingSeen)
    edited, deleted = linked.next(IncomingEdited), linked.next(IncomingDeleted)
    assert (said.message_id, said.text, said.quotes) == (id, "Yes", asked)
    assert (edited.message_id, edited.text) == (id, "No")
    assert deleted.message_id == id
    both = {number_of(BOB), lid_of(whatsapp, BOB)}
    assert all({one.sender, one.sender_alt} == both for one in (said, edited, deleted))


def test_what_the_phone_writes_itself_is_told_as_such(whatsapp: Simulator, linked: Watched) -> None:
    asked = whatsapp.write(phone=BOB, to=ADA, text="Where?")
    linked.next(IncomingSeen)

    whatsapp.write(phone=ADA, to=BOB, text="At the church", quoting=asked)

    wrote = linked.next(WroteOnPhone)
    assert wrote.quotes == asked
    assert lid_of(whatsapp, BOB) in (wrote.chat, wrote.chat_alt)


def test_who_wrote_is_a_contact_under_the_name_they_gave_themselves(
    whatsapp: Simulator, linked: Watched
) -> None:
    whatsapp.write(phone=BOB, to=ADA, text="Hello")
    linked.next(IncomingSeen)

    (found,) = [one for one in linked.line.contacts() if one.jid == number_of(BOB)]

    assert (found.name, found.push_name) == ("", "Bob")
