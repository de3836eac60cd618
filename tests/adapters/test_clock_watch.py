"""A clock that was set, and a machine that slept, are no mystery."""

import pytest

from wasched.adapters.clock_watch import ClockWatch


class Times:
    """Three clocks that a test moves."""

    def __init__(self) -> None:
        self.wall, self.awake, self.always = 1_000_000.0, 50.0, 70.0

    def pass_by(self, seconds: float, slept: float = 0.0, moved: float = 0.0) -> None:
        """Let time pass, some of it asleep, and set the clock."""
        self.wall += seconds + slept + moved
        self.awake += seconds
        self.always += seconds + slept


@pytest.fixture
def times() -> Times:
    return Times()


@pytest.fixture
def watch(times: Times) -> ClockWatch:
    return ClockWatch(lambda: times.wall, lambda: times.awake, lambda: times.always)


@pytest.mark.parametrize(
    ("passing", "said"),
    [
        ({}, ""),
        ({"moved": 3_600}, "set ahead by 60 minutes"),
        ({"moved": -3_600}, "set back by 60 minutes"),
        ({"moved": 60 * 86_400}, "set ahead by 60 days"),
        ({"moved": 1.5}, ""),
        ({"slept": 28_800}, "slept for 8 hours"),
    ],
)
def test_a_jump_is_said_as_what_it_was(
    times: Times, watch: ClockWatch, passing: dict[str, float], said: str
) -> None:
    times.pass_by(2.0, **passing)
    watch.look()

    assert said in watch.sentence and bool(said) == bool(watch.sentence)


def test_a_jump_is_forgotten_after_a_while(times: Times, watch: ClockWatch) -> None:
    times.pass_by(2.0, moved=3_600)
    watch.look()
    times.pass_by(121.0)
    watch.look()

    assert watch.sentence == ""
