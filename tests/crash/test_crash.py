"""Nothing is lost and nothing goes twice, whatever is killed and whenever."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.storm import Storm
from tests.product import Redis, running
from tests.whatsapp_server.client import Simulator


@pytest.fixture
def seed() -> int:
    """The seed of this run; SEED=… in the environment replays another."""
    chosen = int(os.environ.get("SEED") or int.from_bytes(os.urandom(4), "big"))
    print(f"\nreplay with SEED={chosen}")
    return chosen


@pytest.fixture
def storm(tmp_path: Path, whatsapp: Simulator, redis: Redis, seed: int) -> Iterator[Storm]:
    """The product on redis, linked, about to be struck."""
    environ = whatsapp.environment(os.environ) | redis.environ
    with running(tmp_path / "product", environ) as product:
        made = Storm(product, redis, whatsapp, seed)
        yield made
        made.books.close()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_kills_of_each_part_lose_nothing_and_send_nothing_twice_whatever_people_decide(
    storm: Storm,
) -> None:
    strikes = {"link child": 4, "worker": 4, "api": 2, "redis": 3, "flush": 2, "line": 3}
    storm.rage(strikes, texts=100, meddle=True)
    storm.calm(patience_s=300)

    print(storm.check())


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_two_hundred_kills_and_fifty_cuts_lose_nothing_and_send_nothing_twice(storm: Storm) -> None:
    strikes = {"link child": 50, "worker": 50, "api": 50, "redis": 50, "flush": 25, "line": 50}
    storm.rage(strikes, texts=1000, meddle=True)
    storm.calm(patience_s=1800)

    print(storm.check())
