"""The address book: found by name and number, opted out and in, removed, merged."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.reasons import refuses
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.life import Life
from tests.services.requests import ANNA, BEN, a_request, daily, save
from wasched.domain.errors import InputError, NotFoundError
from wasched.models import Contact, Message, Recipient
from wasched.services.address_book import entries, lists, merging
from wasched.services.caller import Caller
from wasched.services.ports import ContactSeen, GroupSeen
from wasched.services.recipients import mentions, recipients
from wasched.services.schedules import preview


def add(scope: Scope, user: Caller, name: str, number: str, country: str = "") -> int:
    """A person in the book."""
    with scope() as session:
        return entries.add_person(session, user, name, number, country, NOW)


def test_people_are_listed_by_name_in_pages(scope: Scope, alice: Caller) -> None:
    with scope() as session:
        for number in range(120):
            name = f"Person {number:03}"
            recipients.person_with_number(
                session, alice.space_id, f"+491510000{number:04}", NOW, name
            )
    names: list[str] = []
    cursor = ""
    with scope(write=False) as session:
        while True:
            page = entries.list_entries(session, alice, "person", cursor=cursor)
            names += [one.name for one in page.entries]
            cursor = page.next_cursor
            if not cursor:
                break
        found = entries.list_entries(session, alice, "person", search="+49 151 0000 0119")

    assert names == [f"Person {number:03}" for number in range(120)]
    assert [one.name for one in found.entries] == ["Person 119"]


def test_groups_say_how_many_they_are_and_where_nothing_would_arrive(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    open_, closed = GroupSeen("1@g.us", "Choir", 12), GroupSeen("2@g.us", "News", 1, True)
    own = GroupSeen("3@g.us", "Our news", 1_200, announce_only=True, is_admin=True)
    with scope() as session:
        recipients.sync_groups(session, alice.space_id, account_id, [open_, closed, own], NOW)
        recipients.sync_groups(session, alice.space_id, account_id, [closed, own], NOW)
    with scope(write=False) as session:
        page = entries.list_entries(session, alice, "group")
        to = [one.id for one in page.entries]
        plan = preview.preview(session, alice, a_request(account_id, *to), NOW)

    assert [(one.name, one.detail, one.left) for one in page.entries] == [
        ("Choir", "12 people", True),
        ("News", "1 person · only admins write, not you", False),
        ("Our news", "1,200 people · only admins write", False),
    ]
    assert [one.sentence for one in plan.warnings if one.kind == "group"] == [
        "Choir phone is no longer in Choir, so nothing arrives there.",
        "Only admins write in News, and Choir phone is none, so nothing arrives there.",
    ]


def test_in_a_group_its_members_are_offered_to_be_mentioned_before_others(
    scope: Scope, alice: Caller, charlie: Caller, account_id: int
) -> None:
    for name, number in (("Anna", ANNA), ("Zoe", "+4915100000097"), ("Ben", BEN)):
        add(scope, alice, name, number)
    hidden = add(scope, alice, "Hidden", "+4915100000098")
    carl = ContactSeen("4915100000099@s.whatsapp.net", "Carl")
    members = ("+4915100000097", "+4915100000099", "77@lid")
    with scope() as session:
        session.get_one(Recipient, hidden).lid = "77@lid"
        recipients.sync_contacts(session, alice.space_id, account_id, [carl], NOW)
        choir = GroupSeen("1@g.us", "Choir", 3, members=members)
        recipients.sync_groups(session, alice.space_id, account_id, [choir], NOW)
        group_id = session.exec(select(Recipient.id).where(Recipient.jid == "1@g.us")).one() or 0

    def offered(user: Caller, typed: str = "") -> list[str]:
        with scope(write=False) as session:
            return [one.name for one in mentions.suggest_mentions(session, user, typed, group_id)]

    assert offered(alice) == ["Hidden", "Zoe", "Carl", "Ben", "Anna"]
    assert offered(alice, "an") == ["Anna"]
    assert offered(alice, "0097") == ["Zoe"]
    assert offered(charlie) == []
    with scope() as session:
        fewer = GroupSeen("1@g.us", "Choir", 1, members=("+4915100000097",))
        recipients.sync_groups(session, alice.space_id, account_id, [fewer], NOW)
    assert offered(alice)[:2] == ["Zoe", "Hidden"]  # who has left is one of the others


def test_a_number_is_read_with_the_country_and_is_there_once(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    made = add(scope, alice, " Anna   Schmidt ", "0151 23456789", "DE")
    with scope(write=False) as session:
        shown = entries.entry_card(session, alice, made)
        assert (shown.entry.name, shown.phone) == ("Anna Schmidt", "+49 1512 3456789")
        with pytest.raises(NotFoundError):
            entries.entry_card(session, charlie, made)

    for name, number, sentence in (
        ("A", ANNA, "Anna Schmidt has this number already"),
        ("A", "12", "too short|no country"),
        ("x" * 201, BEN, "200 characters"),
    ):
        with refuses(InputError, sentence):
            add(scope, alice, name, number)


def test_who_wants_no_more_gets_none_until_they_want_again(
    scope: Scope, alice: Caller, account_id: int, life: Life
) -> None:
    save(scope, alice, daily(account_id), NOW)
    with scope() as session:
        anna = session.scalars(select(Recipient)).one().id or 0
        entries.decide_opt_out(session, alice, anna, False, NOW)
    assert life.statuses() == ["skipped"]

    with scope() as session:
        entries.decide_opt_out(session, alice, anna, True, NOW)
    assert life.statuses() == ["scheduled"]


def test_who_is_removed_leaves_lists_and_plans_but_not_the_history(
    scope: Scope, alice: Caller, account_id: int, life: Life
) -> None:
    made = save(scope, alice, daily(account_id, ANNA, BEN), NOW)
    life.pass_to(NOW + timedelta(hours=2))
    with scope() as session:
        anna = session.scalar(select(Recipient.id).where(Recipient.phone == ANNA)) or 0
        choir = lists.add_list(session, alice, "Choir", NOW)
        lists.put_in(session, alice, choir, [anna], NOW)
        entries.remove_entry(session, alice, anna, NOW)

    with scope(write=False) as session:
        assert entries.list_entries(session, alice, "person").total == 1
        assert recipients.suggest_recipients(session, alice, "1515 123") == []
        assert lists.list_card(session, alice, choir).members == 0
        theirs = select(Message.status).where(Message.recipient_id == anna)
        assert sorted(session.scalars(theirs)) == ["cancelled", "sent"]
    assert life.shown(made).line.recipients == 1

    assert add(scope, alice, "Anna", ANNA) == anna  # and comes back as the one they were


def test_two_entries_of_one_person_become_one(
    scope: Scope, alice: Caller, account_id: int, life: Life
) -> None:
    save(scope, alice, daily(account_id, ANNA, BEN), NOW)
    with scope() as session:
        anna, twin = session.scalars(select(Recipient).order_by(Recipient.phone)).all()
        anna.lid = twin.lid = "77@lid"
        anna.name, twin.fields = "Anna", {"Voice": "alto"}
        choir = lists.add_list(session, alice, "Choir", NOW)
        lists.put_in(session, alice, choir, [twin.id or 0], NOW)
        session.flush()
        assert [one.id for one in entries.entry_card(session, alice, anna.id or 0).doubles] == [
            twin.id
        ]
        merging.merge_entries(session, alice, anna.id or 0, twin.id or 0, NOW)
        kept = anna.id or 0

    assert sorted(life.statuses()) == ["cancelled", "scheduled"]
    with scope(write=False) as session:
        shown = entries.entry_card(session, alice, kept)
        assert (shown.fields, shown.doubles) == ({"Voice": "alto"}, [])
        assert [one.name for one in shown.lists] == ["Choir"]
        assert entries.list_entries(session, alice, "person").total == 1


def test_strangers_are_not_merged(scope: Scope, alice: Caller) -> None:
    anna, ben = add(scope, alice, "Anna", ANNA), add(scope, alice, "Ben", BEN)
    with refuses(InputError, "not the same person"), scope() as session:
        merging.merge_entries(session, alice, anna, ben, NOW)


def test_contacts_of_the_phone_are_offered_until_they_are_people(
    scope: Scope, alice: Caller, charlie: Caller, account_id: int
) -> None:
    seen = [
        ContactSeen("4915123456789@s.whatsapp.net", "Anna from the choir", "77@lid", "anna ♪"),
        ContactSeen("4915123456790@s.whatsapp.net", "", None, "ben"),
        ContactSeen("4915123456791@s.whatsapp.net", "Nora", None, ""),
        ContactSeen("4915123456792@s.whatsapp.net", "Łena", None, ""),
        ContactSeen("88@lid", "Hidden", "88@lid", ""),
    ]
    with scope() as session:
        for _ in range(2):
            recipients.sync_contacts(session, alice.space_id, account_id, seen, NOW)
        offered = recipients.suggest_contacts(session, alice, "n")
        assert [one.name for one in offered] == ["Anna from the choir", "ben", "Łena", "Nora"]
        assert recipients.suggest_contacts(session, charlie, "") == []
    add(scope, alice, "Ben", BEN)
    with scope() as session:
        left = recipients.suggest_contacts(session, alice, "")
        assert [one.name for one in left] == ["Anna from the choir", "Łena", "Nora"]


def test_who_was_written_to_by_number_has_the_name_that_the_phone_knows(
    scope: Scope, alice: Caller, charlie: Caller, account_id: int
) -> None:
    seen = [ContactSeen("4915123456789@s.whatsapp.net", "Anna from the choir")]
    later = [*seen, ContactSeen("4915123456790@s.whatsapp.net", "", None, "ben")]
    with scope() as session:
        recipients.person_with_number(session, charlie.space_id, ANNA, NOW)
        recipients.person_with_number(session, alice.space_id, BEN, NOW)
        recipients.sync_contacts(session, alice.space_id, account_id, seen, NOW)
        recipients.person_with_number(session, alice.space_id, ANNA, NOW)

    def found(words: str) -> list[str]:
        with scope(write=False) as session:
            hits = recipients.suggest_recipients(session, alice, words)
            contacts = recipients.suggest_contacts(session, alice, words)
        return [one.name for one in hits] + [one.name for one in contacts]

    assert found("choir") == ["Anna from the choir"]
    assert found("ben") == []
    with scope() as session:
        recipients.sync_contacts(session, alice.space_id, account_id, later, NOW)
        assert "choir" not in recipients.suggest_recipients(session, charlie, "")[0].name
    assert found("ben") == ["ben"]  # what they call themselves is offered, and not taken unasked
    save(scope, alice, a_request(account_id, BEN, names={BEN: "ben"}), NOW)
    assert found("ben") == ["ben"]
    with scope() as session:
        recipients.sync_contacts(session, alice.space_id, account_id, seen, NOW)
        assert recipients.suggest_recipients(session, alice, "ben")[0].name == "ben"


def test_what_others_call_themselves_comes_in_as_one_line(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    hostile = "An\x00na\r\nBCC: \u2028all\x1b[2J\u202e"
    with scope() as session:
        seen = ContactSeen("4915100000077@s.whatsapp.net", hostile, None, hostile)
        recipients.sync_contacts(session, alice.space_id, account_id, [seen], NOW)
        group = GroupSeen("1@g.us", hostile, 1, members=())
        recipients.sync_groups(session, alice.space_id, account_id, [group], NOW)
        recipients.person_with_number(session, alice.space_id, "+4915100000078", NOW, hostile)
    with scope(write=False) as session:
        contact = session.exec(select(Contact)).one()
        names = [contact.name, contact.push_name, *session.exec(select(Recipient.name)).all()]
    assert set(names) == {"Anna BCC: all[2J"}


def test_what_a_person_types_about_somebody_has_no_control_characters(
    scope: Scope, alice: Caller
) -> None:
    anna = add(scope, alice, "Anna", ANNA)
    with scope() as session:
        fields = {"Voi\u2028ce": "al\x00to\u2028high"}
        entries.change_entry(session, alice, anna, "An\x07na\n", "one\rtwo\x1b", fields, NOW)
        row = session.get_one(Recipient, anna)
        assert (row.name, row.notes) == ("Anna", "one\ntwo")
        assert row.fields == {"Voi ce": "alto\nhigh"}
