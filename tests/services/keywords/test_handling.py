"""What words do that people write back: once, to persons alone, and never in a loop."""

# ruff: noqa: RUF001 - letters of other widths and scripts are what it is about

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_user
from tests.services.life import Life
from tests.services.replies_of import ANNA, ANNAS_LID, BEN, SOON, report, sent_to, wrote
from wasched.domain.keyword import ListMove
from wasched.domain.message import Status
from wasched.models import KeywordUse, ListMember, Message, Recipient, Reply, Schedule, Space
from wasched.services.address_book import entries, lists
from wasched.services.caller import Caller
from wasched.services.keywords import setting_up, uses
from wasched.services.keywords.setting_up import KeywordRequest

AT = NOW + SOON


def set_up(scope: Scope, user: Caller, words: str = "yes, ja, 1", **does: Any) -> int:
    with scope() as session:
        return setting_up.add_keyword(session, user, KeywordRequest(words, **does), NOW)


def person(session: Session, number: str = ANNA) -> Recipient:
    return session.scalars(select(Recipient).where(Recipient.phone == number)).one()


def answers(scope: Scope) -> list[tuple[str, str]]:
    """The word and the status of each answer, in their order."""
    with scope(write=False) as session:
        rows = session.execute(
            select(Schedule.answers_word, Message.status)
            .join(Message, Message.schedule_id == Schedule.id)
            .where(Schedule.answers_word != "")
            .order_by(Schedule.id)
        )
        return [(word, status) for word, status in rows]


def outcomes(scope: Scope) -> list[str]:
    """What became of the answer of each word that was handled."""
    with scope(write=False) as session:
        return list(session.scalars(select(KeywordUse.answer).order_by(KeywordUse.id)))


def test_a_word_sets_a_field_moves_to_a_list_and_is_answered_once_however_often_it_is_told(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    with scope() as session:
        altos = lists.add_list(session, alice, "Altos", NOW)
    does = {"field": "Coming", "value": "yes", "list_id": altos, "move": ListMove.INTO}
    set_up(scope, alice, **does, answer="Thanks, {name}!")
    sent_to(scope, alice, account_id, NOW, ANNA)
    with scope() as session:
        person(session).fields = {"coming": "no"}
    seen = wrote(ANNA, " ＪＡ!! ", AT)

    by_lid = replace(seen, sender=ANNAS_LID, chat=ANNAS_LID, sender_alt=seen.sender)
    report(scope, account_id, AT, seen, by_lid)
    report(scope, account_id, AT, seen)

    assert answers(scope) == [("ja", Status.SCHEDULED)]
    with scope(write=False) as session:
        row = person(session)
        assert row.fields == {"coming": "yes"}
        assert session.get(ListMember, (altos, row.id)) is not None
        assert session.scalars(select(Reply.answered_at)).one() == AT
        made = session.scalars(select(Schedule).where(Schedule.answers_word == "ja")).one()
        assert made.respects_quiet_hours and made.late_window_s == 86_400


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("yes, I come", {}),
        ("yes", {"chat": "1203@g.us"}),
        ("yes", {"kind": "photo"}),
        ("stop", {}),
        ("yes", {"sender": "999@lid", "chat": "999@lid"}),
    ],
)
def test_nothing_is_done_for_anything_else(
    scope: Scope, alice: Caller, account_id: int, text: str, more: dict[str, str]
) -> None:
    set_up(scope, alice, field="Coming", value="yes", answer="Thanks!")
    sent_to(scope, alice, account_id, NOW, ANNA)

    report(scope, account_id, AT, wrote(ANNA, text, AT, **more), wrote(BEN, "yes", AT, "R2"))

    assert answers(scope) == [] and outcomes(scope) == []


