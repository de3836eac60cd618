"""What reaches the recipient, and what is known afterwards."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlmodel import select

from tests.reasons import said, words
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.fakes import FakeClock, FakeGateway
from wasched.domain.content import Media, Text
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import ReceiptKind, ReceiptSeen
from wasched.domain.message import Status
from wasched.models import Account, Attempt, Message, Outcome
from wasched.services.caller import Caller
from wasched.services.delivery import claim, expiry
from wasched.services.delivery.sender import AccountSender
from wasched.services.line import link_events
from wasched.services.messages import message_actions as decisions
from wasched.services.ports import Evidence, SendTrace
from wasched.services.schedules import create

DILNOZA = "+49 151 2345 6789"


def a_request(account_id: int, *to: str, **values: object) -> create.ScheduleRequest:
    fields = {
        "account_id": account_id,
        "to": to or (DILNOZA,),
        "contents": (Text("Rehearsal at 19:30"),),
        "day": None,
        "clock": None,
        "zone": "Europe/Berlin",
    }
    return create.ScheduleRequest(**(fields | values))


def schedule(
    scope: Scope, user: Caller, request: create.ScheduleRequest, now: datetime = NOW
) -> int:
    with scope() as session:
        return create.create_schedule(session, user, request, now).schedule_id


def messages(scope: Scope) -> list[Message]:
    with scope(write=False) as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


@pytest.fixture
def desk(account_id: int, gateway: FakeGateway, scope: Scope, clock: FakeClock) -> AccountSender:
    return AccountSender(account_id, gateway, scope, clock, Random(1))


def test_a_due_message_is_sent_once(scope, alice, account_id, desk, gateway):
    schedule(scope, alice, a_request(account_id))

    desk.drain()
    desk.drain()

    assert [one.to for one in gateway.outbox] == ["4915123456789@s.whatsapp.net"]
    assert [one.status for one in messages(scope)] == [Status.SENT]


def test_a_message_waits_for_its_instant(scope, alice, account_id, desk, gateway):
    tomorrow = a_request(
        account_id, day=NOW.date() + timedelta(days=1), clock=datetime(2026, 1, 1, 9, 0).time()
    )
    schedule(scope, alice, tomorrow)

    assert desk.drain() == datetime(2026, 3, 13, 8, 0, tzinfo=UTC)
    assert gateway.outbox == []


def test_a_cancelled_message_is_not_sent(scope, alice, account_id, desk, gateway):
    schedule(scope, alice, a_request(account_id))
    with scope() as session:
        session.scalars(select(Message)).one().status = Status.CANCELLED

    desk.drain()

    assert gateway.outbox == []


def test_nothing_goes_out_through_a_paused_account(scope, alice, desk, account_id, gateway):
    schedule(scope, alice, a_request(account_id))
    with scope() as session:
        session.get(Account, account_id).paused_at = NOW

    assert desk.drain() is None
    assert gateway.outbox == []


def test_a_message_that_never_left_is_tried_again(scope, alice, account_id, desk, gateway, clock):
    gateway.answers = [SendError(said("No connection."), permanent=False, left=False)]
    schedule(scope, alice, a_request(account_id))

    until = desk.drain()
    clock.sleep_until(until or clock.now())
    clock.move(minutes=1)
    desk.drain()

    assert len(gateway.outbox) == 1
    assert [one.attempts for one in messages(scope)] == [2]


def test_a_file_that_cannot_be_had_just_now_is_tried_again_and_texts_go_out(
    scope, alice, account_id, desk, gateway, clock
):
    gateway.missing = [SendError(said("The store is away."), permanent=False)]
    film = Media("document", "/srv/a.pdf", "application/pdf", filename="a.pdf")
    schedule(scope, alice, a_request(account_id, contents=(film,)))
    schedule(scope, alice, a_request(account_id, "+4915123456790"))

    desk.drain()

    clock.move(minutes=1)
    desk.drain()

    assert [one.content for one in gateway.outbox] == [Text("Rehearsal at 19:30"), film]
    assert [one.status for one in messages(scope)] == [Status.SENT, Status.SENT]


def test_a_file_that_is_gone_fails_its_message(scope, alice, account_id, desk, gateway):
    gateway.missing = [SendError(said("It is gone."), permanent=True)]
    film = Media("document", "/srv/a.pdf", "application/pdf", filename="a.pdf")
    schedule(scope, alice, a_request(account_id, contents=(film,)))

    desk.drain()

    assert [one.status for one in messages(scope)] == [Status.FAILED]
    assert gateway.outbox == []


def test_a_refused_message_fails_at_once(scope, alice, account_id, desk, gateway):
    gateway.answers = [SendError(said("Not on WhatsApp."), permanent=True, left=True)]
    schedule(scope, alice, a_request(account_id))

    desk.drain()

    assert [(one.status, words(one.reason)) for one in messages(scope)] == [
        (Status.FAILED, "Not on WhatsApp.")
    ]


def test_a_message_that_may_have_left_is_never_sent_again(
    scope, alice, account_id, desk, gateway, clock
):
    gateway.answers = [SendError(said("Time ran out."), permanent=False, left=None)]
    gateway.evidence = lambda secret, at: Evidence(SendTrace.LEFT, "3EB0AAAA")
    schedule(scope, alice, a_request(account_id))

    desk.drain()
    clock.move(hours=1)
    desk.drain()

    assert gateway.outbox == []
    assert [one.status for one in messages(scope)] == [Status.UNKNOWN]


def test_a_receipt_settles_a_message_that_may_have_left(
    scope, alice, account_id, desk, gateway, clock
):
    gateway.answers = [SendError(said("Time ran out."), permanent=False, left=None)]
    gateway.evidence = lambda secret, at: Evidence(SendTrace.LEFT, "3EB0AAAA")
    schedule(scope, alice, a_request(account_id))
    desk.drain()

    _receive(scope, account_id, "3EB0AAAA", ReceiptKind.DELIVERED)

    assert [one.status for one in messages(scope)] == [Status.DELIVERED]


@pytest.mark.parametrize("choice", ["send_again", "cancel"])
def test_a_receipt_that_comes_after_the_decision_still_settles_it(
    scope, alice, account_id, desk, gateway, choice
):
    gateway.answers = [SendError(said("Time ran out."), permanent=False, left=None)]
    gateway.evidence = lambda *_: Evidence(SendTrace.LEFT, "3EB0AAAA")
    schedule(scope, alice, a_request(account_id))
    desk.drain()
    with scope() as session:
        decisions.decide_message(session, alice, 1, choice, NOW)

    _receive(scope, account_id, "3EB0AAAA", ReceiptKind.READ)
    desk.drain()

    assert gateway.outbox == []
    assert [one.status for one in messages(scope)] == [Status.READ]


def test_a_receipt_may_come_before_the_answer(scope, alice, account_id, desk, gateway):
    _receive(scope, account_id, "3EB00001", ReceiptKind.READ)
    schedule(scope, alice, a_request(account_id))

    desk.drain()

    assert [one.status for one in messages(scope)] == [Status.READ]


def test_a_poisoned_message_holds_up_nobody(scope, alice, account_id, desk, gateway, clock):
    schedule(scope, alice, a_request(account_id, DILNOZA))
    schedule(scope, alice, a_request(account_id, "+49 151 2345 6780"))
    send = gateway.send

    def poisoned(outgoing):
        if outgoing.to.startswith("4915123456789"):
            raise RuntimeError("poison")
        return send(outgoing)

    gateway.send = poisoned

    until = desk.drain()
    while until is not None:
        clock.sleep_until(until)
        until = desk.drain()

    assert [one.to for one in gateway.outbox] == ["4915123456780@s.whatsapp.net"]
    assert [(one.status, words(one.reason)) for one in messages(scope)] == [
        (Status.MISSED, "Something unexpected happened."),
        (Status.SENT, ""),
    ]


def test_a_message_that_ends_the_line_each_time_is_given_up(
    scope, alice, account_id, desk, gateway, clock
):
    schedule(scope, alice, a_request(account_id, DILNOZA, late_s=365 * 86400))
    schedule(scope, alice, a_request(account_id, "+49 151 2345 6780"))
    send = gateway.send

    def deadly(outgoing):
        if outgoing.to.startswith("4915123456789"):
            raise SendError(said("The process ended."), permanent=False, left=None, ended_line=True)
        return send(outgoing)

    gateway.send = deadly

    until = desk.drain()
    while until is not None:
        clock.sleep_until(until)
        until = desk.drain()

    deadly_one, other = messages(scope)
    assert (deadly_one.status, deadly_one.attempts) == (Status.FAILED, 3)
    assert words(deadly_one.reason).startswith("The link to WhatsApp ended each time")
    assert other.status == Status.SENT


def test_what_a_crash_kept_from_leaving_is_tried_after_a_pause(
    scope, alice, account_id, gateway, clock
):
    schedule(scope, alice, a_request(account_id))
    for _ in range(4):
        with scope() as session:
            claim.claim_due(session, account_id, clock.now(), Random(1))
        desk = AccountSender(account_id, gateway, scope, clock, Random(1))
        gateway.is_ready = False
        desk.drain()
        clock.sleep_until(messages(scope)[0].try_at)

    assert NOW + timedelta(seconds=2) < clock.now() < NOW + timedelta(seconds=2 + 4 + 8 + 16)


def test_not_now_is_neither_failure_nor_attempt(scope, alice, account_id, desk, gateway):
    gateway.answers = [NotNow(said("No connection."))]
    schedule(scope, alice, a_request(account_id))

    desk.drain()

    [message] = messages(scope)
    assert (message.status, message.attempts) == (Status.SCHEDULED, 0)
    with scope() as session:
        assert session.scalars(select(Attempt)).all() == []


@pytest.mark.parametrize(
    ("known", "status"),
    [
        (Evidence(SendTrace.NEVER_LEFT), Status.SENT),
        (Evidence(SendTrace.LEFT, "3EB0BBBB"), Status.UNKNOWN),
        (Evidence(SendTrace.GONE), Status.UNKNOWN),
    ],
)
def test_a_crash_while_sending_is_settled_by_evidence(
    scope, alice, account_id, gateway, clock, known, status
):
    schedule(scope, alice, a_request(account_id))
    with scope() as session:
        [held] = claim.claim_due(session, account_id, NOW, Random(1))
    gateway.traces[held.secret] = known

    AccountSender(account_id, gateway, scope, clock, Random(1)).drain()

    assert [one.status for one in messages(scope)] == [status]


def test_a_message_past_its_late_window_is_missed(scope, alice, account_id, desk, gateway, clock):
    schedule(scope, alice, a_request(account_id, late_s=600))
    clock.move(minutes=11)

    desk.drain()
    with scope() as session:
        expiry.expire_messages(session, clock.now())

    assert gateway.outbox == []
    assert [one.status for one in messages(scope)] == [Status.MISSED]


def test_messages_keep_the_gap_between_them(scope, alice, gateway, clock):
    account_id = add_account(scope, alice, gap_min_s=12, gap_max_s=25)
    desk = AccountSender(account_id, gateway, scope, clock, Random(1))
    schedule(scope, alice, a_request(account_id, DILNOZA, "+49 151 2345 6780"))

    until = desk.drain()

    assert len(gateway.outbox) == 1
    assert until is not None
    assert timedelta(seconds=12) <= until - NOW <= timedelta(seconds=25)


def test_a_late_answer_of_the_database_is_written_for_every_message(
    scope, alice, account_id, desk, gateway
):
    numbers = [f"+49 151 2345 {number:04}" for number in range(120)]
    schedule(scope, alice, a_request(account_id, *numbers))

    desk.drain()

    assert len({one.to for one in gateway.outbox}) == len(gateway.outbox) == 120
    assert {one.status for one in messages(scope)} == {Status.SENT}
    with scope() as session:
        outcomes = session.scalars(select(Attempt.outcome)).all()
    assert outcomes == [Outcome.TAKEN] * 120


def _receive(scope: Scope, account_id: int, whatsapp_id: str, kind: ReceiptKind) -> None:
    seen = ReceiptSeen((whatsapp_id,), kind, "chat@lid", "chat@lid", NOW)
    with scope() as session:
        link_events.apply_event(session, account_id, [seen], NOW)


def test_what_has_little_time_left_goes_before_what_has_a_day(scope, alice, gateway, clock):
    account_id = add_account(scope, alice, gap_min_s=5, gap_max_s=5)
    desk = AccountSender(account_id, gateway, scope, clock, Random(1))
    backlog = [f"+49 151 2345 {number:04}" for number in range(100)]
    schedule(scope, alice, a_request(account_id, *backlog, late_s=24 * 3600))
    clock.move(minutes=1)
    schedule(scope, alice, a_request(account_id, "+49 151 3000 0000", late_s=300), clock.now())

    for _ in range(3):
        clock.sleep_until(desk.drain() or clock.now())

    assert "4915130000000@s.whatsapp.net" in [one.to for one in gateway.outbox]
