"""Which back-ups stay, and when the next one is due."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from wasched.domain import wall_clock
from wasched.domain.back_ups import (
    AGAIN,
    BackUpPlan,
    back_up_name,
    back_ups_to_keep,
    is_back_up_due,
    made_at,
)

BERLIN = wall_clock.zone("Europe/Berlin")
NIGHT = datetime(2026, 11, 30, 2, 17, tzinfo=UTC)
"""03:17 in Berlin, a Monday."""
PLAN = BackUpPlan("/srv/backup", time(3, 17))

instants = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


def test_seven_days_four_weeks_and_six_months_stay_of_a_year_of_nights() -> None:
    kept: set[datetime] = set()
    for night in range(400):
        kept = back_ups_to_keep({*kept, NIGHT - timedelta(days=399 - night)}, BERLIN)

    days_ago = sorted((NIGHT - one).days for one in kept)
    assert days_ago == [0, 1, 2, 3, 4, 5, 6, 8, 15, 30, 61, 91, 122, 153]


@settings(max_examples=40, deadline=None)
@given(st.sets(instants, max_size=60))
def test_what_stays_is_the_last_of_its_day_and_nothing_newer_goes_first(
    made: set[datetime],
) -> None:
    kept = back_ups_to_keep(made, BERLIN)

    assert kept <= made and len(kept) <= 17
    assert back_ups_to_keep(kept, BERLIN) == kept  # what stays tonight stays until there are more
    days = {one.astimezone(BERLIN).date() for one in made}
    newest = sorted(days)[-7:]
    assert {one.astimezone(BERLIN).date() for one in kept} >= set(newest)
    assert not made or max(made) in kept
    months = sorted({(day.year, day.month) for day in days})[-6:]
    assert {(day.year, day.month) for day in (one.astimezone(BERLIN) for one in kept)} >= {*months}


@settings(max_examples=40, deadline=None)
@given(st.lists(instants, max_size=40, unique=True))
def test_to_clear_up_every_night_keeps_what_one_clearing_would(made: list[datetime]) -> None:
    kept: set[datetime] = set()
    for one in sorted(made):
        kept = back_ups_to_keep({*kept, one}, BERLIN)

    assert kept == back_ups_to_keep(made, BERLIN)


@settings(max_examples=40, deadline=None)
@given(instants, st.booleans())
def test_a_name_tells_when_it_was_made(at: datetime, is_encrypted: bool) -> None:
    at = at.replace(microsecond=0)

    assert made_at(back_up_name(at, is_encrypted=is_encrypted)) == at


def test_no_other_file_is_taken_for_a_back_up() -> None:
    for name in ("wasched.tar.gz", "wasched-2026-13-01T00-00-00Z.tar.gz", "notes.txt",
                 "wasched-2026-11-30T02-17-00Z.tar.gz.1f2e.part"):  # fmt: skip
        assert made_at(name) is None


def test_one_is_due_each_night_also_after_a_downtime() -> None:
    def is_due(now: datetime, good: datetime | None, tried: datetime | None = None) -> bool:
        return is_back_up_due(PLAN, BERLIN, now, good, tried or good)

    assert is_due(NIGHT, None)
    assert is_due(NIGHT, NIGHT - timedelta(days=1))
    assert not is_due(NIGHT - timedelta(minutes=1), NIGHT - timedelta(days=1))
    assert is_due(NIGHT + timedelta(hours=9), NIGHT - timedelta(days=3))
    assert not is_due(NIGHT + timedelta(hours=23), NIGHT + timedelta(minutes=2))
    assert is_due(NIGHT, NIGHT + timedelta(days=300)), "the clock was set back"


def test_one_that_failed_is_tried_again_within_the_hour() -> None:
    good, tried = NIGHT - timedelta(days=1), NIGHT + timedelta(minutes=1)

    assert not is_back_up_due(PLAN, BERLIN, tried + AGAIN / 2, good, tried)
    assert is_back_up_due(PLAN, BERLIN, tried + AGAIN, good, tried)
