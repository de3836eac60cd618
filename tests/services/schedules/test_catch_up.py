"""After a downtime: what can still go in time goes, the past asks, and nothing comes twice."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.product import until
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.life import Life
from tests.services.requests import ANNA, BEN, a_request, daily, save
from wasched import background, bootstrap, tasks
from wasched.domain import recurrence
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.models import Message, Schedule
from wasched.services import schedules
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender
from wasched.services.effects import Effect, Wake
from wasched.services.recipients import recipients
from wasched.services.schedules import catch_up, create, occurrences
from wasched.services.server import after_restore

FIRST = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
"""18:00 in Berlin, where everything here is due once a day, and may be five minutes late."""


def today(days: int) -> datetime:
    """The instant of the occurrence that comes so many days after the first."""
    local = (FIRST + timedelta(days=days)).replace(hour=18, tzinfo=None)
    return occurrences.wall_clock.instant(local, occurrences.wall_clock.zone("Europe/Berlin"))


def wake_up(scope: Scope, clock: FakeClock, at: datetime) -> Iterator[catch_up.CatchUpStep]:
    """Start the worker at an instant; the steps it makes are still to be taken."""
    clock.sleep_until(at)
    with scope() as session:
        create.put_right(session, clock.now())
    return catch_up.work_off(scope, clock)


def take_needed(steps: Iterator[catch_up.CatchUpStep]) -> None:
    """Go on for as long as it is about what can still go in time."""
    for step in steps:
        if not step.is_needed:
            return


def rows(scope: Scope) -> Counter[tuple[int, datetime, int]]:
    """How often there is a message of a schedule, an occurrence and a recipient."""
    with scope(write=False) as session:
        found = select(Message.schedule_id, Message.occurrence_at, Message.recipient_id)
        return Counter(tuple(one) for one in session.execute(found))


def by_status(scope: Scope) -> Counter[str]:
    with scope(write=False) as session:
        return Counter(session.scalars(select(Message.status)))


@pytest.mark.parametrize("many", [40, 60])
def test_todays_messages_go_in_time_and_all_of_the_past_asks(
    scope: Scope,
    alice: Caller,
    account_id: int,
    clock: FakeClock,
    gateway: FakeGateway,
    many: int,
) -> None:
    for _ in range(many):
        save(scope, alice, daily(account_id, late_s=300), NOW)
    steps = wake_up(scope, clock, today(many) - timedelta(seconds=64))

    take_needed(steps)
    assert clock.now() < today(many) - timedelta(seconds=60)
    clock.sleep_until(today(many))
    AccountSender(account_id, gateway, scope, clock, Random(1)).drain()
    assert len(gateway.outbox) == many

    list(steps)
    assert set(rows(scope).values()) == {1}
    assert by_status(scope) == {
        Status.SENT: many,
        Status.MISSED: many * many,
        Status.SCHEDULED: many,  # tomorrow's
    }


def test_what_is_to_come_soonest_is_laid_out_first(
    scope: Scope,
    alice: Caller,
    account_id: int,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catch_up, "ROWS_AT_ONCE", 1)
    for at in ("21:00", "18:00", "20:00", "19:00"):
        save(scope, alice, daily(account_id, at=at, late_s=300), NOW)

    found: list[int] = []
    for step in wake_up(scope, clock, today(9) - timedelta(seconds=64)):
        if step.is_needed:
            made = {one for one, at, _ in rows(scope) if at > clock.now()}
            found += sorted(made - set(found))

    assert found == [2, 4, 3, 1]


def test_what_is_late_but_still_may_go_comes_before_what_is_too_late(
    scope: Scope,
    alice: Caller,
    account_id: int,
    clock: FakeClock,
    life: Life,
    gateway: FakeGateway,
) -> None:
    save(scope, alice, daily(account_id, late_s=300), NOW)
    save(scope, alice, daily(account_id, BEN, late_s=365 * 86400), NOW)

    take_needed(wake_up(scope, clock, today(9) + timedelta(minutes=4)))
    life.sweep()

    assert Counter(one.to[:-15] for one in gateway.outbox) == {ANNA[1:]: 1, BEN[1:]: 10}


def test_ten_years_of_a_rule_with_a_number_of_times_are_listed_and_it_ends(
    scope: Scope, alice: Caller, account_id: int, clock: FakeClock
) -> None:
    made = save(scope, alice, daily(account_id, rrule="FREQ=DAILY;COUNT=3000"), NOW)

    list(wake_up(scope, clock, today(3_600)))

    assert by_status(scope) == {Status.MISSED: 3_000}
    with scope(write=False) as session:
        assert session.get_one(Schedule, made).status == "ended"


def many_people(scope: Scope, alice: Caller, account_id: int, number: int) -> int:
    numbers = tuple(f"+49151{one:07}" for one in range(number))
    return save(scope, alice, daily(account_id, *numbers, late_s=300), NOW)


@pytest.mark.parametrize(
    ("people", "days"), [(1_200, 2), pytest.param(2_000, 30, marks=pytest.mark.torture)]
)
def test_a_schedule_for_thousands_is_listed_in_small_transactions(
    scope: Scope, alice: Caller, account_id: int, clock: FakeClock, people: int, days: int
) -> None:
    many_people(scope, alice, account_id, people)

    before, largest = people, 0
    for _ in wake_up(scope, clock, today(days) - timedelta(seconds=64)):
        with scope(write=False) as session:
            after = session.scalar(select(func.count()).select_from(Message)) or 0
        largest, before = max(largest, after - before), after

    assert by_status(scope) == {Status.MISSED: people * days, Status.SCHEDULED: people}
    assert largest <= 1.25 * catch_up.ROWS_AT_ONCE


def change_all(session: Any, user: Caller, made: int, now: datetime) -> None:
    request = daily(1, ANNA, BEN, at="20:00", late_s=300)
    schedules.edit_schedule(session, user, made, request, now)


def leave_today_out(session: Any, user: Caller, made: int, now: datetime) -> None:
    schedules.skip_next(session, user, made, now)


@pytest.mark.parametrize(
    ("deed", "left"),
    [
        (change_all, {Status.MISSED: 20, Status.SCHEDULED: 2}),
        (leave_today_out, {Status.MISSED: 20, Status.CANCELLED: 2, Status.SCHEDULED: 2}),
        (schedules.pause_schedule, {Status.MISSED: 20, Status.SCHEDULED: 2}),
        (schedules.cancel_schedule, {Status.MISSED: 20, Status.CANCELLED: 2}),
        (schedules.end_schedule, {Status.MISSED: 20, Status.CANCELLED: 2}),
        (schedules.send_now, {Status.MISSED: 20, Status.SCHEDULED: 4}),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_is_decided_between_today_and_the_past_loses_and_doubles_nothing(
    scope: Scope, alice: Caller, account_id: int, clock: FakeClock, deed: Any, left: Any
) -> None:
    made = save(scope, alice, daily(account_id, ANNA, BEN, late_s=300), NOW)
    steps = wake_up(scope, clock, today(10) - timedelta(seconds=64))
    next(steps)

    with scope() as session:
        deed(session, alice, made, clock.now())
    list(steps)
    list(catch_up.work_off(scope, clock))

    assert by_status(scope) == left
    assert set(rows(scope).values()) == {1}
    with scope(write=False) as session:
        waits = select(Message.due_at).where(Message.status == Status.SCHEDULED)
        assert all(one >= clock.now() - timedelta(seconds=1) for one in session.scalars(waits))


def test_who_joins_a_list_meanwhile_gets_todays_message_and_none_of_the_past(
    scope: Scope, alice: Caller, account_id: int, clock: FakeClock
) -> None:
    with scope() as session:
        anna, ben = (
            recipients.person_with_number(session, alice.space_id, one, NOW).id or 0
            for one in (ANNA, BEN)
        )
        choir = lists.add_list(session, alice, "Choir", NOW)
        lists.put_in(session, alice, choir, [anna], NOW)
    save(scope, alice, replace(daily(account_id, late_s=300), to=(), lists=(choir,)), NOW)
    steps = wake_up(scope, clock, today(10) - timedelta(seconds=64))
    next(steps)

    with scope() as session:
        lists.put_in(session, alice, choir, [ben], clock.now())
    list(steps)

    assert Counter(person for _, _, person in rows(scope)) == {anna: 11, ben: 1}


def test_what_takes_too_long_to_list_waits_with_a_sentence_but_can_be_stopped(
    scope: Scope,
    alice: Caller,
    account_id: int,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = save(scope, alice, daily(account_id, ANNA, BEN, late_s=300), NOW)
    next(steps := wake_up(scope, clock, today(10) - timedelta(seconds=64)))
    monkeypatch.setattr(catch_up, "ROWS_IN_A_DEED", 10)

    with pytest.raises(InputError, match="Try again in a minute"), scope() as session:
        schedules.skip_next(session, alice, made, clock.now())
    with scope() as session:
        schedules.cancel_schedule(session, alice, made, clock.now())
    list(steps)

    assert by_status(scope)[Status.SCHEDULED] == 0
    assert set(rows(scope).values()) == {1}


def test_a_backup_put_back_finds_all_that_was_due_since_and_sends_none_of_it(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    save(scope, alice, daily(account_id, late_s=365 * 86400), NOW)
    now = today(30) - timedelta(hours=1)

    with scope() as session:
        assert after_restore.put_aside(session, NOW, now) == 30

    assert by_status(scope) == {Status.MISSED: 30, Status.SCHEDULED: 1}


def test_a_worker_goes_on_at_once_and_lists_the_past_beside(
    scope: Scope,
    alice: Caller,
    account_id: int,
    clock: FakeClock,
    followed: list[Effect],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = [save(scope, alice, daily(account_id, late_s=300), NOW) for _ in range(3)]
    clock.sleep_until(today(20) - timedelta(seconds=64))
    monkeypatch.setattr(bootstrap, "database", lambda: scope)
    monkeypatch.setattr(bootstrap, "clock", lambda: clock)
    followed.clear()

    tasks.lay_out.call_local()

    assert followed == [Wake(account_id, today(20))]
    assert {one for one, at, _ in rows(scope) if at == today(20)} == set(made)
    until(lambda: len(rows(scope)) == 3 * 21, "all of the past is listed")
    until(lambda: not background._advancing.locked(), "the thread has ended")
    assert len(followed) == 1, "nobody is woken for what is too late to go"


RULES = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=DAILY;COUNT=20",
    "FREQ=DAILY;UNTIL=20111231T235959",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYMONTHDAY=31",
]


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rrule=st.sampled_from(RULES),
    zone=st.sampled_from(["Europe/Berlin", "Pacific/Apia", "America/New_York"]),
    at=st.sampled_from([time(0, 30), time(2, 30), time(18)]),
    down=st.lists(st.integers(0, 12 * 24), min_size=1, max_size=3),
    window=st.sampled_from([0, 300, 43_200, 365 * 86400]),
    rows_at_once=st.sampled_from([1, 3, 1_000]),
    kills=st.lists(st.integers(0, 4), max_size=3),
)
def test_whatever_the_downtime_each_occurrence_is_there_once(
    scope: Scope, alice: Caller, account_id: int,
    rrule: str, zone: str, at: time, down: list[int], window: int, rows_at_once: int,
    kills: list[int],
) -> None:  # fmt: skip
    begins = datetime(2011, 12, 20, tzinfo=UTC)  # Samoa left out a day that month
    clock = FakeClock(begins)
    when = {"day": date(2011, 12, 22), "clock": at, "zone": zone, "rrule": rrule}
    made = save(scope, alice, a_request(account_id, ANNA, BEN, late_s=window, **when), begins)
    with scope(write=False) as session:
        rule = occurrences.rule_of(session.get_one(Schedule, made))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catch_up, "ROWS_AT_ONCE", rows_at_once)
        for hours in down:
            clock.move(hours=hours)
            for number in kills:  # after so many steps, and started again
                list(islice(catch_up.work_off(scope, clock), number))
            list(catch_up.work_off(scope, clock))

    walked = [one for one, _ in islice(recurrence.walk_rule(rule, begins), 60)]
    passed = sum(one <= clock.now() for one in walked)
    expected = Counter((made, one, who) for one in walked[: passed + 1] for who in (1, 2))
    assert Counter({one: n for one, n in rows(scope).items() if one[0] == made}) == expected
    with suppress(InputError), scope() as session:  # unless it has ended
        schedules.cancel_schedule(session, alice, made, clock.now())
