"""Rules walk on the wall clock, in order, once each, and as a day-by-day reading has them."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.rules import KINDS, day_by_day, rules
from wasched.domain import recurrence, wall_clock
from wasched.domain.recurrence import (
    MonthEnd,
    Recurrence,
    RuleEnd,
    RuleError,
    next_after,
    parse_rule,
)

BERLIN = "Europe/Berlin"
START = datetime(2026, 1, 5, 9)  # a Monday
GAPS = [timedelta(minutes=one) for one in (0, 30, 60, 120)]  # that the clocks of today jump
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
nows = st.datetimes(datetime(2025, 6, 1), datetime(2036, 1, 1), timezones=st.just(UTC))


def days(rule: Recurrence, n: int = 5, after: datetime = NEW_YEAR) -> list[str]:
    """The next wall-clock days of a rule, short."""
    zone = wall_clock.zone(rule.zone)
    found = recurrence.occurrences(rule, after, n)
    return [f"{wall_clock.local(one, zone):%d.%m.%y}" for one in found]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_rule_has_the_days_that_a_day_by_day_reading_finds(
    kind: str, data: st.DataObject
) -> None:
    rule, years = data.draw(rules(kind)), data.draw(st.integers(-1, 8))
    since = rule.dtstart + timedelta(days=365 * years)
    end = (since + timedelta(days=3660)).date()
    expected = list(islice((one for one in day_by_day(rule, end) if one >= since), 12))
    found = list(islice(recurrence.wall_times(rule, since), 12))
    assert [one for one in found if one.date() <= end] == expected


@settings(max_examples=150, deadline=None)
@given(rules(), nows)
def test_instants_strictly_increase_and_keep_the_wall_clock(
    rule: Recurrence, now: datetime
) -> None:
    zone = wall_clock.zone(rule.zone)
    last = now
    for instant, local in islice(recurrence.walk_rule(rule, now), 20):
        assert instant > last
        assert local.time() == rule.dtstart.time()
        shift = wall_clock.clock_shift(local, zone)
        assert wall_clock.local(instant, zone) == shift.goes_out
        assert shift.goes_out - local in GAPS
        last = instant


@settings(deadline=None)
@given(rules(), nows)
def test_asking_for_the_next_one_again_and_again_finds_each_exactly_once(
    rule: Recurrence, now: datetime
) -> None:
    one_by_one: list[datetime] = []
    after = now
    while len(one_by_one) < 8 and (found := next_after(rule, after)) is not None:
        one_by_one.append(found)
        after = found
    at_once = recurrence.occurrences(rule, now, 8)
    assert at_once == one_by_one[: len(at_once)]


@settings(deadline=None)
@given(rules())
def test_going_on_from_a_wall_clock_time_finds_the_same_ones(rule: Recurrence) -> None:
    times = list(islice(recurrence.wall_times(rule, rule.dtstart), 6))
    zone = wall_clock.zone(rule.zone)
    for one, after in pairwise(times):
        assert recurrence.following(rule, one) == (wall_clock.instant(after, zone), after)


@settings(deadline=None)
@given(rules())
def test_the_text_of_a_rule_reads_back_as_the_same_rule(rule: Recurrence) -> None:
    assert parse_rule(rule.rrule, rule.dtstart, rule.zone, rule.exdates, rule.month_end) == rule


@settings(deadline=None)
@given(rules(), st.integers(0, 5))
def test_skipping_one_occurrence_leaves_the_others(rule: Recurrence, at: int) -> None:
    times = list(islice(recurrence.wall_times(rule, rule.dtstart), 8))
    if at < len(times):
        skipped = recurrence.without_dates(rule, times[at])
        left = list(islice(recurrence.wall_times(skipped, rule.dtstart), 7))
        assert left[: len(times) - 1] == (times[:at] + times[at + 1 :])[:7]


@settings(deadline=None)
@given(rules(), nows)
def test_every_rule_has_a_preview(rule: Recurrence, now: datetime) -> None:
    found = recurrence.preview_rule(rule, now)
    assert [one.instant for one in found] == recurrence.occurrences(rule, now, 5)
    for one in found:
        assert one.note == "" or one.note.endswith(".")


def test_nine_in_the_morning_stays_nine_across_both_clock_changes() -> None:
    rule = recurrence.daily(START, BERLIN)
    found = recurrence.occurrences(rule, NEW_YEAR, 365)
    assert {one.hour for one in found} == {7, 8}
    zone = wall_clock.zone(BERLIN)
    assert {wall_clock.local(one, zone).hour for one in found} == {9}


def test_a_time_in_the_gap_goes_out_after_it_and_the_next_day_at_its_own_time() -> None:
    rule = recurrence.daily(datetime(2026, 3, 28, 2, 30), BERLIN)
    found = recurrence.preview_rule(rule, datetime(2026, 3, 28, 12, tzinfo=UTC), 2)
    assert [one.local for one in found] == [
        datetime(2026, 3, 29, 3, 30),
        datetime(2026, 3, 30, 2, 30),
    ]
    assert "so 02:30 becomes 03:30" in found[0].note


def test_a_time_that_comes_twice_goes_out_once() -> None:
    rule = recurrence.daily(datetime(2026, 10, 24, 2, 30), BERLIN)
    found = recurrence.occurrences(rule, datetime(2026, 10, 24, 12, tzinfo=UTC), 2)
    assert found == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 26, 1, 30, tzinfo=UTC),
    ]


def test_a_day_that_a_zone_left_out_gives_one_instant_not_two() -> None:
    # Samoa went from 29 to 31 December 2011.
    rule = recurrence.daily(datetime(2011, 12, 28, 9), "Pacific/Apia")
    found = recurrence.occurrences(rule, datetime(2011, 12, 28, tzinfo=UTC), 4)
    assert len(set(found)) == 4


def test_a_clock_change_between_two_times_is_told() -> None:
    rule = recurrence.weekly(datetime(2026, 3, 3, 18), BERLIN, [1])
    found = recurrence.preview_rule(rule, datetime(2026, 3, 20, tzinfo=UTC), 3)
    assert [one.note for one in found] == [
        "",
        "Clocks go forward on 29 March, still 18:00.",
        "",
    ]


def test_the_thirty_first_is_left_out_or_moved_as_asked() -> None:
    skip = recurrence.monthly(START, BERLIN, [31], MonthEnd.SKIP)
    assert days(skip, 4) == ["31.01.26", "31.03.26", "31.05.26", "31.07.26"]
    last = recurrence.monthly(START, BERLIN, [31], MonthEnd.LAST)
    assert days(last, 4) == ["31.01.26", "28.02.26", "31.03.26", "30.04.26"]
    notes = [one.note for one in recurrence.preview_rule(skip, NEW_YEAR, 3)]
    assert notes[2] == "No 31st in April."
    assert (
        recurrence.preview_rule(last, NEW_YEAR, 2)[1].note == "No 31st in February, so on the 28th."
    )


def test_a_birthday_on_29_february_comes_in_leap_years_or_on_the_28th() -> None:
    skip = recurrence.yearly(START, BERLIN, 2, 29)
    assert days(skip, 2) == ["29.02.28", "29.02.32"]
    assert recurrence.preview_rule(skip, NEW_YEAR)[0].note == "No 29 February in 2026 and 2027."
    last = recurrence.yearly(START, BERLIN, 2, 29, MonthEnd.LAST)
    assert days(last, 3) == ["28.02.26", "28.02.27", "29.02.28"]


def test_the_last_friday_and_the_last_working_day() -> None:
    assert days(recurrence.monthly_on(START, BERLIN, -1, 4), 3) == [
        "30.01.26", "27.02.26", "27.03.26",
    ]  # fmt: skip
    assert days(recurrence.monthly_workday(START, BERLIN, -1), 3) == [
        "30.01.26", "27.02.26", "31.03.26",
    ]  # fmt: skip


def test_two_weeks_are_counted_from_the_week_of_the_start() -> None:
    rule = recurrence.weekly(datetime(2026, 1, 8, 9), BERLIN, [1, 3], every=2)
    assert days(rule, 4) == ["08.01.26", "20.01.26", "22.01.26", "03.02.26"]


def test_a_rule_ends_after_its_count_or_with_its_date() -> None:
    counted = recurrence.daily(START, BERLIN, end=RuleEnd(count=2))
    assert days(counted) == ["05.01.26", "06.01.26"]
    dated = recurrence.daily(START, BERLIN, end=RuleEnd(until=date(2026, 1, 7)))
    assert days(dated) == ["05.01.26", "06.01.26", "07.01.26"]


def test_a_skipped_occurrence_counts_all_the_same() -> None:
    rule = recurrence.daily(START, BERLIN, end=RuleEnd(count=3))
    assert days(recurrence.without_dates(rule, datetime(2026, 1, 6, 9))) == ["05.01.26", "07.01.26"]


def test_an_end_in_utc_is_read_on_the_wall_clock() -> None:
    rule = parse_rule("FREQ=DAILY;UNTIL=20260107T080000Z", START, BERLIN)
    assert days(rule)[-1] == "07.01.26"


@pytest.mark.parametrize(
    "rrule",
    ["FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30"],
)
def test_a_rule_that_never_fires_ends_instead_of_searching_for_ever(rrule: str) -> None:
    assert next_after(Recurrence(rrule, datetime(2027, 2, 1, 9), BERLIN), NEW_YEAR) is None


def test_nothing_further_ahead_than_ten_years_is_looked_for() -> None:
    far = Recurrence("FREQ=DAILY", datetime(9999, 12, 31, 23, 59), "America/New_York")
    assert next_after(far, NEW_YEAR) is None


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=SECONDLY", "Once a day is the most often"),
        ("FREQ=MINUTELY;INTERVAL=5", "Once a day is the most often"),
        ("FREQ=HOURLY", "Once a day is the most often"),
        ("", "Say how often"),
        ("nonsense", "is no part of a rule"),
        ("FREQ=DAILY;FREQ=DAILY", "each once"),
        ("FREQ=DAILY;INTERVAL=0", "from 1 to 3,650"),
        ("FREQ=YEARLY;INTERVAL=11", "from 1 to 10"),
        ("FREQ=DAILY;COUNT=99999", "from 1 to 9,999"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "not both"),
        ("FREQ=DAILY;UNTIL=20250101", "before the start"),
        ("FREQ=DAILY;UNTIL=someday", "UNTIL must be a date"),
        ("FREQ=DAILY;BYHOUR=9,12", "one schedule per time"),
        ("FREQ=YEARLY;BYEASTER=0", "not offered"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "There is no 30 February"),
        ("FREQ=YEARLY;BYMONTHDAY=12", "in which month"),
        ("FREQ=MONTHLY;BYDAY=FR", "which weekday of the month"),
        ("FREQ=MONTHLY;BYDAY=5FR", "first to fourth or its last"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "not both"),
        ("FREQ=WEEKLY;BYDAY=1MO", "by the month"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "cannot name days of the month"),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO", "not both"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "not offered"),
        ("FREQ=WEEKLY;BYDAY=XX", "is no weekday"),
    ],
)
def test_what_is_not_offered_is_refused_with_a_sentence(rrule: str, words: str) -> None:
    with pytest.raises(RuleError, match=words) as refusal:
        parse_rule(rrule, START, BERLIN)
    assert refusal.value.field == "when"


def test_a_start_with_an_offset_is_refused() -> None:
    with pytest.raises(RuleError, match="wall-clock time"):
        parse_rule("FREQ=DAILY", START.replace(tzinfo=UTC), BERLIN)


@pytest.mark.parametrize("end", [RuleEnd(count=0), RuleEnd(count=-1)])
def test_no_times_at_all_are_refused(end: RuleEnd) -> None:
    with pytest.raises(RuleError, match="1 or more"):
        recurrence.daily(START, BERLIN, end=end)


def test_one_rule_said_in_two_ways_is_the_same_rule() -> None:
    every_day = parse_rule("FREQ=DAILY", START, BERLIN)
    assert parse_rule("rrule:freq=weekly;byday=mo,tu,we,th,fr,sa,su", START, BERLIN) == every_day
    last = parse_rule("FREQ=MONTHLY;BYDAY=-1FR", START, BERLIN)
    assert parse_rule("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", START, BERLIN) == last


def test_only_days_that_some_months_lack_raise_the_question() -> None:
    assert recurrence.needs_month_end(recurrence.monthly(START, BERLIN, [31], "skip"))
    assert recurrence.needs_month_end(recurrence.yearly(START, BERLIN, 2, 29))
    assert not recurrence.needs_month_end(recurrence.monthly(START, BERLIN, [28, -1], "skip"))
    assert not recurrence.needs_month_end(recurrence.yearly(START, BERLIN, 12, 31))
