"""Times as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from wasched.ui.core import date_fields, times

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)  # Thursday, 17:42 in Berlin


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 3, 12, 17, tzinfo=UTC), "today at 18:00"),
        (datetime(2026, 3, 12, 23, 30, tzinfo=UTC), "tomorrow at 00:30"),
        (datetime(2026, 3, 11, 17, tzinfo=UTC), "yesterday at 18:00"),
        (datetime(2026, 3, 17, 17, tzinfo=UTC), "Tue 17 March at 18:00"),
        (datetime(2027, 3, 17, 17, tzinfo=UTC), "Wed 17 March 2027 at 18:00"),
    ],
)
def test_a_day_is_named_as_the_reader_would(instant: datetime, words: str) -> None:
    assert times.when_words(instant, BERLIN, NOW) == words


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(days=5, hours=1), "in 5 days"),
        (timedelta(hours=1), "in 1 hour"),
        (timedelta(seconds=20), "in less than a minute"),
        (-timedelta(minutes=20), "20 minutes ago"),
    ],
)
def test_a_distance_is_rounded_down_to_its_largest_part(gap: timedelta, words: str) -> None:
    assert times.distance_words(NOW + gap, NOW) == words


def test_a_day_over_a_list_has_its_date_unless_it_is_today() -> None:
    assert times.day_heading(NOW, BERLIN, NOW) == "Today"
    assert times.day_heading(NOW + timedelta(days=1), BERLIN, NOW) == "Tomorrow, Friday 13 March"


def test_quick_picks_are_all_still_to_come() -> None:
    for hour in range(24):
        now = NOW.replace(hour=hour)
        for label, day, clock in date_fields.quick_picks(BERLIN, now):
            at = date_fields.instant_of(*date_fields.read_date(day, clock), BERLIN)
            assert at > now - timedelta(minutes=1), (hour, label)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-03-15T09:00Z", ["In an hour", "Tonight 18:00", "Tomorrow 08:00"]),
        ("2026-03-12T16:00Z", ["In an hour", "Tomorrow 08:00", "Monday 08:00"]),
    ],
)
def test_no_two_quick_picks_mean_the_same_time(now: str, left: list[str]) -> None:
    picks = date_fields.quick_picks(BERLIN, datetime.fromisoformat(now))
    assert [label for label, _, _ in picks] == left
