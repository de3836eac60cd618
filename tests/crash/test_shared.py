"""Two workers and two apis on PostgreSQL: nothing is lost and nothing goes twice."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.farm import farm
from tests.crash.shared_storm import SharedStorm
from tests.postgresql_server import PostgresqlServer
from tests.product import Redis
from tests.whatsapp_server.client import Simulator

STRIKES = {
    "worker killed": 25,
    "worker paused": 30,
    "worker paused, links go on": 25,
    "link killed": 20,
    "link paused": 15,
    "api killed": 15,
    "api paused": 10,
    "redis killed": 10,
    "redis paused": 5,
    "redis flushed": 5,
    "database killed": 15,
    "database paused": 15,
    "line cut": 10,
}
FEW = {"worker killed": 1, "worker paused": 1, "database killed": 1}


@pytest.fixture
def seed() -> int:
    """The seed of this run; SEED=… in the environment replays another."""
    chosen = int(os.environ.get("SEED") or int.from_bytes(os.urandom(4), "big"))
    print(f"\nreplay with SEED={chosen}")
    return chosen


@pytest.fixture
def database() -> Iterator[PostgresqlServer]:
    """A PostgreSQL that can be killed."""
    server = PostgresqlServer()
    try:
        server.start()
        yield server
    finally:
        server.end()


def rage(storm: SharedStorm, strikes: dict[str, int], texts: int) -> None:
    """Let the storm go over the farm, and compare what arrived with what was to."""
    storm.rage(strikes, texts)
    storm.calm(patience_s=120 + 2 * texts)
    print(storm.check())
    storm.books.close()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_three_strikes_at_two_workers_lose_nothing_and_send_nothing_twice(
    tmp_path: Path, whatsapp: Simulator, redis: Redis, database: PostgresqlServer, seed: int
) -> None:
    environ = whatsapp.environment(os.environ)
    with farm(tmp_path, environ, database, redis, apis=0) as started:
        rage(SharedStorm(started, whatsapp, seed, accounts=2), FEW, texts=9)


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_two_hundred_kills_and_pauses_of_everything_lose_nothing_and_send_nothing_twice(
    tmp_path: Path, whatsapp: Simulator, redis: Redis, database: PostgresqlServer, seed: int
) -> None:
    """TEXTS, ACCOUNTS and STRIKES (of each kind, in percent) change its size."""
    texts, accounts = int(os.environ.get("TEXTS", 1000)), int(os.environ.get("ACCOUNTS", 20))
    share = int(os.environ.get("STRIKES", 100))
    assert sum(STRIKES.values()) == 200
    strikes = {name: -(-times * share // 100) for name, times in STRIKES.items()}
    environ = whatsapp.environment(os.environ) | {"ACCOUNTS_MAX": "1000"}
    with farm(tmp_path, environ, database, redis) as started:
        rage(SharedStorm(started, whatsapp, seed, accounts), strikes, texts)
