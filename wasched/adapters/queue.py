"""The Huey queue: in a SQLite file of its own, or on Redis (Dragonfly)."""

from pathlib import Path

from huey import Huey, RedisHuey, SqliteHuey

_NAME = "wasched"


def make_queue(redis_url: str, path: Path) -> Huey:
    """The queue; making it touches neither file nor network."""
    if redis_url:
        return RedisHuey(
            _NAME,
            url=redis_url,
            results=False,
            read_timeout=1,
            socket_timeout=10,
            socket_connect_timeout=2,
        )
    # fsync off: the database is the truth, and the sweep finds what a lost queue forgot.
    return SqliteHuey(_NAME, filename=str(path), results=False, fsync=False, create_tables=False)


def prepare(queue: Huey) -> None:
    """Make the tables of an embedded queue, if they are missing."""
    if isinstance(queue, SqliteHuey):
        queue.storage.initialize_schema()
