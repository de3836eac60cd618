"""A move to PostgreSQL, and a start on what it leaves, within this process."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

from wasched import config, db, moving_database
from wasched.adapters import folder_lock
from wasched.domain.errors import WaschedError


def move(
    environ: Mapping[str, str],
    said: list[str] | None = None,
    hear: moving_database.Say | None = None,
) -> moving_database.Moving:
    """Move in this process, which lets go of the lock of workers afterwards."""
    heard: list[str] = [] if said is None else said
    with own_locks():
        return moving_database.migrate_database(environ, hear or heard.append)


@contextmanager
def own_locks() -> Iterator[None]:
    """Let go of the lock of workers at the end, as the end of a process does."""
    try:
        yield
    finally:
        while folder_lock._held:
            os.close(folder_lock._held.pop())


def starts(environ: Mapping[str, str]) -> str:
    """What a process says that begins on the database; nothing if it begins."""
    with patch.dict("os.environ", environ):
        for cached in (config.settings, db.engine):
            cached.cache_clear()
        try:
            db.upgrade()
        except WaschedError as fault:
            return str(fault)
        finally:
            db.engine().dispose()
    for cached in (config.settings, db.engine):
        cached.cache_clear()
    return ""
