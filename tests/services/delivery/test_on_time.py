"""Messages go at their instant: claimed a moment before, handed over neither early nor late."""

from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest
from sqlmodel import select

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.fakes import FakeClock, FakeGateway
from wasched.domain.content import Text
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender
from wasched.services.ports import Outgoing, SendReceipt
from wasched.services.schedules import create


class Watch(FakeGateway):
    """Takes everything, and notes when."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.instants: list[datetime] = []

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Take the message."""
        self.instants.append(self._clock.now())
        return super().send(outgoing)


@pytest.fixture
def watch(clock: FakeClock) -> Watch:
    return Watch(clock)


def schedule(scope: Scope, alice: Caller, account_id: int, at: datetime, **more: object) -> None:
    number = more.pop("to", "+49 151 2345 6789")
    request = create.ScheduleRequest(
        account_id, (number,), (Text("Rehearsal"),), at.date(), at.time(), "UTC", **more
    )
    with scope() as session:
        create.create_schedule(session, alice, request, NOW)


def live_on(desk: AccountSender, clock: FakeClock, until: datetime) -> None:
    """Drain whenever the desk asks for it, as the queue would."""
    while clock.now() < until:
        again = desk.drain()
        clock.sleep_until(min(again or until, until))


def test_each_message_is_handed_over_at_its_very_instant(scope, alice, account_id, clock, watch):
    wanted = [NOW + timedelta(seconds=2, milliseconds=gap) for gap in (0, 7, 21, 300, 301)]
    for instant in wanted:
        schedule(scope, alice, account_id, instant)

    AccountSender(account_id, watch, scope, clock, Random(1)).drain()

    assert watch.instants == wanted


def test_what_waits_for_the_end_of_quiet_hours_goes_when_they_end(scope, alice, clock, watch):
    account_id = add_account(scope, alice, quiet_from=time(17, 0), quiet_to=time(18, 0))
    schedule(scope, alice, account_id, datetime(2026, 3, 12, 16, 50, tzinfo=UTC))
    schedule(
        scope,
        alice,
        account_id,
        datetime(2026, 3, 12, 16, 55, tzinfo=UTC),
        respects_quiet_hours=True,
        late_s=7200,
    )

    live_on(
        AccountSender(account_id, watch, scope, clock, Random(1)), clock, NOW + timedelta(hours=3)
    )

    assert watch.instants == [
        datetime(2026, 3, 12, 16, 50, tzinfo=UTC),
        datetime(2026, 3, 12, 17, 0, tzinfo=UTC),  # 18:00 in Berlin
    ]


def test_what_the_daily_cap_puts_off_goes_at_midnight(scope, alice, clock, watch):
    account_id = add_account(scope, alice, daily_cap=1)
    evening = datetime(2026, 3, 12, 20, 0, tzinfo=UTC)
    for number in ("+49 151 2345 6781", "+49 151 2345 6782"):
        schedule(scope, alice, account_id, evening, to=number, late_s=86400)

    live_on(
        AccountSender(account_id, watch, scope, clock, Random(1)), clock, NOW + timedelta(hours=9)
    )

    midnight = datetime(2026, 3, 12, 23, 0, tzinfo=UTC)  # in Berlin
    assert watch.instants == [evening, midnight]


def test_a_gap_that_survived_a_restart_is_kept_to_its_end(scope, alice, clock, watch):
    ends = NOW + timedelta(seconds=1)
    account_id = add_account(scope, alice, gap_min_s=1, gap_max_s=1, next_send_at=ends)
    schedule(scope, alice, account_id, NOW)

    AccountSender(account_id, watch, scope, clock, Random(1)).drain()

    assert watch.instants == [ends]


def test_a_clock_set_back_while_a_batch_goes_out_stops_nothing(
    scope, alice, account_id, clock, watch
):
    for gap in (5, 10, 15):  # claimed together
        schedule(scope, alice, account_id, NOW + timedelta(milliseconds=gap))
    take = watch.send
    watch.send = lambda outgoing: (take(outgoing), clock.move(hours=-1))[0]

    AccountSender(account_id, watch, scope, clock, Random(1)).drain()

    assert len(watch.outbox) == 3
    assert clock.now() < NOW - timedelta(hours=2)


def test_no_late_window_at_all_still_lets_it_go_in_time(scope, alice, account_id, clock, watch):
    schedule(scope, alice, account_id, NOW + timedelta(seconds=1), late_s=0)

    AccountSender(account_id, watch, scope, clock, Random(1)).drain()

    assert len(watch.instants) == 1
    with scope(write=False) as session:
        assert session.scalars(select(Message.status)).all() == [Status.SENT]


def test_batches_of_any_size_send_everything_once(scope, alice, account_id, clock, watch):
    numbers = tuple(f"+49 151 {number:07}" for number in range(700))
    request = create.ScheduleRequest(account_id, numbers, (Text("Rehearsal"),), None, None, "UTC")
    with scope() as session:
        create.create_schedule(session, alice, request, NOW)

    AccountSender(account_id, watch, scope, clock, Random(1)).drain()

    assert len(watch.outbox) == len({one.to for one in watch.outbox}) == 700
