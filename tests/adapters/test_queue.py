"""The queue on Redis; the one in a file is what every other test runs on."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from huey import RedisHuey, SqliteHuey

from tests.ports import free_port
from tests.product import Product, until
from wasched.adapters.queue import make_queue

SWEEPS = """
from wasched import bootstrap, tasks
from wasched.domain.log_tail import LogPart

bootstrap.start(LogPart.WORKER)
for missed_s in (0, 5, 10):
    tasks.worker_state.swept_at = before = tasks.worker_state.swept_at - missed_s
    tasks.stand_in()
    print("swept", tasks.worker_state.swept_at != before)
"""


@pytest.fixture
def without_redis() -> Mapping[str, str]:
    """An environment that names a Redis where none is."""
    return {**os.environ, "REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(free_port())}


def test_with_redis_a_queue_gives_up_on_a_silent_server(tmp_path: Path) -> None:
    queue = make_queue("redis://:se%2Fcret@dragonfly:6379/0", tmp_path / "queue.db")

    assert isinstance(queue, RedisHuey)
    asked = queue.storage.pool.connection_kwargs
    assert (asked["host"], asked["port"], asked["password"]) == ("dragonfly", 6379, "se/cret")
    assert (asked["socket_connect_timeout"], asked["socket_timeout"]) == (2, 6)


def test_without_redis_a_queue_is_a_file_made_later(tmp_path: Path) -> None:
    queue = make_queue("", tmp_path / "queue.db")

    assert isinstance(queue, SqliteHuey)
    assert not (tmp_path / "queue.db").exists()


def test_a_worker_without_its_queue_starts_and_says_so_once(
    without_redis: Mapping[str, str], tmp_path: Path
) -> None:
    product = Product(tmp_path, without_redis)
    try:
        product.start_worker()
        until(lambda: "Worker started" in product.log("worker"), "it starts")
    finally:
        product.end()

    said = product.log("worker")
    assert said.count("The queue does not answer") == 1 and "Traceback" not in said


def test_a_worker_does_by_itself_what_its_queue_has_missed(
    without_redis: Mapping[str, str], tmp_path: Path
) -> None:
    environ = {**without_redis, "DB_PATH": str(tmp_path / "app.db")}
    said = subprocess.check_output([sys.executable, "-c", SWEEPS], env=environ, text=True)

    swept = [line for line in said.splitlines() if line.startswith("swept ")]
    assert swept == ["swept True", "swept False", "swept True"]
