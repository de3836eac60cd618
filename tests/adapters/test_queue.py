"""The queue on Redis; the one in a file is what every other test runs on."""

from pathlib import Path

from huey import RedisHuey, SqliteHuey

from wasched.adapters.queue import make_queue


def test_with_redis_a_queue_gives_up_on_a_silent_server(tmp_path: Path) -> None:
    queue = make_queue("redis://:se%2Fcret@dragonfly:6379/0", tmp_path / "queue.db")

    assert isinstance(queue, RedisHuey)
    asked = queue.storage.pool.connection_kwargs
    assert (asked["host"], asked["port"], asked["password"]) == ("dragonfly", 6379, "se/cret")
    assert (asked["socket_connect_timeout"], asked["socket_timeout"]) == (2, 10)


def test_without_redis_a_queue_is_a_file_made_later(tmp_path: Path) -> None:
    queue = make_queue("", tmp_path / "queue.db")

    assert isinstance(queue, SqliteHuey)
    assert not (tmp_path / "queue.db").exists()
