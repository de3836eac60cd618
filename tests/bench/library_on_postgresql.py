"""The library of `library.py` in a PostgreSQL, row by row as SQLite made it."""

from pathlib import Path

from sqlalchemy import Engine

from tests import postgresql
from tests.bench import library
from tests.postgresql_copy import copy_rows
from wasched import db
from wasched.db.upgrades import create_newest


def build(folder: Path, messages: int, spaces: int = 2) -> Engine:
    """A database of so many messages, of which the server knows what is in it."""
    file = folder / "library.db"
    library.build(file, messages, spaces).dispose()
    engine = db.make_engine(postgresql.new_database())
    create_newest(engine)
    copy_rows(file, engine)
    return engine
