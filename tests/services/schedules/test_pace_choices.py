"""Where the pace lets not all go in time, that is asked before anything is saved."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.requests import a_request, once, save
from wasched.domain.errors import InputError
from wasched.services.caller import Caller
from wasched.services.schedules import preview
from wasched.services.schedules.pace_choices import Spread
from wasched.services.schedules.requests import ScheduleRequest
from wasched.ui.compose import preview_text

STRANGERS = [f"+49151234{number:05}" for number in range(301)]


def asked(scope: Scope, user: Caller, request: ScheduleRequest, edited: int = 0) -> Spread | None:
    """What the plan asks."""
    with scope(write=False) as session:
        return preview.preview(session, user, request, NOW, edited).spread


def test_of_301_strangers_20_would_go_and_16_days_are_enough(scope: Scope, alice: Caller) -> None:
    usual = add_account(scope, alice, gap_min_s=12, gap_max_s=25, daily_cap=200, stranger_cap=20)
    request = a_request(usual, *STRANGERS)
    with scope(write=False) as session:
        plan = preview.preview(session, alice, request, NOW)
        with pytest.raises(InputError, match="20 of 301") as refusal:
            preview.check_spread(session, alice, request, NOW)
    lines = preview_text.preview_lines(plan, "", "UTC", NOW)

    assert refusal.value.field == "spread"
    assert lines.spread == "20 of 301 would go in time; the others would be missed."
    assert lines.spread_answer == "Let it take 16 days"
    answered = replace(request, late_s=int(lines.spread_late))
    assert asked(scope, alice, answered) is None
    assert asked(scope, alice, replace(request, to=tuple(STRANGERS[:20]))) is None


def test_what_waits_for_the_end_of_quiet_hours_longer_than_it_may_is_asked_about(
    scope: Scope, alice: Caller
) -> None:
    quiet = add_account(scope, alice, quiet_from=time(22), quiet_to=time(7))
    at = datetime.combine(NOW.date() + timedelta(days=1), time(23))
    night = once(quiet, at=at, respects_quiet_hours=True)

    assert asked(scope, alice, night) == Spread(0, 1, 9 * 3600)
    assert asked(scope, alice, replace(night, late_s=9 * 3600)) is None


def test_at_a_pace_that_never_gets_through_only_fewer_are_an_answer(
    scope: Scope, alice: Caller
) -> None:
    nobody_new = add_account(scope, alice, stranger_cap=0)

    assert asked(scope, alice, a_request(nobody_new, *STRANGERS[:3])) == Spread(0, 3, None)


def test_a_schedule_that_is_changed_does_not_stand_in_its_own_line(
    scope: Scope, alice: Caller
) -> None:
    slow = add_account(scope, alice, gap_min_s=60, gap_max_s=60)
    at = datetime.combine(NOW.date() + timedelta(days=1), time(12))
    request = once(slow, *STRANGERS[:20], at=at, late_s=1_800)
    made = save(scope, alice, request, NOW)

    assert asked(scope, alice, request, edited=made) is None
    assert asked(scope, alice, request) is not None