def test_who_wants_no_more_is_not_answered_but_what_they_say_counts(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    set_up(scope, alice, field="Coming", value="yes", answer="Thanks!")
    sent_to(scope, alice, account_id, NOW, ANNA)

    report(scope, account_id, AT, wrote(ANNA, "Yes", AT), wrote(ANNA, "STOP", AT, "R2"))

    assert (answers(scope), outcomes(scope)) == ([], ["opted_out"])
    with scope(write=False) as session:
        assert person(session).fields == {"Coming": "yes"}


def test_nobody_is_answered_twice_in_an_hour_nor_while_an_answer_waits(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    set_up(scope, alice, "yes", answer="Thanks!")
    set_up(scope, alice, "no", answer="A pity.")
    sent_to(scope, alice, account_id, NOW, ANNA)
    for number, (minutes, text) in enumerate([(0, "yes"), (50, "no"), (59, "no")]):
        at = AT + timedelta(minutes=minutes)
        report(scope, account_id, at, wrote(ANNA, text, at, f"R{number}"))
    assert outcomes(scope) == ["answered", "lately", "lately"]

    gone_at = AT + timedelta(hours=9)  # after quiet hours, say
    went(scope, gone_at)
    for number, minutes in ((4, 30), (5, 61)):
        at = gone_at + timedelta(minutes=minutes)
        report(scope, account_id, at, wrote(ANNA, "no", at, f"R{number}"))

    assert outcomes(scope)[3:] == ["lately", "answered"]


def went(scope: Scope, at: datetime) -> list[int]:
    """Let the answers that wait go out; their messages."""
    with scope() as session:
        rows = session.scalars(
            select(Message)
            .join(Schedule, Schedule.id == Message.schedule_id)
            .where(Schedule.answers_word != "", Message.status == Status.SCHEDULED)
        ).all()
        for row in rows:
            row.status, row.sent_at = Status.SENT, at
        return [row.account_id for row in rows]


@pytest.mark.parametrize("seconds", [1, 40, 4_000, 30_000])
@pytest.mark.parametrize(("word", "answer"), [("yes", "yes"), ("1", "2")])
def test_two_servers_that_answer_each_other_stop_within_three_messages(
    scope: Scope, alice: Caller, account_id: int, seconds: int, word: str, answer: str
) -> None:
    """Anna is the number of the other server; here it is Ben's."""
    bert = add_user(scope, "Bert")
    theirs = add_account(scope, bert)
    set_up(scope, alice, answer, answer=word)
    set_up(scope, bert, word, answer=answer)
    sent_to(scope, alice, account_id, NOW, ANNA)
    sent_to(scope, bert, theirs, NOW - SOON, BEN)

    messages, to, at = 1, theirs, NOW
    said = {theirs: (BEN, word), account_id: (ANNA, answer)}
    while to and messages < 20:
        at += timedelta(seconds=seconds)
        number, text = said[to]
        report(scope, to, at, wrote(number, text, at, f"R{messages}"))
        gone = went(scope, at)
        messages += len(gone)
        to = account_id + theirs - gone[0] if gone else 0

    assert messages <= 3


def test_where_replies_are_off_a_word_counts_and_no_reply_is_kept(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    set_up(scope, alice, field="Coming", value="yes", answer="Thanks!")
    sent_to(scope, alice, account_id, NOW, ANNA)
    with scope() as session:
        session.get_one(Space, alice.space_id).keeps_replies_days = 0

    report(scope, account_id, AT, wrote(ANNA, "Yes", AT))

    assert answers(scope) == [("yes", Status.SCHEDULED)]
    with scope() as session:
        assert session.scalars(select(Reply)).all() == []
        assert uses.prune_uses(session, AT + timedelta(days=6)) == 0
        assert uses.prune_uses(session, AT + timedelta(days=7)) == 1


def test_an_answer_goes_out_like_any_message_and_leaves_with_its_person(
    scope: Scope, alice: Caller, account_id: int, life: Life
) -> None:
    set_up(scope, alice, "yes", answer="Thanks, {name}!")
    sent_to(scope, alice, account_id, NOW, ANNA)
    report(scope, account_id, NOW, wrote(ANNA, "yes", NOW))

    life.sweep()

    assert answers(scope) == [("yes", Status.SENT)]
    with scope() as session:
        entries.remove_entry(session, alice, person(session).id or 0, NOW)
        assert session.scalars(select(KeywordUse)).all() == []
