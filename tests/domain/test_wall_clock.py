"""Wall clocks against a second reading of every IANA zone, twenty years ahead."""

import zoneinfo
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.zone_oracle import EPOCH, ZoneTable, from_second, raw_zone, read_zone
from wasched.domain import wall_clock
from wasched.domain.wall_clock import Direction, ShiftKind, UnknownZone
from wasched.ui.core import times

BERLIN = wall_clock.zone("Europe/Berlin")
FIRST_YEAR, LAST_YEAR = 2026, 2047
FIRST = round((datetime(FIRST_YEAR, 1, 1) - EPOCH).total_seconds())
LAST = round((datetime(LAST_YEAR, 1, 1) - EPOCH).total_seconds())
DISTINCT = {raw_zone(name): name for name in sorted(wall_clock.zone_names())}.values()


def _check_instants(zone: ZoneInfo, table: ZoneTable, walls: Iterable[datetime]) -> None:
    for wall in walls:
        expected = table.first_instant(wall)
        assert wall_clock.instant(wall, zone) == expected, (zone.key, wall)
        shown = EPOCH + timedelta(seconds=_second(expected) + table.offset_at(_second(expected)))
        assert wall_clock.local(expected, zone) == shown, (zone.key, wall)


def _second(instant: datetime) -> int:
    return round((instant.replace(tzinfo=None) - EPOCH).total_seconds())


def _around(table: ZoneTable, step: timedelta) -> Iterable[datetime]:
    """Wall-clock times in the hours around every clock change."""
    for second, before, after in table.changes(FIRST, LAST):
        for offset in (before, after):
            turn = EPOCH + timedelta(seconds=second + offset)
            for one in range(-4, 5):
                yield turn + one * step
                yield turn + one * step - timedelta(seconds=1)


def test_every_zone_agrees_with_a_second_reading_around_each_clock_change() -> None:
    changes = 0
    for name in DISTINCT:
        zone, table = wall_clock.zone(name), read_zone(name, LAST_YEAR)
        changes += len(table.changes(FIRST, LAST))
        _check_instants(zone, table, _around(table, timedelta(minutes=30)))
    assert changes > 2000  # or nothing was compared


@pytest.mark.torture  # what differs is tried above
def test_every_zone_name_agrees_on_each_quarter_hour_near_a_change_and_on_every_day() -> None:
    """Zones that change alike in these years share one reading of all the days."""
    nights = [datetime(FIRST_YEAR, 1, 1, 2, 30) + timedelta(days=one) for one in range(20 * 365)]
    seen = set()
    for name in sorted(wall_clock.zone_names()):
        zone, table = wall_clock.zone(name), read_zone(name, LAST_YEAR)
        _check_instants(zone, table, _around(table, timedelta(minutes=15)))
        future = (table.offset_at(FIRST), *table.changes(FIRST, LAST))
        if future not in seen:
            _check_instants(zone, table, nights)
        seen.add(future)


def test_every_clock_change_is_found_named_and_measured() -> None:
    for name in DISTINCT:
        zone, table = wall_clock.zone(name), read_zone(name, LAST_YEAR)
        for second, before, after in table.changes(FIRST, LAST)[:6]:
            turn = from_second(second)
            found = wall_clock.clock_change_between(
                turn - timedelta(days=3), turn + timedelta(days=4), zone
            )
            assert found is not None, (name, turn)
            assert found.instant == turn
            assert found.minutes == abs(after - before) // 60
            assert found.direction == (Direction.FORWARD if after > before else Direction.BACK)


def test_a_time_is_in_a_gap_or_a_fold_exactly_where_the_second_reading_says_so() -> None:
    for name in DISTINCT:
        zone, table = wall_clock.zone(name), read_zone(name, LAST_YEAR)
        for second, before, after in table.changes(FIRST, LAST)[:6]:
            low, high = sorted((before, after))
            kind = ShiftKind.GAP if after > before else ShiftKind.FOLD
            start, end = (EPOCH + timedelta(seconds=second + one) for one in (low, high))
            tick = timedelta(seconds=1)
            for wall, expected in (
                (start - tick, ShiftKind.NONE),
                (start, kind),
                (end - tick, kind),
                (end, ShiftKind.NONE),
            ):
                assert wall_clock.clock_shift(wall, zone).kind is expected, (name, wall)


