"""Empty databases of the newest version, made once in a process and then copied.

They are SQLite's files, or PostgreSQL's where WASCHED_TEST_DATABASE=postgresql says so.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Engine
from sqlmodel import SQLModel

from tests import postgresql
from wasched import config, db

_kept: dict[str, bytes] = {}


def begin_database() -> None:
    """Have an empty database where the settings say; all migrations take a quarter of a second."""
    if postgresql.is_wanted():
        with patch.dict(os.environ, {"DATABASE_URL": postgresql.emptied_database()}):
            config.settings.cache_clear()
            config.settings()  # which is kept, as is the engine
            db.engine()
        return
    _begin_file(config.settings().db_path)


def migrated_file(file: Path) -> Path:
    """A new SQLite file that the migrations made."""
    with _settings_on(file):
        _begin_file(file)
    return file


def upgrade_file(file: Path) -> None:
    """Bring a SQLite file of an older version up to date, or make it, as a process that starts."""
    with _settings_on(file):
        db.upgrade()


@contextmanager
def _settings_on(file: Path) -> Iterator[None]:
    """Have the settings name a file, and let go of it at the end."""
    cached = (config.settings, db.engine)
    with patch.dict(os.environ, {"DB_PATH": str(file)}):
        for one in cached:
            one.cache_clear()
        try:
            yield
        finally:
            db.engine().dispose()
            for one in cached:
                one.cache_clear()


def _begin_file(file: Path) -> None:
    if "migrated" in _kept:
        _put(file, "migrated")
        return
    db.upgrade()
    db.engine().dispose()  # so that all of it is in the file
    _kept["migrated"] = file.read_bytes()


def empty_tables(file: Path) -> Engine:
    """An engine on a new database with the tables that the models describe, and nothing in them."""
    if postgresql.is_wanted():
        return db.make_engine(postgresql.emptied_database())
    return sqlite_tables(file)


def sqlite_tables(file: Path) -> Engine:
    """The same in a new file of SQLite, for what is tried there alone."""
    engine = db.make_engine(f"sqlite:///{file}")
    if "made" in _kept:
        _put(file, "made")
        return engine
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    _kept["made"] = file.read_bytes()
    return engine


def _put(file: Path, which: str) -> None:
    file.write_bytes(_kept[which])
    file.chmod(0o600)
