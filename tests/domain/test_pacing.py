"""Pacing: caps, quiet hours and gaps hold, whatever the clocks do, and the last is foretold."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reasons import words
from wasched.domain import wall_clock
from wasched.domain.pacing import (
    Go,
    Pace,
    PaceUse,
    Wait,
    caps_at,
    estimate_eta,
    gap_between,
    in_time,
    may_send,
    pick_variant,
)
from wasched.domain.quiet_hours import is_quiet, next_quiet, quiet_until

# Kept over releases: a message must not change its text with an update.
FIRST_TWELVE = [4, 0, 0, 1, 2, 2, 1, 0, 3, 1, 1, 3]
BERLIN = wall_clock.zone("Europe/Berlin")
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)  # 12:00 in Berlin
NIGHT = Pace(quiet_from=time(22), quiet_to=time(7))

zones = st.sampled_from(sorted(wall_clock.zone_names())).map(wall_clock.zone)
nows = st.datetimes(datetime(2026, 1, 1), datetime(2045, 1, 1), timezones=st.just(UTC))
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))


def near_changes() -> st.SearchStrategy[datetime]:
    """Instants in the hours around Berlin's clock changes of 2026."""
    turns = [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
    minutes = st.integers(-48 * 60, 48 * 60).map(lambda one: timedelta(minutes=one))
    return st.builds(lambda turn, off: turn + off, st.sampled_from(turns), minutes)


@st.composite
def paces(draw: st.DrawFn) -> Pace:
    shortest = draw(st.integers(0, 120))
    quiet = draw(st.none() | st.tuples(clocks, clocks))
    return Pace(
        gap_min=timedelta(seconds=shortest),
        gap_max=timedelta(seconds=shortest + draw(st.integers(0, 120))),
        daily_cap=draw(st.integers(1, 50)),
        stranger_cap=draw(st.integers(0, 10)),
        quiet_from=quiet[0] if quiet else None,
        quiet_to=quiet[1] if quiet else None,
        warm_since=draw(st.none() | st.dates(date(2026, 3, 10), date(2026, 10, 27))),
    )


def test_the_defaults_are_careful() -> None:
    pace = Pace()
    assert (pace.gap_min, pace.gap_max) == (timedelta(seconds=12), timedelta(seconds=25))
    assert (pace.daily_cap, pace.stranger_cap) == (200, 20)


@given(paces(), st.integers())
def test_a_gap_lies_within_its_bounds(pace: Pace, seed: int) -> None:
    assert pace.gap_min <= gap_between(pace, Random(seed)) <= pace.gap_max


@given(paces(), nows, zones, st.integers(0, 60), st.integers(0, 20), st.booleans())
def test_what_may_go_breaks_no_rule(
    pace: Pace, now: datetime, zone: ZoneInfo, sent: int, strangers: int, stranger: bool
) -> None:
    last = now - timedelta(seconds=30)
    use = PaceUse(sent, strangers, last)
    if may_send(now, pace, use, stranger, zone) == Go():
        assert sent < pace.daily_cap
        assert not stranger or strangers < pace.stranger_cap
        assert not is_quiet(now, pace.quiet_from, pace.quiet_to, zone)
        assert now >= last + pace.gap_min


@given(paces(), nows | near_changes(), zones, st.integers(0, 60), st.booleans())
def test_what_waits_may_go_when_told_to_come_again(
    pace: Pace, now: datetime, zone: ZoneInfo, sent: int, stranger: bool
) -> None:
    pace = replace(pace, stranger_cap=max(pace.stranger_cap, 1))
    verdict = may_send(now, pace, PaceUse(sent, 99, now), stranger, zone)
    if isinstance(verdict, Wait):
        assert verdict.until > now
        assert verdict.reason
        assert may_send(verdict.until, pace, PaceUse(), stranger, zone) == Go()


@given(paces(), near_changes(), st.integers(0, 10_000), st.lists(st.booleans(), max_size=80))
def test_an_account_that_obeys_never_exceeds_its_caps_or_sends_in_quiet_hours(
    pace: Pace, now: datetime, seed: int, strangers: list[bool]
) -> None:
    rng, use, last = Random(seed), PaceUse(), None
    sent: dict[object, list[bool]] = {}
    for stranger in strangers:
        while isinstance(verdict := may_send(now, pace, use, stranger, BERLIN), Wait):
            if stranger and pace.stranger_cap == 0:
                break
            if verdict.until >= wall_clock.next_midnight(now, BERLIN):
                use = PaceUse(last_sent_at=use.last_sent_at)
            now = verdict.until
        if isinstance(verdict, Wait):
            continue
        assert not is_quiet(now, pace.quiet_from, pace.quiet_to, BERLIN)
        assert last is None or now - last >= pace.gap_min
        sent.setdefault(wall_clock.local(now, BERLIN).date(), []).append(stranger)
        last, before = now, now
        use = PaceUse(use.sent_today + 1, use.strangers_today + stranger, now)
        now += gap_between(pace, rng)
        if now >= wall_clock.next_midnight(before, BERLIN):
            use = PaceUse(last_sent_at=last)
    for day, went in sent.items():
        caps = caps_at(pace, wall_clock.start_of(day, BERLIN), BERLIN)
        assert len(went) <= caps.messages <= pace.daily_cap
        assert sum(went) <= caps.strangers <= pace.stranger_cap


def test_each_wait_says_why_and_until_when_in_the_zone_of_its_reader() -> None:
    for use, stranger, now, said_there in (
        (PaceUse(200), False, NOON, "its 200 for today; goes out after midnight."),
        (PaceUse(50, 20), True, NOON, "its 20 new people for today"),
        (PaceUse(), False, NOON + timedelta(hours=11), "to end at 07:00."),
        (PaceUse(1, 0, NOON), False, NOON, "about 12:00."),
    ):
        verdict = may_send(now, NIGHT, use, stranger, BERLIN)
        assert isinstance(verdict, Wait)
        assert said_there in words(verdict.reason, BERLIN.key)


def test_the_cap_of_new_people_does_not_hold_those_who_are_known() -> None:
    assert may_send(NOON, Pace(), PaceUse(50, 20), False, BERLIN) == Go()


def test_after_the_daily_cap_it_goes_when_the_quiet_hours_of_the_next_day_end() -> None:
    verdict = may_send(NOON, NIGHT, PaceUse(200), False, BERLIN)
    assert isinstance(verdict, Wait)
    assert wall_clock.local(verdict.until, BERLIN) == datetime(2026, 11, 24, 7)


@given(nows | near_changes(), clocks, clocks, zones)
def test_quiet_hours_end_at_the_first_moment_that_is_not_quiet(
    now: datetime, start: time, end: time, zone: ZoneInfo
) -> None:
    until = quiet_until(now, start, end, zone)
    if until is None:
        assert not is_quiet(now, start, end, zone)
        return
    assert now < until <= now + timedelta(days=2)
    assert not is_quiet(until, start, end, zone)
    step = (until - now) / 7
    assert all(is_quiet(now + one * step, start, end, zone) for one in range(7))
    assert is_quiet(until - timedelta(seconds=1), start, end, zone)


def test_quiet_hours_from_ten_to_seven_hold_over_midnight() -> None:
    for hour, quiet in ((21, False), (22, True), (23, True), (0, True), (6, True), (7, False)):
        at = wall_clock.instant(datetime(2026, 11, 23, hour), BERLIN)
        assert is_quiet(at, time(22), time(7), BERLIN) is quiet


def test_quiet_hours_that_end_within_a_gap_end_with_the_jump() -> None:
    now = datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert quiet_until(now, time(22), time(2, 30), BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_no_quiet_hours_are_never_quiet() -> None:
    assert next_quiet(NOON, None, None, BERLIN) is None
    assert not is_quiet(NOON, time(12), time(12), BERLIN)
    assert next_quiet(NOON, time(22), time(7), BERLIN) == NOON + timedelta(hours=10)


def test_the_last_of_a_batch_is_expected_after_the_gaps_before_it() -> None:
    first, last = estimate_eta(25, 0, NOON, Pace(), PaceUse(), BERLIN)
    assert first == NOON
    assert last == NOON + 24 * timedelta(seconds=18.5)


def test_a_batch_to_strangers_takes_as_many_days_as_the_cap_asks() -> None:
    _, last = estimate_eta(86, 40, NOON, Pace(), PaceUse(), BERLIN)
    assert last is not None
    assert wall_clock.local(last, BERLIN).date() == datetime(2026, 11, 24).date()
    _, last = estimate_eta(100, 100, NOON, Pace(), PaceUse(strangers_today=20), BERLIN)
    assert last is not None
    assert wall_clock.local(last, BERLIN).date() == datetime(2026, 11, 28).date()


def test_the_caps_of_a_new_number_grow_for_two_weeks_up_to_its_own() -> None:
    first = wall_clock.local(NOON, BERLIN).date()
    for pace, wanted in (
        (Pace(), {1: (10, 2), 2: (20, 3), 4: (40, 6), 13: (150, 20), 14: (174, 20), 15: (200, 20)}),
        (Pace(daily_cap=10_000, stranger_cap=0), {1: (44, 0), 14: (8711, 0), 15: (10_000, 0)}),
        (Pace(daily_cap=15, stranger_cap=1), {1: (10, 1), 2: (15, 1), 15: (15, 1)}),
    ):
        warm = replace(pace, warm_since=first)
        for day, caps in wanted.items():
            found = caps_at(warm, NOON + timedelta(days=day - 1), BERLIN)
            assert (found.messages, found.strangers) == caps
    assert caps_at(replace(Pace(), warm_since=first), NOON - timedelta(days=9), BERLIN).day == 1


def test_the_last_of_a_batch_is_expected_as_the_caps_of_a_new_number_grow() -> None:
    first = wall_clock.local(NOON, BERLIN).date()
    warm = replace(Pace(), warm_since=first)
    for n, strangers, days in ((60, 0, 2), (61, 0, 3), (12, 12, 3), (61, 21, 4)):
        _, last = estimate_eta(n, strangers, NOON, warm, PaceUse(), BERLIN)
        assert last is not None
        assert (wall_clock.local(last, BERLIN).date() - first).days == days
        assert in_time(n, strangers, NOON, last, warm, PaceUse(), BERLIN) == n


def test_strangers_who_may_never_be_written_to_have_no_last_one() -> None:
    assert estimate_eta(3, 1, NOON, Pace(stranger_cap=0), PaceUse(), BERLIN)[1] is None


def test_nothing_to_send_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to send"):
        estimate_eta(0, 0, NOON, Pace(), PaceUse(), BERLIN)


@given(paces(), near_changes(), st.integers(1, 60), st.integers(0, 60), st.integers(0, 50))
def test_the_forecast_agrees_with_sending_one_by_one_at_the_mean_gap(
    pace: Pace, now: datetime, n: int, new: int, sent: int
) -> None:
    pace = replace(pace, stranger_cap=max(pace.stranger_cap, 1), gap_max=pace.gap_min)
    new = min(n, new)
    use, at, first = PaceUse(sent), now, None
    foretold = estimate_eta(n, new, now, pace, use, BERLIN)
    fresh, known = new, n - new
    for _ in range(n):
        may_meet = use.strangers_today < caps_at(pace, at, BERLIN).strangers
        stranger = fresh > 0 and (known == 0 or may_meet)
        while isinstance(verdict := may_send(at, pace, use, stranger, BERLIN), Wait):
            if verdict.until >= wall_clock.next_midnight(at, BERLIN):
                use = PaceUse(last_sent_at=use.last_sent_at)
                stranger = fresh > 0
            at = verdict.until
        day = wall_clock.local(at, BERLIN).date()
        first, last = first or at, at
        fresh, known = fresh - stranger, known - (not stranger)
        use = PaceUse(use.sent_today + 1, use.strangers_today + stranger, at)
        at += pace.gap_min
        if wall_clock.local(at, BERLIN).date() != day:
            use = PaceUse(last_sent_at=use.last_sent_at)
    assert foretold == (first, last)


@given(st.integers(1, 5), st.integers())
def test_a_variant_is_one_of_them_and_always_the_same(n: int, seed: int) -> None:
    assert 0 <= pick_variant(n, seed) < n
    assert pick_variant(n, seed) == pick_variant(n, seed)


def test_variants_are_spread_evenly_and_stay_what_they_were() -> None:
    picked = [pick_variant(5, seed) for seed in range(5000)]
    assert all(900 < picked.count(one) < 1100 for one in range(5))
    assert picked[:12] == FIRST_TWELVE
