"""Days that are left out stay left out: through edits, and on days when the clocks change."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from tests.services.conftest import NOW
from tests.services.requests import daily, once, save
from tests.services.schedules.test_schedule_edits import edit, request_of
from wasched.models import Schedule
from wasched.services import schedules
from wasched.services.schedules import create
from wasched.ui.compose import preview_text

SKIPPED = datetime(2026, 3, 15, 18)


@pytest.mark.parametrize("scope_of_edit", ["all", "following"])
def test_a_day_that_was_skipped_stays_so_at_another_time_of_day(
    scope, alice, account_id, life, gateway, scope_of_edit
):
    made = save(scope, alice, daily(account_id), NOW)
    life.pass_to(datetime(2026, 3, 12, 18, tzinfo=UTC))
    life.do(schedules.skip_date, made, SKIPPED)

    request = replace(request_of(scope, alice, made), clock=time(20))
    new = edit(life, made, request, scope=scope_of_edit).schedule_id
    view = life.shown(new)

    assert [one.local for one in view.skipped] == [datetime(2026, 3, 15, 20)]
    assert datetime(2026, 3, 15, 20) not in [one.local for one in view.next_times]
    life.pass_to(datetime(2026, 3, 17, 12, tzinfo=UTC))
    sent = [one.due_at for one in life.messages() if one.sent_at and one.schedule_id == new]
    assert [f"{at:%d %H}" for at in sent if at.day > 12] == ["13 19", "14 19", "16 19"]


def test_the_day_of_a_clock_change_is_skipped_from_the_list(
    scope, alice, account_id, life, gateway, clock
):
    clock.sleep_until(datetime(2026, 3, 27, 12, tzinfo=UTC))
    made = save(scope, alice, daily(account_id, at="02:30"), clock.now())
    jump = next(one for one in life.shown(made).next_times if one.local.day == 29)
    assert jump.local.time() == time(3, 30)

    line = preview_text.time_line(jump, "Europe/Berlin", clock.now())
    life.do(schedules.skip_date, made, datetime.fromisoformat(line.local))
    life.pass_to(datetime(2026, 3, 31, tzinfo=UTC))

    assert [one.due_at.day for one in life.messages() if one.sent_at] == [28, 30]


def test_new_zone_data_leaves_the_second_of_two_hours_where_it_is(
    scope, alice, account_id, life, clock
):
    clock.sleep_until(datetime(2026, 10, 25, 0, 20, tzinfo=UTC))
    second = once(account_id, at=datetime(2026, 10, 25, 2, 30), fold=1)
    made = save(scope, alice, second, clock.now())
    with scope() as session:
        session.get_one(Schedule, made).tzdata = "2020a"

    with scope() as session:
        create.relay_instants(session)

    assert [one.due_at for one in life.messages()] == [datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]
    note = life.shown(made).next_times[0].note
    assert "comes twice; it goes out once, the second time" in note
    life.pass_to(clock.now() + timedelta(hours=3))
    assert [one.status for one in life.messages()] == ["sent"]
