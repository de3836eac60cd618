"""Whatever is decided in whatever order, and whatever dies: each time comes once, and no other."""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given

from tests.fuzz import fuzzed_by, seeds
from tests.services.histories.history import History
from tests.services.histories.server import Server, Template

BEGINS = (
    datetime(2026, 3, 24, 10, 20, tzinfo=UTC),  # the clocks go forward in Berlin
    datetime(2026, 10, 20, 10, 20, tzinfo=UTC),  # and back
    datetime(2026, 6, 3, 10, 20, tzinfo=UTC),
)

Play = Callable[[int], History]


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Play:
    """Plays the history of a seed."""
    template = Template(tmp_path_factory.mktemp("histories"), BEGINS[0])

    def played(seed: int) -> History:
        rng = Random(seed)
        history = History(Server(template, rng.choice(BEGINS), rng), rng)
        history.live(steps=rng.randint(3, 10))
        return history

    return played


@fuzzed_by(250)
@given(seed=seeds)
def test_each_time_comes_once_for_each_person_and_none_that_was_left_out(
    play: Play, seed: int
) -> None:
    history = play(seed)

    sent, expected = history.server.gateway.sent, history.diary.expected
    assert sent == expected, "\n".join(history.told)
