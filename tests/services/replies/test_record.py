"""Which message a reply is kept with, and what its author and the phone change about it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.replies_of import ANNA, ANNAS_LID, BEN, SOON, report, sent_to, wrote
from wasched.domain.link import IncomingDeleted, IncomingEdited, WroteOnPhone
from wasched.domain.reply import WINDOW, ReplyKind
from wasched.models import Message, Recipient, Reply, Space
from wasched.services.address_book import entries
from wasched.services.caller import Caller
from wasched.services.phone_numbers import phones

JID = phones.to_jid(ANNA)


def kept(scope: Scope) -> list[tuple[str, int, str]]:
    """The words, the message and the match of every reply, in the order they came."""
    with scope(write=False) as session:
        rows = session.scalars(select(Reply).order_by(Reply.at, Reply.id)).all()
        return [(one.text, one.message_id, one.matched_by) for one in rows]


def test_a_reply_is_kept_with_what_it_quotes_else_with_the_latest_message(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    (first,) = sent_to(scope, alice, account_id, NOW, ANNA)
    (second,) = sent_to(scope, alice, account_id, NOW + SOON, ANNA)
    at = NOW + 2 * SOON

    report(
        scope,
        account_id,
        at,
        wrote(ANNA, "To the first", at, "R1", quotes=f"W{first}"),
        wrote(ANNA, "Yes", at + SOON, "R2"),
        wrote(ANNA, "", at + 2 * SOON, "R3", kind=ReplyKind.VOICE, quotes="of something else"),
    )

    expected = [("To the first", first, "quote"), ("Yes", second, "window")]
    assert kept(scope) == [*expected, ("", second, "window")]


@pytest.mark.parametrize(
    ("number", "after", "text"),
    [(ANNA, WINDOW + SOON, "Much later"), (ANNA, -SOON, "Before"), (BEN, SOON, "Who are you?")],
)
def test_of_somebody_to_whom_nothing_went_nothing_is_kept(
    scope: Scope, alice: Caller, account_id: int, number: str, after: timedelta, text: str
) -> None:
    sent_to(scope, alice, account_id, NOW, ANNA)

    report(scope, account_id, NOW + after, wrote(number, text, NOW + after))

    assert kept(scope) == []


def test_in_a_group_only_quotes_count(scope: Scope, alice: Caller, account_id: int) -> None:
    (asked,) = sent_to(scope, alice, account_id, NOW, "+4915100000029")
    group = "1203@g.us"
    with scope() as session:
        row = session.get_one(Recipient, session.get_one(Message, asked).recipient_id)
        row.kind, row.phone, row.jid = "group", None, group
    at = NOW + SOON

    report(
        scope,
        account_id,
        at,
        wrote(ANNA, "To each other", at, "R1", chat=group),
        wrote(ANNA, "I come", at, "R2", chat=group, quotes=f"W{asked}"),
        wrote(BEN, "Another's", at, "R3", chat="1204@g.us", quotes=f"W{asked}"),
    )

    assert kept(scope) == [("I come", asked, "quote")]
    with scope(write=False) as session:
        assert session.scalars(select(Reply)).one().name == "Anna B."


def test_told_twice_is_kept_once_under_number_or_lid(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    (asked,) = sent_to(scope, alice, account_id, NOW, ANNA)
    seen = wrote(ANNA, "Yes", NOW + SOON)
    by_lid = replace(seen, sender=ANNAS_LID, chat=ANNAS_LID, sender_alt=JID)

    report(scope, account_id, NOW + SOON, seen, by_lid)
    report(scope, account_id, NOW + SOON, by_lid)

    assert kept(scope) == [("Yes", asked, "window")]


@pytest.mark.parametrize("by", [ANNAS_LID, JID])
def test_only_its_author_edits_and_deletes_a_reply(
    scope: Scope, alice: Caller, account_id: int, by: str
) -> None:
    (asked, _) = sent_to(scope, alice, account_id, NOW, ANNA, BEN)
    at = NOW + SOON
    report(scope, account_id, at, wrote(ANNA, "Yes", at))
    bens = phones.to_jid(BEN)

    report(
        scope,
        account_id,
        at,
        IncomingEdited("R1", by, by, "No", at),
        IncomingEdited("R1", bens, bens, "Ben's words", at),
        IncomingDeleted("R1", bens, bens, at),
    )
    assert kept(scope) == [("No", asked, "window")]

    report(scope, account_id, at, IncomingDeleted("R1", by, by, at))
    assert kept(scope) == []


@pytest.mark.parametrize("chat", [ANNAS_LID, JID])
def test_what_is_answered_on_the_phone_counts_as_answered(
    scope: Scope, alice: Caller, account_id: int, chat: str
) -> None:
    sent_to(scope, alice, account_id, NOW, ANNA, BEN)
    at, answered = NOW + SOON, NOW + 2 * SOON
    later = wrote(ANNA, "And?", answered + SOON, "R3")
    report(scope, account_id, at, wrote(ANNA, "Where?", at), wrote(BEN, "Ok", at, "R2"), later)

    report(scope, account_id, answered, WroteOnPhone(chat, answered))

    found: list[tuple[str, datetime | None]]
    with scope(write=False) as session:
        rows = session.scalars(select(Reply).order_by(Reply.id)).all()
        found = [(one.text, one.answered_at) for one in rows]
    assert found == [("Where?", answered), ("Ok", None), ("And?", None)]


def test_removing_a_person_removes_what_they_wrote(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    (asked, _) = sent_to(scope, alice, account_id, NOW, ANNA, BEN)
    at = NOW + SOON
    report(scope, account_id, at, wrote(ANNA, "Yes", at), wrote(BEN, "No", at, "R2"))

    with scope() as session:
        anna = session.get_one(Message, asked).recipient_id
        entries.remove_entry(session, alice, anna, at)
    report(scope, account_id, at, wrote(ANNA, "Still there?", at, "R3"))

    assert [text for text, _, _ in kept(scope)] == ["No"]


def test_with_replies_off_nothing_is_kept(scope: Scope, alice: Caller, account_id: int) -> None:
    sent_to(scope, alice, account_id, NOW, ANNA)
    with scope() as session:
        session.get_one(Space, alice.space_id).keeps_replies_days = 0

    report(scope, account_id, NOW + SOON, wrote(ANNA, "Yes", NOW + SOON))

    assert kept(scope) == []
