"""The fields of time: read into a time, and made of one again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wasched.domain import recurrence, sentences
from wasched.domain.errors import InputError
from wasched.domain.recurrence import Recurrence
from wasched.services.schedules.timing import When
from wasched.ui.compose import time_fields, time_fields_from_schedule
from wasched.ui.compose.time_fields import NOW, REPEAT, TYPED, Fields

BERLIN = "Europe/Berlin"
NEW_YORK = "America/New_York"
AT = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)  # Thursday, 17:42 in Berlin
THURSDAY = Fields(REPEAT, "2026-03-12", "18:00", BERLIN, weekdays=(3,))


def said(fields: Fields) -> str:
    """What the fields mean, in words."""
    return sentences.rule_sentence(rule_of(time_fields.read_time(fields, AT)))


def rule_of(meant: When) -> Recurrence:
    """The rule of a time that repeats."""
    assert meant.day is not None and meant.clock is not None
    start = datetime.combine(meant.day, meant.clock)
    return recurrence.parse_rule(meant.rrule, start, meant.zone, meant.exdates, meant.month_end)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (THURSDAY, "Every Thursday at 18:00"),
        (replace(THURSDAY, every="2", weekdays=(0, 3)), "Every 2 weeks on Monday and Thursday"),
        (replace(THURSDAY, unit="day", every="3"), "Every 3 days at 18:00"),
        (replace(THURSDAY, unit="weekday"), "Every weekday at 18:00"),
        (replace(THURSDAY, unit="month"), "Every month on the 12th at 18:00"),
        (replace(THURSDAY, unit="month", month_by="weekday"), "Every month on the second Thursday"),
        (
            replace(THURSDAY, unit="month", month_by="last_weekday", day="2026-03-27"),
            "Every last Friday at 18:00",
        ),
        (
            replace(THURSDAY, unit="month", day="2026-03-31", short_months="last"),
            "Every month on the 31st at 18:00, or the last day of shorter months",
        ),
        (replace(THURSDAY, unit="year"), "Every year on 12 March at 18:00"),
        (replace(THURSDAY, ends="count", count="12"), "Every Thursday at 18:00, 12 times"),
        (
            replace(THURSDAY, ends="date", until="2026-03-26"),
            "Every Thursday at 18:00, until 26 March 2026, 3 times",
        ),
        (Fields(TYPED, zone=BERLIN, phrase="every weekday at 9"), "Every weekday at 09:00"),
    ],
)
def test_what_is_chosen_or_typed_is_said_plainly(fields: Fields, sentence: str) -> None:
    assert said(fields).startswith(sentence)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (replace(THURSDAY, mode="once", day=""), "day"),
        (replace(THURSDAY, clock=""), "clock"),
        (replace(THURSDAY, every="0"), "every"),
        (replace(THURSDAY, every="two"), "every"),
        (replace(THURSDAY, ends="count", count=""), "count"),
        (replace(THURSDAY, ends="date"), "until"),
        (replace(THURSDAY, unit="month", day="2026-03-31"), "short_months"),
        (replace(THURSDAY, unit="fortnight"), "unit"),
        (replace(THURSDAY, mode=TYPED, phrase="when pigs fly"), "phrase"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(fields: Fields, field: str) -> None:
    with pytest.raises(InputError) as refusal:
        time_fields.read_time(fields, AT)

    assert refusal.value.field == field


def test_shorter_months_are_asked_about_only_where_they_lack_the_day() -> None:
    monthly = replace(THURSDAY, unit="month")

    assert not time_fields.asks_short_months(monthly, AT)
    assert time_fields.asks_short_months(replace(monthly, day="2026-03-31"), AT)
    assert time_fields.asks_short_months(replace(monthly, unit="year", day="2028-02-29"), AT)


def test_a_repetition_begins_today_on_its_own_weekday() -> None:
    begun = time_fields.time_changed(Fields(zone=BERLIN), "mode", REPEAT, AT)

    assert (begun.day, begun.weekdays) == ("2026-03-12", (3,))


def test_another_day_leaves_no_way_of_the_month_that_it_has_not() -> None:
    fields = replace(THURSDAY, unit="month", month_by="last_day", day="2026-03-31")

    assert time_fields.time_changed(fields, "day", "2026-03-12", AT).month_by == "date"


def test_now_and_once_come_back_as_they_were() -> None:
    assert time_fields_from_schedule.fields_of(When(None, None, BERLIN)).mode == NOW
    once = Fields("once", "2026-03-17", "18:00", BERLIN)
    assert time_fields_from_schedule.fields_of(time_fields.read_time(once, AT)) == once


def test_a_rule_that_cannot_be_chosen_comes_back_as_a_phrase_that_means_it() -> None:
    meant = When(date(2026, 3, 13), datetime(2026, 3, 13, 9).time(), BERLIN, "FREQ=MONTHLY;"
                 "BYMONTHDAY=13,27")  # fmt: skip

    fields = time_fields_from_schedule.fields_of(meant)

    assert fields.mode == TYPED
    assert rule_of(time_fields.read_time(fields, AT)).rrule == rule_of(meant).rrule


def test_the_times_left_are_counted_from_the_occurrence_in_question() -> None:
    meant = time_fields.read_time(replace(THURSDAY, ends="count", count="12"), AT)

    fields = time_fields_from_schedule.fields_of(meant, datetime(2026, 3, 26, 18))

    assert (fields.day, fields.count, fields.weekdays) == ("2026-03-26", "10", (3,))


choices = st.builds(
    Fields,
    mode=st.just(REPEAT),
    day=st.dates(date(2026, 3, 13), date(2029, 12, 31)).map(date.isoformat),
    clock=st.times().map(lambda one: f"{one:%H:%M}"),
    zone=st.sampled_from([BERLIN, NEW_YORK, "UTC"]),
    unit=st.sampled_from(["day", "weekday", "week", "month", "year"]),
    every=st.integers(1, 6).map(str),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    month_by=st.sampled_from(["date", "weekday", "last_weekday", "last_day"]),
    short_months=st.sampled_from(["last", "skip"]),
    ends=st.sampled_from(["never", "count", "date"]),
    count=st.integers(1, 40).map(str),
    until=st.dates(date(2030, 6, 1), date(2032, 1, 1)).map(date.isoformat),
)


@settings(max_examples=60, deadline=None)
@given(choices)
def test_fields_made_of_a_saved_time_mean_the_same_again(fields: Fields) -> None:
    try:
        meant = time_fields.read_time(fields, AT)
    except InputError:
        return
    rule = rule_of(meant)
    before = rule.dtstart.replace(tzinfo=ZoneInfo(rule.zone)) - timedelta(days=1)

    again = time_fields.read_time(
        time_fields_from_schedule.fields_of(meant), before.astimezone(UTC)
    )

    assert sentences.rule_sentence(rule_of(again)) == sentences.rule_sentence(rule)
    assert recurrence.preview_rule(rule_of(again), AT) == recurrence.preview_rule(rule, AT)


def test_a_phrase_that_is_too_long_is_refused_and_not_cut() -> None:
    long = "every weekday at 9 except on " + " and ".join(["24 December"] * 40)
    fields = time_fields.time_changed(Fields(TYPED, zone=BERLIN), "phrase", long, AT)

    with pytest.raises(InputError, match="at most 500 characters") as refusal:
        time_fields.read_time(fields, AT)

    assert refusal.value.field == "phrase"


def test_what_was_changed_goes_along_to_the_fields_of_another_scope() -> None:
    all_of_it = replace(THURSDAY, day="2026-03-12")
    from_one = replace(THURSDAY, day="2026-03-26")
    typed = replace(from_one, mode=TYPED, phrase="every friday at 9")

    assert time_fields_from_schedule.with_changes(all_of_it, from_one, typed) == replace(
        all_of_it, mode=TYPED, phrase="every friday at 9"
    )
    alone = time_fields_from_schedule.single_time_fields(from_one)
    assert time_fields_from_schedule.with_changes(
        alone, from_one, replace(typed, clock="09:00")
    ) == replace(alone, phrase="every friday at 9", clock="09:00")


def test_the_second_of_two_hours_comes_back_as_it_was() -> None:
    second = When(date(2027, 10, 31), datetime(2027, 10, 31, 2, 30).time(), BERLIN, fold=1)

    fields = time_fields_from_schedule.fields_of(second)

    assert time_fields.read_time(fields, AT) == second
    assert (
        time_fields.read_time(time_fields.time_changed(fields, "clock", "02:40", AT), AT).fold == 0
    )
