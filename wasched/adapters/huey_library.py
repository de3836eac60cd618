"""Huey, without the libraries of the storages that are not used here."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Huey", "RedisHuey", "SqliteHuey", "SqliteStorage", "TaskWrapper", "crontab"]


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Let a library look as if it were not installed, unless it is loaded already."""
    is_loaded = name in sys.modules
    sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # so the import system asks for it
    try:
        yield
    finally:
        if not is_loaded:
            del sys.modules[name]


with _without("psycopg"):  # 9 MB, which are the database's own affair
    from huey import Huey, RedisHuey, SqliteHuey, crontab
    from huey.api import TaskWrapper
    from huey.storage import SqliteStorage
