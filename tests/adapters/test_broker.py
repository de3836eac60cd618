"""A Redis that hangs, is slow, full or gone makes hints late, and holds up nobody."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.broker import hanging
from tests.product import Redis, until
from wasched.adapters import changes as changes_module
from wasched.adapters.changes import RedisChanges

QUICK_S = 3.0  # for what takes milliseconds, on a machine that is busy


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    """A real redis-server."""
    server = Redis(tmp_path / "redis")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look ten times as often."""
    for name, seconds in (("_LOOK_S", 0.1), ("_SILENT_S", 0.5)):
        monkeypatch.setattr(changes_module, name, seconds)


def url(port: int, password: str = "") -> str:
    """The address of a Redis of this machine."""
    return f"redis://:{password}@127.0.0.1:{port}/0" if password else f"redis://127.0.0.1:{port}/0"


def test_a_commit_in_one_process_is_heard_of_in_another(redis: Redis) -> None:
    here, there = RedisChanges(url(redis.port)), RedisChanges(url(redis.port))
    until(lambda: not there.wait(0.3), "it listens, and nothing has happened")

    here.hint()

    assert there.wait(10)
    for one in (here, there):
        one.close()


@pytest.mark.usefixtures("impatient")
def test_whoever_waits_for_a_change_looks_by_themselves_while_redis_hangs(redis: Redis) -> None:
    changes = RedisChanges(url(redis.port))
    until(lambda: not changes.wait(0.3), "it listens, and nothing has happened")

    with hanging(redis):
        changes.hint()  # its thread waits for the answer from now on
        assert changes.wait(30), "it looks although it has heard nothing"
        begin = time.monotonic()
        assert changes.wait(30) and changes.wait(30)
        assert time.monotonic() - begin < QUICK_S

    until(lambda: not changes.wait(0.3), "it listens again")
    changes.hint()
    assert changes.wait(10)
    changes.close()


@pytest.mark.usefixtures("impatient")
def test_a_redis_that_is_gone_is_followed_again_when_it_is_back(redis: Redis) -> None:
    changes = RedisChanges(url(redis.port))
    until(lambda: not changes.wait(0.3), "it listens, and nothing has happened")

    redis.kill()
    assert changes.wait(30), "it looks although it has heard nothing"
    redis.start()

    until(lambda: not changes.wait(0.5), "it listens again")
    changes.hint()
    assert changes.wait(10)
    changes.close()
