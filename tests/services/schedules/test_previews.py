"""What a person is told before saving is what happens, and telling it saves nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from tests.reasons import words
from tests.services.conftest import NOW, add_account
from tests.services.requests import ANNA, BEN, CEM, a_request, daily, once
from wasched.domain.errors import InputError
from wasched.models import Message, Recipient, Schedule
from wasched.services.schedules import create, preview, timing
from wasched.services.schedules.create import ScheduleRequest
from wasched.services.schedules.timing import RepeatChoice


def told(scope, user, request: ScheduleRequest, now: datetime = NOW) -> preview.Preview:
    with scope(write=False) as session:
        return preview.preview(session, user, request, now)


def test_the_rule_is_told_in_english_with_its_next_five_times(scope, alice, account_id):
    plan = told(scope, alice, daily(account_id))

    assert plan.sentence == "Every day at 18:00"
    assert plan.first_at == datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
    assert [one.local.day for one in plan.next_times] == [12, 13, 14, 15, 16]
    assert plan.refusals == []


def test_a_clock_change_between_two_times_is_told(scope, alice, account_id):
    weekly = daily(account_id, rrule="FREQ=WEEKLY;BYDAY=TU", day=date(2026, 3, 24))

    notes = [one.note for one in told(scope, alice, weekly).next_times]

    assert notes[:2] == ["", "Clocks go forward on 29 March, still 18:00."]


def test_a_single_time_that_does_not_exist_says_when_it_goes_instead(scope, alice, account_id):
    plan = told(scope, alice, once(account_id, at=datetime(2026, 3, 29, 2, 30)))

    assert plan.next_times[0].local == datetime(2026, 3, 29, 3, 30)
    assert plan.next_times[0].note
    assert plan.is_all


def test_the_times_that_fall_out_are_told_and_a_day_that_is_none_is_no_mistake(
    scope, alice, account_id
):
    said = "every thursday at 18:00 except 22 december to 6 january, on 27 march and 2 april"
    found = timing.when_typed(said, NOW, "Europe/Berlin")

    plan = told(scope, alice, a_request(account_id).at(found))

    assert plan.refusals == []
    assert [one.sentence for one in plan.warnings if one.kind == "left_out"] == [
        "It leaves out Thu 2 April, Thu 24 December and Thu 31 December.",
        "It does not go out on 27 March 2026 anyway.",
    ]


def test_a_plan_saves_nothing(scope, alice, account_id):
    told(scope, alice, daily(account_id, ANNA, BEN))

    with scope(write=False) as session:
        assert [session.scalars(select(one)).all() for one in (Schedule, Recipient, Message)] == [
            [],
            [],
            [],
        ]


def test_what_is_told_is_what_is_scheduled(scope, alice, account_id):
    request = daily(account_id, ANNA, rrule="FREQ=MONTHLY;BYMONTHDAY=31", month_end="last")
    plan = told(scope, alice, request)

    with scope() as session:
        made = create.create_schedule(session, alice, request, NOW)

    assert made.first_at == plan.first_at


def test_25_people_take_less_than_8_minutes(scope, alice):
    account_id = add_account(scope, alice, gap_min_s=12, gap_max_s=25, stranger_cap=100)
    numbers = [f"+49151234567{number:02}" for number in range(25)]

    plan = told(scope, alice, a_request(account_id, *numbers))

    assert plan.recipients == 25
    assert plan.done_at - NOW == timedelta(seconds=24 * 18.5)
    assert plan.pace == "one after another, 12 to 25 s apart"


def test_100_strangers_take_5_days_and_it_says_so(scope, alice):
    account_id = add_account(scope, alice, gap_min_s=12, gap_max_s=25, stranger_cap=20)
    numbers = [f"+4915123456{number:03}" for number in range(100)]

    plan = told(scope, alice, a_request(account_id, *numbers))

    assert plan.days == 5
    assert {"strangers", "spread", "late", "risk_strangers"} == {one.kind for one in plan.warnings}
    assert "20 new people a day" in plan.warnings[0].sentence


@pytest.mark.parametrize(
    ("waits", "sentence", "hour"),
    [
        (True, "Choir phone has quiet hours then, until 07:00. It waits for their end.", 6),
        (
            False,
            "Choir phone has quiet hours then, until 07:00. "
            "It goes out all the same, as you have not asked it to wait.",
            22,
        ),
    ],
)
def test_a_time_in_quiet_hours_is_told_with_what_comes_of_it(scope, alice, waits, sentence, hour):
    account_id = add_account(scope, alice, quiet_from=time(22), quiet_to=time(7))
    late_s = 12 * 3600
    night = once(account_id, at=datetime(2026, 3, 12, 23, 30), late_s=late_s)
    plan = told(scope, alice, replace(night, respects_quiet_hours=waits))

    assert [one.sentence for one in plan.warnings] == [sentence]
    assert plan.done_at.hour == hour  # UTC


def test_what_stands_in_line_before_counts(scope, alice):
    account_id = add_account(scope, alice, gap_min_s=20, gap_max_s=20)
    with scope() as session:
        create.create_schedule(session, alice, a_request(account_id, ANNA, BEN, CEM), NOW)

    plan = told(scope, alice, a_request(account_id))

    assert plan.done_at == NOW + timedelta(seconds=60)


def test_people_who_want_nothing_are_counted_and_named_as_such(scope, alice, account_id):
    with scope() as session:
        create.create_schedule(session, alice, a_request(account_id, ANNA), NOW)
        session.scalars(select(Recipient)).one().opted_out_at = NOW

    plan = told(scope, alice, a_request(account_id, ANNA, BEN))

    assert (plan.recipients, plan.opted_out) == (2, 1)
    assert plan.warnings[0].sentence == "1 person has asked for no more messages and gets none."


def test_an_account_without_a_link_is_told(scope, alice):
    account_id = add_account(scope, alice, state="needs_link")

    warnings = told(scope, alice, a_request(account_id)).warnings

    assert [one.sentence for one in warnings] == [
        "Choir phone is not linked. It goes out once it is."
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"to": ()}, "to"),
        ({"to": ("12",)}, "to"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"day": date(2026, 3, 11), "clock": time(9)}, "when"),
        ({"day": date(2026, 3, 12), "clock": time(9), "rrule": "FREQ=SECONDLY"}, "when"),
        ({"late_s": -1}, "late"),
        ({"contents": ()}, "text"),
    ],
)
def test_what_cannot_be_saved_is_told_with_its_field(scope, alice, account_id, values, field):
    plan = told(scope, alice, a_request(account_id, **values))

    assert [one.field for one in plan.refusals] == [field]
    assert words(plan.refusals[0].reason).endswith((".", "?"))


def test_a_phrase_becomes_a_time(scope, alice, account_id):
    when = timing.when_typed("every weekday at 9", NOW, "Europe/Berlin")

    plan = told(scope, alice, a_request(account_id).at(when))

    assert plan.sentence == "Every weekday at 09:00"
    assert plan.first_at == datetime(2026, 3, 13, 8, 0, tzinfo=UTC)


def test_a_phrase_for_one_time_becomes_that_time(scope, alice, account_id):
    when = timing.when_typed("tomorrow at 8", NOW, "Europe/Berlin")

    assert told(scope, alice, a_request(account_id).at(when)).sentence == "Once, tomorrow at 08:00"


def test_what_happens_in_short_months_is_asked_once():
    phrase = "every month on the 31st at 9"

    assert timing.asks_month_end(phrase, NOW, "Europe/Berlin")
    assert timing.when_typed(phrase, NOW, "Europe/Berlin", "last").month_end == "last"
    assert not timing.asks_month_end("every month on the 3rd at 9", NOW, "Europe/Berlin")
    assert not timing.asks_month_end("what ever", NOW, "Europe/Berlin")


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (RepeatChoice(date(2026, 3, 12), time(9), "day", every=3), "Every 3 days at 09:00"),
        (RepeatChoice(date(2026, 3, 12), time(9), "weekday"), "Every weekday at 09:00"),
        (
            RepeatChoice(date(2026, 3, 13), time(9), "week", every=2, weekdays=(1,)),
            "Every 2 weeks on Tuesday at 09:00",
        ),
        (RepeatChoice(date(2026, 4, 12), time(9), "month"), "Every month on the 12th at 09:00"),
        (
            RepeatChoice(date(2026, 4, 12), time(9), "month", month_by="weekday"),
            "Every month on the second Sunday at 09:00",
        ),
        (
            RepeatChoice(date(2026, 4, 26), time(9), "month", month_by="last_weekday"),
            "Every last Sunday at 09:00",
        ),
        (
            RepeatChoice(date(2026, 4, 30), time(9), "month", month_by="last_day"),
            "Every month on the last day at 09:00",
        ),
        (RepeatChoice(date(2026, 4, 12), time(9), "year"), "Every year on 12 April at 09:00"),
        (
            RepeatChoice(date(2026, 4, 12), time(9), "year", month_by="weekday"),
            "Every year on the second Sunday of April at 09:00",
        ),
        (RepeatChoice(date(2026, 3, 13), time(9), "day", count=4), "Every day at 09:00, 4 times"),
    ],
)
def test_a_choice_becomes_its_rule(scope, alice, account_id, choice, sentence):
    when = timing.when_chosen(choice, "Europe/Berlin", NOW)

    assert told(scope, alice, a_request(account_id).at(when)).sentence == sentence


def test_every_two_weeks_counts_from_the_first_message():
    choice = RepeatChoice(date(2026, 3, 13), time(9), "week", every=2, weekdays=(1,))

    assert timing.when_chosen(choice, "Europe/Berlin", NOW).day == date(2026, 3, 17)


def test_a_month_offers_the_ways_in_which_a_day_stands_in_it():
    assert timing.month_choices(date(2026, 4, 30)) == [
        ("date", "on the 30th"),
        ("last_weekday", "on the last Thursday"),
        ("last_day", "on the last day"),
    ]
    assert timing.month_choices(date(2026, 3, 12))[1] == ("weekday", "on the second Thursday")


def test_a_week_needs_a_weekday():
    with pytest.raises(InputError, match="at least one weekday"):
        timing.when_chosen(RepeatChoice(date(2026, 3, 13), time(9), "week"), "Europe/Berlin", NOW)
