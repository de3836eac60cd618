"""What is written for other programs: whatever changes a status, once, and only while they read."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlmodel import Session

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.life import Life
from tests.services.replies_of import SOON, report, sent_to, wrote
from tests.services.requests import ANNA, a_request, save
from tests.services.sent import a_send
from wasched.domain.link import LinkState, ReceiptKind, ReceiptSeen, StateChanged
from wasched.domain.message import Status
from wasched.domain.opaque_ids import Kind, OpaqueIds
from wasched.domain.outbox import KIND_OF_STATUS
from wasched.models import Message, OutboxEvent, Recipient, Schedule
from wasched.services.caller import Caller
from wasched.services.delivery import expiry
from wasched.services.line import link_events
from wasched.services.messages import message_actions
from wasched.services.recipients import opt_out
from wasched.services.webhooks import events, readers
from wasched.text.event_payload import event_payload


@pytest.fixture
def read(scope: Scope, alice: Caller) -> None:
    """A key has asked for events."""
    with scope() as session:
        readers.note_asking(session, alice.space_id, NOW)


def kinds(scope: Scope) -> list[str]:
    with scope(write=False) as session:
        return list(session.scalars(select(OutboxEvent.kind).order_by(OutboxEvent.id)))


def change(scope: Scope, message_id: int, *statuses: Status) -> None:
    with scope() as session:
        for one in statuses:
            message = session.get_one(Message, message_id)
            message.status, message.sent_at = one, NOW
            session.flush()


def test_the_life_of_a_message_is_told_in_its_order(
    scope: Scope, life: Life, alice: Caller, account_id: int, read: None
) -> None:
    save(scope, alice, a_request(account_id, ANNA), NOW)
    life.pass_to(NOW + timedelta(days=2))
    with scope() as session:
        message = session.scalars(select(Message)).one()
        seen = ReceiptSeen(("3EB00001",), ReceiptKind.READ, "anna", "anna", NOW)
        link_events.apply_event(session, account_id, [seen], NOW)

    found = kinds(scope)
    assert "schedule.ended" in found
    of_message = [one for one in found if one != "schedule.ended"]
    assert of_message == ["message.scheduled", "message.sent", "message.read"]
    with scope(write=False) as session:
        told, last = events.list_events(session, alice, 0, 50, has_texts=True)
        assert {one.schedule_id for one in told} == {message.schedule_id}
        assert last == told[-1].id
        words = next(one.words for one in told if one.kind == "message.sent")
        assert words is not None and (words.phone, words.text) == (ANNA, "Rehearsal at 19:30")


def test_every_status_is_told_but_those_that_are_nobody_elses_affair(
    scope: Scope, alice: Caller, account_id: int, read: None
) -> None:
    with scope() as session:
        (one,) = a_send(session, alice, account_id, NOW)
    change(scope, one, *(status for status in Status if status is not Status.SCHEDULED))
    change(scope, one, Status.SENDING, Status.SCHEDULED)  # a claim that is given back

    found = kinds(scope)
    assert found.pop(0) == "message.scheduled"
    # A recording that is played was read before.
    silent = (Status.SCHEDULED, Status.SENDING, Status.PLAYED)
    assert found == [str(KIND_OF_STATUS[one]) for one in Status if one not in silent]


def test_nothing_is_written_where_nobody_reads_and_no_trigger_is_left(
    scope: Scope, alice: Caller, charlie: Caller, account_id: int, read: None
) -> None:
    with scope() as session:
        a_send(session, charlie, account_id, NOW)
        readers.forget_readers(session, NOW + readers.ASKED_LASTS + timedelta(hours=1))
    with scope() as session:
        a_send(session, alice, account_id, NOW)
        if scope.engine.dialect.name == "sqlite":  # PostgreSQL's stay, and ask each time
            triggers = "SELECT count(*) FROM temp.sqlite_master WHERE type = 'trigger'"
            assert session.execute(text(triggers)).scalar() == 0

    assert kinds(scope) == []


def test_what_is_rolled_back_is_not_told(
    scope: Scope, alice: Caller, account_id: int, read: None
) -> None:
    with pytest.raises(RuntimeError), scope() as session:
        a_send(session, alice, account_id, NOW)
        raise RuntimeError
    assert kinds(scope) == []
    with scope() as session:  # the triggers of that transaction went with it
        a_send(session, alice, account_id, NOW)
    assert kinds(scope) == ["message.scheduled"]


def test_people_accounts_schedules_and_what_is_taken_in_are_told(
    scope: Scope, alice: Caller, account_id: int, read: None
) -> None:
    with scope() as session:
        _first, second = a_send(session, alice, account_id, NOW, *[Status.SCHEDULED] * 2)
        opt_out.opt_out(session, session.scalars(select(Recipient)).first(), NOW)
        session.execute(text("DELETE FROM message WHERE id = :one"), {"one": second})
        ended = StateChanged(LinkState.LOGGED_OUT, NOW)
        link_events.apply_event(session, account_id, [ended], NOW)
        made = session.scalars(select(Schedule)).one()
        made.approval = "waiting"

    told = dict.fromkeys(kinds(scope))
    assert list(told) == [
        "message.scheduled",
        "person.opted_out",
        "message.skipped",
        "message.cancelled",
        "account.state_changed",
        "schedule.approval_changed",
    ]


def test_what_is_missed_tells_why(
    scope: Scope, session: Session, alice: Caller, account_id: int, read: None
) -> None:
    a_send(session, alice, account_id, NOW)
    expiry.expire_messages(session, NOW + timedelta(hours=2))

    (_, missed), _ = events.list_events(session, alice, 0, 50, has_texts=False)
    assert (missed.kind, missed.reason.code) == ("message.missed", "not_in_time")
    assert missed.words is None


def test_events_go_after_a_week_and_who_asks_for_them_hears_it(
    session: Session, alice: Caller, account_id: int, read: None
) -> None:
    a_send(session, alice, account_id, NOW, *[Status.SCHEDULED] * 4)
    session.flush()
    for number in (1, 2, 3):
        session.get_one(OutboxEvent, number).at = NOW - timedelta(days=8)
    session.flush()

    assert events.prune_events(session, NOW) == 3
    with pytest.raises(events.InputError, match="forgotten"):
        events.list_events(session, alice, 1, 50, has_texts=False)
    with pytest.raises(events.InputError):
        events.list_events(session, alice, 99, 50, has_texts=False)
    assert [one.id for one in events.list_events(session, alice, 3, 50, has_texts=False)[0]] == [4]


def test_cancelling_is_told(
    session: Session, alice: Caller, charlie: Caller, account_id: int, read: None
) -> None:
    (one,) = a_send(session, alice, account_id, NOW)
    message_actions.decide_message(session, alice, one, "cancel", NOW)

    session.flush()
    found, _ = events.list_events(session, alice, 0, 50, has_texts=False)
    assert [one.kind for one in found] == ["message.scheduled", "message.cancelled"]
    assert events.list_events(session, charlie, 0, 50, has_texts=True)[0] == []


def test_a_reply_is_told_with_its_message_and_its_words_to_who_asks_for_them(
    scope: Scope, alice: Caller, account_id: int, read: None
) -> None:
    at = NOW + SOON
    (asked,) = sent_to(scope, alice, account_id, NOW, ANNA)
    report(scope, account_id, at, wrote(ANNA, "I come", at))
    report(scope, account_id, at, wrote(ANNA, "I come", at))  # told again

    assert kinds(scope).count("reply.received") == 1
    with scope(write=False) as session:
        told, _ = events.list_events(session, alice, 0, 50, has_texts=True)
        fact = next(one for one in told if one.kind == "reply.received")
        assert fact.words is not None
        assert (fact.words.text, fact.words.phone) == ("I come", ANNA)
        data = event_payload(fact, OpaqueIds("secret"))["data"]
        assert data["message"] == OpaqueIds("secret").write(Kind.MESSAGE, asked)
        assert data["reply"].startswith("rep_")