def test_a_time_that_the_clocks_jump_over_moves_forward_by_the_gap() -> None:
    wall = datetime(2026, 3, 29, 2, 30)
    assert wall_clock.instant(wall, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    shift = wall_clock.clock_shift(wall, BERLIN)
    assert shift.goes_out == datetime(2026, 3, 29, 3, 30)
    assert shift.sentence == (
        "On 29 March the clocks jump from 02:00 to 03:00, so 02:30 becomes 03:30."
    )


def test_a_time_that_comes_twice_is_the_first_one() -> None:
    wall = datetime(2026, 10, 25, 2, 30)
    assert wall_clock.instant(wall, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wall_clock.clock_shift(wall, BERLIN).sentence == (
        "On 25 October 02:30 comes twice; it goes out once, the first time."
    )


def test_a_clock_change_reads_as_a_sentence() -> None:
    found = wall_clock.clock_change_between(
        datetime(2026, 3, 22, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC), BERLIN
    )
    assert found is not None
    assert found.sentence == "Clocks go forward on 29 March"
    assert found.day == date(2026, 3, 29)


def test_changes_that_cancel_each_other_leave_nothing_to_tell() -> None:
    a, b = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    assert wall_clock.clock_change_between(a, b, BERLIN) is None


@pytest.mark.parametrize("name", ["Europe/Berln", "", "../etc/passwd", "/etc/localtime", "Mars"])
def test_an_unknown_zone_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(UnknownZone, match="There is no time zone"):
        wall_clock.zone(name)


def test_a_mistyped_zone_gets_a_suggestion() -> None:
    with pytest.raises(UnknownZone, match=r"Did you mean Europe/Berlin\?"):
        wall_clock.zone("Europe/Berln")


@given(
    st.datetimes(datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 1, 1), timezones=st.just(UTC)),
    st.times(),
    st.sampled_from(sorted(wall_clock.zone_names())),
)
def test_the_next_time_of_day_comes_within_two_days_and_is_shown_or_jumped_over(
    now: datetime, at: time, name: str
) -> None:
    zone = wall_clock.zone(name)
    found = wall_clock.next_time(now, at, zone)
    assert now < found <= now + timedelta(days=2)
    shown = wall_clock.local(found, zone)
    jumped = wall_clock.clock_shift(datetime.combine(shown.date(), at), zone).kind is ShiftKind.GAP
    assert shown.time() == at or jumped


@given(
    st.datetimes(datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(sorted(wall_clock.zone_names())),
)
def test_an_instant_lies_within_its_local_day(now: datetime, name: str) -> None:
    zone = wall_clock.zone(name)
    start, end = wall_clock.midnight(now, zone), wall_clock.next_midnight(now, zone)
    assert start <= now < end
    assert end - start <= timedelta(hours=26)
    assert wall_clock.local(end, zone).time() < time(4)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("W. Europe Standard Time", "what Windows calls a time zone"),
        ("Pacific Daylight Time", "what Windows calls a time zone"),
        ("Europe/Berln", "Did you mean Europe/Berlin?"),
        ("europe/berlin", "Did you mean Europe/Berlin?"),
        ("Berlin", "Did you mean Europe/Berlin?"),
        ("New York", "Did you mean America/New_York?"),
        ("Middle Earth", "Write it as in Europe/Berlin"),
    ],
)
def test_an_unknown_zone_is_told_what_is_wrong_with_it(name: str, hint: str) -> None:
    with pytest.raises(UnknownZone) as refusal:
        wall_clock.zone(name)
    assert hint in str(refusal.value)


@pytest.mark.parametrize(
    ("wall", "after", "instant"),
    [
        ("2027-10-31T02:15", "2027-10-31T00:10", "2027-10-31T00:15"),
        ("2027-10-31T02:15", "2027-10-31T00:45", "2027-10-31T01:15"),
        ("2027-10-31T02:15", "2027-10-31T01:45", "2027-10-31T00:15"),  # both are over
        ("2027-03-28T02:30", "2027-03-28T00:59", "2027-03-28T01:30"),  # the clocks jump over it
        ("2027-03-17T12:00", "2027-03-18T00:00", "2027-03-17T11:00"),
    ],
)
def test_of_two_hours_that_look_alike_the_one_to_come_is_meant(
    wall: str, after: str, instant: str
) -> None:
    now = datetime.fromisoformat(after).replace(tzinfo=UTC)
    found = wall_clock.coming_instant(
        datetime.fromisoformat(wall), wall_clock.zone("Europe/Berlin"), now
    )
    assert found == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_pages_and_rules_read_one_edition_of_zone_data(tmp_path: Path) -> None:
    """A system whose own data says otherwise of a zone changes nothing, on no page."""
    (tmp_path / "Europe").mkdir()
    other = resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "Europe" / "Berlin").write_bytes(other)
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    zoneinfo.reset_tzpath([str(tmp_path)])
    ZoneInfo.clear_cache()
    try:
        shown = times.local_time(noon, "Europe/Berlin")
        goes_out = wall_clock.local(noon, wall_clock.zone("Europe/Berlin"))
    finally:
        zoneinfo.reset_tzpath()
        ZoneInfo.clear_cache()

    assert (shown.hour, goes_out.hour) == (13, 13)
