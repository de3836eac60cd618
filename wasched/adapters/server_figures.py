"""What a monitor is told of the files and the queue of a server."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from redis import RedisError

from wasched.adapters.huey_library import Huey
from wasched.domain.figures import Figure, FigureKind, Labels, one_value


def server_figures(
    sizes: tuple[int | None, int], data: Path, queue: Huey, queue_fault: str
) -> list[Figure]:
    """Sizes in bytes, and how many tasks wait; what cannot be measured has no value.

    `sizes` are those of the database and of its log. A queue that is known to be away is not asked.
    """
    database, log = ({} if size is None else one_value(size) for size in sizes)
    depth = {} if queue_fault else _queue_depth(queue)
    return [
        _gauge("wasched_database_bytes", "The size of the database.", database),
        _gauge("wasched_wal_bytes", "The size of its write-ahead log.", log),
        _gauge("wasched_free_bytes", "The room left where the data is.", _free(data)),
        _gauge("wasched_queue_up", "1 if the queue takes tasks.", one_value(not queue_fault)),
        _gauge("wasched_queue_tasks", "How many tasks wait in the queue.", depth),
    ]


def _gauge(name: str, about: str, values: dict[Labels, float]) -> Figure:
    return Figure(name, about, FigureKind.GAUGE, values)


def _free(folder: Path) -> dict[Labels, float]:
    with suppress(OSError):
        found = os.statvfs(folder)
        return one_value(found.f_bavail * found.f_frsize)
    return {}


def _queue_depth(queue: Huey) -> dict[Labels, float]:
    with suppress(RedisError, sqlite3.Error):
        return one_value(queue.pending_count())
    return {}
