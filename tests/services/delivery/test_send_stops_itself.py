"""A send that goes badly stops itself, waits for a word, and loses nothing by it."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlmodel import func, select

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.fakes import FakeClock, FakeGateway
from wasched.domain.content import Text
from wasched.domain.errors import InputError, MovedOnError, NotFoundError, RoleError, SendError
from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import Code, Reason
from wasched.models import (
    Account,
    AccountDay,
    AuditEntry,
    EventReader,
    HoldState,
    Message,
    OutboxEvent,
    Role,
    SendHold,
)
from wasched.services import schedules
from wasched.services.alerts import sightings
from wasched.services.caller import Caller
from wasched.services.delivery import claim, expiry
from wasched.services.delivery.sender import AccountSender
from wasched.services.messages import dashboard, message_actions
from wasched.services.schedules import create, held_sends

REFUSED = SendError(Reason(Code.NOT_TAKEN), permanent=True, left=True, code=406)
PEOPLE = 150


@pytest.fixture
def account_id(scope: Scope, alice: Caller) -> int:
    """An account with four weeks in which all went well."""
    made = add_account(scope, alice)
    with scope() as session:
        for back in range(1, 29):
            day = (NOW - timedelta(days=back)).date()
            well = {"sent": 30, "soon": 30, "in_time": 30, "arrived": 30}
            counted = AccountDay(account_id=made, day=day, counted_at=NOW, **well)
            session.add(counted)
    return made


@pytest.fixture
def schedule_id(scope: Scope, alice: Caller, account_id: int) -> int:
    to = tuple(f"+49 151 2345 {number}" for number in range(6000, 6000 + PEOPLE))
    asked = create.ScheduleRequest(
        account_id, to, (Text("Rehearsal"),), NOW.date(), NOW.time(), "UTC", late_s=7200
    )
    with scope() as session:
        create.create_schedule(session, alice, asked, NOW)
        return session.scalars(select(Message.schedule_id)).first() or 0


def sender(scope: Scope, account_id: int, gateway: FakeGateway, clock: FakeClock) -> AccountSender:
    return AccountSender(account_id, gateway, scope, clock, Random(1))


def send_on(desk: AccountSender, clock: FakeClock, seconds: float) -> None:
    end = clock.now() + timedelta(seconds=seconds)
    while clock.now() < end:
        desk.drain()
        clock.move(seconds=10)


def tally(scope: Scope) -> dict[str, int]:
    with scope(write=False) as session:
        rows = session.execute(select(Message.status, func.count()).group_by(Message.status))
        return dict(rows.all())


def the_hold(scope: Scope) -> SendHold:
    with scope(write=False) as session:
        return session.scalars(select(SendHold)).one()


@pytest.fixture
def stopped(
    scope: Scope, account_id: int, schedule_id: int, gateway: FakeGateway, clock: FakeClock
) -> AccountSender:
    """Most of what goes is refused, until it stops."""
    gateway.answers = [REFUSED, REFUSED, None] * PEOPLE
    desk = sender(scope, account_id, gateway, clock)
    desk.drain()
    return desk


def key_of(scope: Scope) -> tuple[int, datetime]:
    with scope(write=False) as session:
        return session.scalars(select(Message.schedule_id)).first() or 0, NOW


def test_a_send_of_which_much_is_refused_stops_and_stays_so_for_the_next_worker(
    scope: Scope,
    account_id: int,
    stopped: AccountSender,
    gateway: FakeGateway,
    clock: FakeClock,
    alice: Caller,
) -> None:
    gone = PEOPLE - tally(scope)[Status.SCHEDULED]

    assert 30 <= gone <= PEOPLE // 3
    send_on(sender(scope, account_id, gateway, clock), clock, 60)
    assert tally(scope)[Status.SCHEDULED] == PEOPLE - gone
    with scope(write=False) as session:
        waiting = session.scalars(select(Message).where(Message.status == Status.SCHEDULED)).all()
        view = dashboard.home_view(session, alice, clock.now())
        seen = sightings.all_sightings(session, clock.now())
    assert {one.try_at for one in waiting} == {NO_TRY}
    shown = view.held_sends[0]
    assert (shown.waiting, shown.seen, view.needing) == (len(waiting), 30, 2)  # and what failed
    assert view.going == []
    assert [one.kind for one in seen if one.kind == "send_held"] == ["send_held"]


def test_whatever_lets_a_message_of_it_wait_for_its_time_it_is_not_claimed(
    scope: Scope, account_id: int, stopped: AccountSender, clock: FakeClock
) -> None:
    before = tally(scope)
    with scope() as session:
        for one in session.scalars(select(Message).where(Message.status == Status.SCHEDULED)):
            one.try_at = clock.now()

    with scope() as session:
        clock.move(seconds=60)
        claimed = claim.claim_due(session, account_id, clock.now(), Random(1))

    assert isinstance(claimed, claim.Idle) or claimed == []
    assert tally(scope) == before


def test_the_claim_itself_takes_none_of_it_whatever_forgets_to_look(
    scope: Scope,
    account_id: int,
    stopped: AccountSender,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with scope() as session:
        for one in session.scalars(select(Message).where(Message.status == Status.SCHEDULED)):
            one.try_at = clock.now()
    monkeypatch.setattr(claim, "blocked_columns", lambda *_: {})

    with pytest.raises(claim.TakenError), scope() as session:
        claim.claim_due(session, account_id, clock.now(), Random(1))


def test_let_go_on_it_sends_the_rest_and_is_not_stopped_again(
    scope: Scope,
    stopped: AccountSender,
    gateway: FakeGateway,
    clock: FakeClock,
    alice: Caller,
    charlie: Caller,
) -> None:
    key = key_of(scope)
    with scope() as session:
        session.add(EventReader(space_id=alice.space_id))
    with pytest.raises(NotFoundError), scope() as session:
        held_sends.let_go_on(session, charlie, key, clock.now())
    with scope() as session:
        assert held_sends.let_go_on(session, alice, key, clock.now()) == 100
    with pytest.raises(MovedOnError, match="Alice let it go on already"), scope() as session:
        held_sends.take_back_rest(session, alice, key, clock.now())

    stopped.drain()

    assert Status.SCHEDULED not in tally(scope)
    assert the_hold(scope).state == HoldState.GONE_ON
    with scope(write=False) as session:
        told = [one.what.code for one in session.scalars(select(AuditEntry))]
        events = session.scalars(
            select(OutboxEvent).where(OutboxEvent.kind == "schedule.hold_changed")
        ).all()
    assert Code.LET_SEND_GO_ON in told
    assert [(one.state, one.due_at) for one in events] == [("gone_on", NOW)]


def test_the_rest_is_taken_back_and_what_went_stays(
    scope: Scope, stopped: AccountSender, clock: FakeClock, alice: Caller
) -> None:
    before = tally(scope)

    with scope() as session:
        back = held_sends.take_back_rest(session, alice, key_of(scope), clock.now())

    assert tally(scope) == {
        Status.CANCELLED: back,
        Status.FAILED: before[Status.FAILED],
        Status.SENT: before[Status.SENT],
    }


def test_an_author_may_take_back_and_not_let_go_on(
    scope: Scope, stopped: AccountSender, clock: FakeClock, alice: Caller
) -> None:
    author = replace(alice, role=Role.AUTHOR)

    with scope(write=False) as session:
        shown = held_sends.list_held(session, author)[0]
        assert (shown.may_go_on, shown.may_take_back) == (False, True)
        with pytest.raises(RoleError):
            held_sends.let_go_on(session, author, key_of(scope), clock.now())


def test_nothing_of_it_is_sent_by_hand_before_that_is_decided(
    scope: Scope, stopped: AccountSender, clock: FakeClock, alice: Caller, schedule_id: int
) -> None:
    with scope() as session:
        failed = session.scalars(select(Message.id).where(Message.status == Status.FAILED)).first()

    with pytest.raises(InputError, match="stopped itself"), scope() as session:
        message_actions.decide_message(session, alice, failed or 0, "send_again", clock.now())


def test_a_pause_and_its_end_let_nothing_out(
    scope: Scope, stopped: AccountSender, clock: FakeClock, alice: Caller, schedule_id: int
) -> None:
    before = tally(scope)

    with scope() as session:
        schedules.pause_schedule(session, alice, schedule_id, clock.now())
    with scope() as session:
        schedules.resume_schedule(session, alice, schedule_id, clock.now())
    send_on(stopped, clock, 100)

    assert tally(scope) == before


def test_what_nobody_decides_about_is_missed_at_its_time(
    scope: Scope, stopped: AccountSender, clock: FakeClock, alice: Caller
) -> None:
    clock.move(hours=3)
    with scope() as session:
        expiry.expire_messages(session, clock.now())

    assert Status.SCHEDULED not in tally(scope)
    assert the_hold(scope).state == HoldState.OVER
    with scope(write=False) as session:
        missed = session.scalars(select(Message).where(Message.status == Status.MISSED)).first()
        assert missed is not None and missed.reason.code == Code.STOPPED_ITSELF
        assert held_sends.list_held(session, alice) == []


@pytest.mark.parametrize(("arrives", "is_stopped"), [(True, False), (False, True)])
def test_silence_stops_a_send_too_where_there_is_a_connection(
    scope: Scope,
    account_id: int,
    schedule_id: int,
    gateway: FakeGateway,
    clock: FakeClock,
    *,
    arrives: bool,
    is_stopped: bool,
) -> None:
    with scope() as session:
        account = session.get_one(Account, account_id)
        account.gap_min_s = account.gap_max_s = 20
    desk = sender(scope, account_id, gateway, clock)
    for _ in range(40):
        send_on(desk, clock, 20)
        with scope() as session:
            for one in session.scalars(select(Message).where(Message.status == Status.SENT)):
                if arrives and one.sent_at:
                    one.status, one.delivered_at = Status.DELIVERED, one.sent_at

    with scope(write=False) as session:
        assert (session.scalars(select(SendHold)).first() is not None) is is_stopped
