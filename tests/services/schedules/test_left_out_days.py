"""Days that are left out stay left out, however a schedule is edited, until they are taken in."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from tests.services.conftest import NOW
from tests.services.requests import ANNA, BEN, daily, save
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.models import Schedule
from wasched.services import schedules

TODAY = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
"""18:00 in Berlin."""
DAY = timedelta(days=1)
THE_15TH = datetime(2026, 3, 15, 18)


@pytest.fixture
def edit(scope, alice, life):
    def change(made, scope_, **values):
        with scope(write=False) as session:
            request = replace(schedules.request_of(session, alice, made), **values)
        return life.do(
            lambda session, user, schedule_id, now: schedules.edit_schedule(
                session, user, schedule_id, request, now, scope=scope_
            ),
            made,
        ).schedule_id

    return change


def days(view):
    """The days among the next times, and those that are skipped."""
    return [one.local.day for one in view.next_times], [one.local.day for one in view.skipped]


@pytest.mark.parametrize("scope_", ["all", "following"])
@pytest.mark.parametrize(
    "values",
    [
        {"clock": time(20)},
        {"clock": time(9)},
        {"rrule": "FREQ=DAILY;COUNT=30"},
        {"rrule": "FREQ=WEEKLY;BYDAY=MO,WE,SA,SU"},
        {"zone": "Asia/Tokyo"},
        {"zone": "Asia/Tokyo", "clock": time(7)},
        {"exdates": ()},
        {"exdates": (datetime(2026, 3, 16, 18),)},
    ],
)
def test_a_day_left_out_stays_so_whatever_is_edited(
    scope, alice, account_id, edit, life, gateway, scope_, values
):
    made = save(scope, alice, daily(account_id), NOW)
    life.pass_to(TODAY + timedelta(minutes=1))
    life.do(schedules.skip_date, made, THE_15TH)

    made = edit(made, scope_, **values)

    coming, skipped = days(life.shown(made))
    assert 15 in skipped and not set(coming) & set(skipped)
    life.pass_to(datetime(2026, 3, 14, 23, tzinfo=UTC))
    before = len(gateway.outbox)
    life.pass_to(datetime(2026, 3, 15, 14, 30, tzinfo=UTC))  # before the 16th begins in Tokyo
    assert len(gateway.outbox) == before


def test_a_day_left_out_stays_so_when_a_number_of_times_ends_behind_it(
    scope, alice, account_id, edit, life, gateway
):
    made = save(scope, alice, daily(account_id, rrule="FREQ=DAILY;COUNT=5"), NOW)
    life.pass_to(TODAY + timedelta(minutes=1))
    life.do(schedules.skip_date, made, THE_15TH)

    edit(made, "following", late_s=600)
    life.pass_to(TODAY + 9 * DAY)

    assert len(gateway.outbox) == 4  # times that are skipped count


def test_a_day_left_out_is_taken_in_again_at_the_new_time(
    scope, alice, account_id, edit, life, gateway
):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.skip_next, made)
    edit(made, "all", clock=time(20))

    life.do(schedules.unskip_date, made, datetime(2026, 3, 12, 20))
    life.pass_to(TODAY + timedelta(hours=1))
    assert gateway.outbox == []
    life.pass_to(TODAY + timedelta(hours=3))

    assert len(gateway.outbox) == 1


def test_who_was_taken_off_meanwhile_gets_nothing_of_a_day_that_is_taken_in_again(
    scope, alice, account_id, edit, life, gateway
):
    made = save(scope, alice, daily(account_id, ANNA, BEN), NOW)
    life.do(schedules.skip_next, made)
    edit(made, "all", to=(BEN,))

    life.do(schedules.unskip_date, made, datetime(2026, 3, 12, 18))
    life.pass_to(TODAY)

    assert [one.to[:-15] for one in gateway.outbox] == [BEN[1:]]


def test_a_day_that_is_none_of_the_rules_any_more_cannot_be_taken_in(
    scope, alice, account_id, edit, life, gateway
):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.skip_date, made, THE_15TH)  # a Sunday
    edit(made, "all", rrule="FREQ=WEEKLY;BYDAY=MO")

    assert life.shown(made).skipped == []
    with pytest.raises(InputError, match="moved on"):
        life.do(schedules.unskip_date, made, THE_15TH)


def test_a_stopped_schedule_does_not_go_on_for_a_day_that_was_left_out(
    scope, alice, account_id, life
):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.skip_date, made, THE_15TH)
    life.do(schedules.end_schedule, made)

    assert life.shown(made).skipped == []
    with pytest.raises(InputError, match="moved on"):
        life.do(schedules.unskip_date, made, THE_15TH)


def test_a_skip_of_the_last_one_is_taken_back_into_the_pause_it_was_in(
    scope, alice, account_id, life, gateway
):
    made = save(scope, alice, daily(account_id, rrule="FREQ=DAILY;COUNT=1"), NOW)
    life.do(schedules.pause_schedule, made)
    steered = life.do(schedules.skip_next, made)
    assert life.shown(made).line.status == "ended"

    life.undo(steered.undo)
    life.pass_to(TODAY + timedelta(hours=1))

    assert life.shown(made).line.status == "paused"
    assert gateway.outbox == []


def test_one_that_is_edited_alone_leaves_its_day_to_the_other(
    scope, alice, account_id, edit, life, gateway
):
    made = save(scope, alice, daily(account_id), NOW)
    edit(made, "this", clock=time(20))

    edit(made, "all", clock=time(19))
    life.pass_to(TODAY + timedelta(hours=5))

    assert [one.due_at.hour for one in life.messages()][:1] == [19]  # 20:00 in Berlin
    assert len(gateway.outbox) == 1


def test_the_day_of_a_clock_change_is_left_out_by_the_time_that_was_chosen(
    scope, alice, account_id, life, gateway
):
    at = {"day": date(2026, 3, 27), "at": "02:30"}
    made = save(scope, alice, daily(account_id, **at), NOW)
    jump = life.shown(made).next_times[2]
    assert (jump.local, jump.own) == (datetime(2026, 3, 29, 3, 30), datetime(2026, 3, 29, 2, 30))

    life.do(schedules.skip_date, made, jump.own)
    life.pass_to(datetime(2026, 3, 30, 3, tzinfo=UTC))

    assert len(gateway.outbox) == 3
    assert Status.CANCELLED not in life.statuses()  # it was not laid out yet


def test_exceptions_that_an_older_version_kept_at_another_time_of_day_count(
    scope, alice, account_id, life, gateway
):
    made = save(scope, alice, daily(account_id, at="20:00"), NOW)
    with scope() as session:
        session.scalars(select(Schedule)).one().exdates = [THE_15TH.isoformat()]

    assert days(life.shown(made)) == ([12, 13, 14, 16, 17], [15])
