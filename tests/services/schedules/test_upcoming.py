"""What a schedule's page says is to come is what will happen, as its messages stand."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from tests.services.conftest import NOW
from tests.services.requests import ANNA, BEN, a_request, daily, once, save
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services import schedules
from wasched.services.messages import bulk, calendar, message_actions
from wasched.services.schedules import timing

TODAY = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
"""18:00 in Berlin."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def first_id(scope):
    def found():
        with scope(write=False) as session:
            waiting = select(Message.id).where(Message.status == Status.SCHEDULED)
            return session.scalars(waiting.order_by(Message.id)).first()

    return found


@pytest.fixture
def moved(scope, alice, first_id, clock):
    """Moves the first message that waits by some hours."""

    def move(hours):
        with scope() as session:
            bulk.move_messages(session, alice, [first_id()], timedelta(hours=hours), clock.now())

    return move


def at(view):
    return [one.at for one in view.next_times]


def listed(scope, user, now):
    with scope(write=False) as session:
        return schedules.list_schedules(session, user, now).lines


@pytest.mark.parametrize("where", ["message", "schedule"])
def test_sent_ahead_from_either_page_the_series_goes_on(
    scope, alice, account_id, life, gateway, first_id, where
):
    made = save(scope, alice, daily(account_id), NOW)

    if where == "message":
        life.do(message_actions.decide_message, first_id(), "send_now")
    else:
        life.do(schedules.send_now, made)
    life.sweep()

    view = life.shown(made)
    assert at(view)[:2] == [TODAY + DAY, TODAY + 2 * DAY]
    assert view.line.next_at == TODAY + DAY
    assert [one.occurrence_at for one in life.messages()] == [TODAY, TODAY + DAY]
    assert listed(scope, alice, NOW)[0].next_at == TODAY + DAY
    life.pass_to(TODAY + HOUR)
    assert len(gateway.outbox) == 1


def test_one_person_ahead_leaves_the_time_to_the_others_until_all_have_it(
    scope, alice, account_id, life, first_id
):
    made = save(scope, alice, daily(account_id, ANNA, BEN), NOW)

    with scope(write=False) as session:
        assert message_actions.message_story(session, alice, first_id(), NOW).others == 1
    life.send_one_now()
    assert at(life.shown(made))[0] == TODAY
    life.send_one_now()

    assert at(life.shown(made))[0] == TODAY + DAY
    assert life.shown(made).line.waiting == 2


def test_a_message_that_was_moved_is_told_where_it_stands(
    scope, alice, account_id, life, moved, gateway
):
    made = save(scope, alice, daily(account_id), NOW)
    moved(26)

    first, second = life.shown(made).next_times[:2]
    assert (first.at, second.at, second.moved_from) == (TODAY + DAY, TODAY + DAY + 2 * HOUR, TODAY)
    life.pass_to(TODAY + HOUR)  # the series has gone on; what was moved still waits
    second = life.shown(made).next_times[1]
    assert (second.moved_from, second.has_begun) == (TODAY, True)


def test_what_was_cancelled_is_not_to_come_and_skip_means_the_one_that_is_shown(
    scope, alice, account_id, life, first_id
):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(message_actions.decide_message, first_id(), "cancel")
    assert life.shown(made).line.next_at == at(life.shown(made))[0] == TODAY + DAY

    life.do(schedules.skip_next, made)

    assert at(life.shown(made))[0] == TODAY + 2 * DAY


def test_a_single_one_that_was_moved_says_so_and_an_edit_has_the_last_word(
    scope, alice, account_id, life, moved, clock
):
    made = save(scope, alice, once(account_id, at=datetime(2026, 3, 13, 18)), NOW)
    moved(2)
    view = life.shown(made)
    assert at(view) == [TODAY + DAY + 2 * HOUR]
    assert view.line.sentence == "Once, tomorrow at 20:00"

    with scope() as session:
        request = replace(schedules.request_of(session, alice, made), clock=time(21))
        schedules.edit_schedule(session, alice, made, request, clock.now())

    assert at(life.shown(made)) == [TODAY + DAY + 3 * HOUR]


def test_what_is_over_has_nothing_to_come(scope, alice, account_id, life):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.end_schedule, made)

    view = life.shown(made)
    assert (view.next_times, view.line.next_at, "skip" in view.may) == ([], None, False)


def test_any_time_to_come_can_be_named_and_none_that_is_not(
    scope, alice, account_id, life, first_id
):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.skip_date, made, datetime(2026, 3, 20, 18))

    def named(instant):
        with scope(write=False) as session:
            return schedules.usual_occurrence(session, alice, made, instant, NOW)

    assert named(TODAY + 40 * DAY - HOUR).own == datetime(2026, 4, 21, 18)  # in summer time
    assert [named(TODAY + days) for days in (8 * DAY, HOUR, -DAY)] == [None] * 3
    life.do(message_actions.decide_message, first_id(), "send_now")
    assert named(TODAY) is None


def test_days_left_out_stay_so_on_other_weekdays(scope, alice, account_id, life, clock):
    said = "every thursday at 18:00 except 16 march to 5 april"
    found = timing.when_typed(said, NOW, "Europe/Berlin")
    made = save(scope, alice, a_request(account_id).at(found), NOW)

    with scope() as session:
        request = schedules.request_of(session, alice, made)
        request = replace(request, day=date(2026, 3, 13), rrule="FREQ=WEEKLY;BYDAY=FR")
        schedules.edit_schedule(session, alice, made, request, clock.now())

    assert [one.local.date() for one in life.shown(made).next_times[:2]] == [
        date(2026, 3, 13),
        date(2026, 4, 10),
    ]


def test_what_somebody_had_early_still_comes_for_who_is_added_later(
    scope, alice, account_id, life, gateway, clock
):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.skip_next, made)
    life.send_one_now()
    life.do(schedules.unskip_date, made, datetime(2026, 3, 12, 18))
    assert at(life.shown(made))[:2] == [TODAY, TODAY + 2 * DAY]
    with scope(write=False) as session:
        shown = calendar.calendar_days(session, alice, date(2026, 3, 12), 4, clock.now())
    assert [[one.at for one in day.coming] for day in shown] == [
        *([], [], [TODAY + 2 * DAY], [TODAY + 3 * DAY])
    ]

    with scope() as session:
        request = replace(schedules.request_of(session, alice, made), to=(ANNA, BEN))
        schedules.edit_schedule(session, alice, made, request, clock.now())

    assert at(life.shown(made))[:3] == [TODAY, TODAY + DAY, TODAY + 2 * DAY]
    life.pass_to(TODAY + DAY + HOUR)
    assert [one.to[:-15] for one in gateway.outbox] == [ANNA[1:], ANNA[1:], BEN[1:], BEN[1:]]
