"""Waiting before another try: full jitter, bounded by the late window."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from wasched.domain.retry import BASE, CAP, next_try

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(st.integers(1, 10_000), st.integers())
def test_a_back_off_lies_between_nothing_and_its_ceiling(attempt: int, seed: int) -> None:
    ceiling = min(CAP, BASE * 2 ** min(attempt - 1, 20))
    assert timedelta() <= _wait(attempt, Random(seed)) <= ceiling


def test_jitter_is_full_and_grows_up_to_the_cap() -> None:
    rng = Random(1)
    for attempt, ceiling in ((1, 2), (2, 4), (3, 8), (8, 256), (9, 300), (50, 300)):
        waits = [_wait(attempt, rng).total_seconds() for _ in range(2000)]
        assert min(waits) < ceiling * 0.05
        assert ceiling * 0.95 < max(waits) <= ceiling
        assert ceiling * 0.45 < sum(waits) / len(waits) < ceiling * 0.55


@given(st.integers(1, 50), st.integers(-3600, 3600), st.integers())
def test_a_next_try_lies_within_the_late_window_or_is_none(
    attempt: int, left: int, seed: int
) -> None:
    late_at = NOW + timedelta(seconds=left)
    found = next_try(NOW, attempt, late_at, Random(seed))
    if left < 2:
        assert found is None
    else:
        assert found is not None
        assert NOW <= found <= late_at


@given(st.integers())
def test_tries_come_to_an_end(seed: int) -> None:
    rng, at, tries = Random(seed), NOW, 0
    late_at = NOW + timedelta(hours=12)
    while (found := next_try(at, tries + 1, late_at, rng)) is not None:
        at, tries = found, tries + 1
        assert tries < 1000


def _wait(attempt: int, rng: Random) -> timedelta:
    """How long a try is put off while there is time enough."""
    found = next_try(NOW, attempt, NOW + timedelta(days=1), rng)
    assert found is not None
    return found - NOW
