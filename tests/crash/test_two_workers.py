"""Two workers share accounts: one that is killed or asleep costs time, and no message."""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.crash.two_workers import NAMES, TwoWorkers
from tests.product import Redis
from tests.whatsapp_server.client import Simulator


@pytest.fixture
def workers(tmp_path: Path, redis: Redis, whatsapp: Simulator) -> Iterator[TwoWorkers]:
    """Both at work, with two accounts between them."""
    made = TwoWorkers(tmp_path, redis, whatsapp)
    try:
        made.link(2)
        made.start("two")
        made.share()
        yield made
    finally:
        made.end()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_one_that_is_killed_or_asleep_is_taken_over_from_and_nothing_goes_twice(
    workers: TwoWorkers,
) -> None:
    rng = Random(1)
    pause(workers, "one", rng)
    kill(workers, "two", rng)

    print(workers.check())
    assert "is not this worker's any more; closing its line" in workers.product.log("one")
    assert "Traceback" not in workers.log()


@pytest.mark.torture
@pytest.mark.timeout(10_800)
def test_two_hundred_times_asleep_past_its_lease_nothing_goes_twice(workers: TwoWorkers) -> None:
    rng = Random(int(os.environ.get("SEED") or 1))
    deeds = [kill, stop] + 8 * [pause]
    for number in range(int(os.environ.get("TIMES") or 250)):  # of which 200 are sleep
        deed, name = deeds[number % len(deeds)], rng.choice(NAMES)
        deed(workers, name, rng)
        if deed is not pause:
            workers.start(name)
            workers.share()

    workers.calm()
    print(workers.check())


def stop(workers: TwoWorkers, name: str, rng: Random) -> None:
    """Stop one as it should be while it sends."""
    workers.schedule(texts=10, over_s=1.5)
    workers.strike_in_the_middle(lambda: workers.product.stop(name), rng)
    workers.wait_until_taken_over(name)
    workers.calm()


def kill(workers: TwoWorkers, name: str, rng: Random) -> None:
    """Kill one while it sends."""
    workers.schedule(texts=10, over_s=1.5)
    workers.strike_in_the_middle(lambda: workers.product.kill_whole(name), rng)
    workers.wait_until_taken_over(name)
    workers.calm()


def pause(workers: TwoWorkers, name: str, rng: Random) -> None:
    """Let one sleep past its lease while it sends; it wakes while the other sends, or after."""
    workers.schedule(texts=10, over_s=1.5)
    workers.strike_in_the_middle(lambda: workers.product.pause(name), rng)
    workers.wait_until_taken_over(name)
    if rng.random() < 0.5:
        workers.calm()
    workers.product.go_on(name)
    workers.calm()
    workers.share()
