"""The Huey queue: in a SQLite file of its own, or on Redis (Dragonfly)."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from redis import Redis

from wasched.adapters.huey_library import Huey, RedisHuey, SqliteHuey, SqliteStorage

_NAME = "wasched"
_PATIENCE = "socket_timeout=6&socket_connect_timeout=2"  # seconds, in the URL as Huey wants
_ASKED = "wasched:asked"
_ASKED_FOR_S, _ANSWER_S = 60, 5


class _FileStorage(SqliteStorage):  # type: ignore[misc]
    """Makes its folder and tables when it first connects, so that making a queue is free.

    Huey's consumer looks at its queue before it lets anybody prepare it.
    """

    def _create_connection(self) -> sqlite3.Connection:
        Path(self.filename).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection: sqlite3.Connection = super()._create_connection()
        for statement in self.ddl:
            connection.execute(statement)
        return connection


class _FileHuey(SqliteHuey):  # type: ignore[misc]
    storage_class = _FileStorage


def make_queue(redis_url: str, path: Path) -> Huey:
    """The queue; making it touches neither file nor network."""
    if redis_url:
        return RedisHuey(_NAME, url=f"{redis_url}?{_PATIENCE}", results=False, read_timeout=1)
    # fsync off: the database is the truth, and the sweep finds what a lost queue forgot.
    return _FileHuey(_NAME, filename=str(path), results=False, fsync=False, create_tables=False)


def make_asking(redis_url: str, path: Path) -> Callable[[], object]:
    """What puts into the queue something that is no task; raises what its library does."""
    if not redis_url:
        queue = make_queue("", path)
        return lambda: queue.pending_count()
    connection = Redis.from_url(redis_url, socket_timeout=_ANSWER_S, socket_connect_timeout=2)
    # A Redis without room still answers what only reads.
    return lambda: connection.set(_ASKED, b"1", ex=_ASKED_FOR_S)
