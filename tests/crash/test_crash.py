"""Nothing is lost and nothing goes twice, whatever is killed and whenever."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.storm import Storm
from tests.postgresql import Server, is_wanted
from tests.product import Redis, running
from tests.whatsapp_server.client import Simulator


@pytest.fixture
def seed() -> int:
    """The seed of this run; SEED=… in the environment replays another."""
    chosen = int(os.environ.get("SEED") or int.from_bytes(os.urandom(4), "big"))
    print(f"\nreplay with SEED={chosen}")
    return chosen


@pytest.fixture
def server() -> Iterator[Server | None]:
    """A PostgreSQL to be struck, where tests are to run on one."""
    if not is_wanted():
        yield None
        return
    made = Server()
    made.start()
    yield made
    made.end()


@pytest.fixture
def storm(
    tmp_path: Path, whatsapp: Simulator, redis: Redis, seed: int, server: Server | None
) -> Iterator[Storm]:
    """The product on redis, linked, about to be struck."""
    environ = whatsapp.environment(os.environ) | redis.environ
    if server:
        environ |= {"DATABASE_URL": server.make_database()}
    with running(tmp_path / "product", environ) as product:
        made = Storm(product, redis, whatsapp, seed)
        if server:
            made.strikes["database"] = server.kill_and_start
        yield made
        made.books.close()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_kills_of_each_part_lose_nothing_and_send_nothing_twice_whatever_people_decide(
    storm: Storm,
) -> None:
    strikes = {"link child": 4, "worker": 4, "api": 2, "redis": 3, "flush": 2, "line": 3}
    storm.rage(strikes | _of_database(3), texts=100, meddle=True)
    storm.calm(patience_s=300)

    print(storm.check())


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_two_hundred_kills_and_fifty_cuts_lose_nothing_and_send_nothing_twice(storm: Storm) -> None:
    strikes = {"link child": 50, "worker": 50, "api": 50, "redis": 50, "flush": 25, "line": 50}
    storm.rage(strikes | _of_database(50), texts=1000, meddle=True)
    storm.calm(patience_s=1800)

    print(storm.check())


def _of_database(times: int) -> dict[str, int]:
    """SQLite's is in each process, and is killed with it."""
    return {"database": times} if is_wanted() else {}
