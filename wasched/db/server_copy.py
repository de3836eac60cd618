"""A database on a server as a SQLite file, and a file in its place: for back-ups and restores."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from wasched.db import bulk_sqlite, move_target, table_copy
from wasched.db.dialects import dialect_of
from wasched.db.server_faults import server_faults_said
from wasched.db.upgrades import finish_newest

_SIZE = "SELECT pg_database_size(current_database())"
_QUICK = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -32000")


def size_of(server: Engine) -> int:
    """How many bytes the database takes, which a file of it takes at most."""
    with server.connect() as connection:
        return connection.scalar(text(_SIZE)) or 0


def write_file(server: Engine, file: Path) -> None:
    """Write the database as it is at one instant into a new file, as if SQLite had kept it.

    Nobody waits for it. UnusableDatabaseError if the server fails.
    """
    with (
        server_faults_said(server, "No back-up was written."),
        server.connect().execution_options(readonly=True) as source,
        _quick_file(file) as target,
    ):
        table_copy.keep_reading(source)
        table_copy.copy_whole(source, target)
        finish_newest(target)


def put_file(file: Path, server: Engine, secret: str = "") -> None:
    """Put the rows of a file of this version in the place of all that the server's tables hold.

    All of it or nothing. `secret` is what lay beside the file. UnusableDatabaseError if the server
    fails, or has tables of others.
    """
    with (
        server_faults_said(server, "Nothing was changed."),
        _fit(server),
        dialect_of(server).upgrade_turn(server),
        _plain_file(file) as source,
        server.begin() as target,
    ):
        bulk_sqlite.read_cleaned(source)
        move_target.make_way(target)
        table_copy.copy_whole(source, target)
        if secret:
            move_target.keep_secret(target, secret)
        move_target.finish_target(target)


@contextmanager
def _fit(server: Engine) -> Iterator[None]:
    dialect_of(server).require_fit(server)
    yield


@contextmanager
def _quick_file(file: Path) -> Iterator[Connection]:
    """A new file that nobody else sees: it needs no log, and is thrown away if it fails."""
    with _plain_file(file) as target:
        for one in _QUICK:
            target.exec_driver_sql(f"PRAGMA {one}")
        target.commit()
        yield target
        target.commit()


@contextmanager
def _plain_file(file: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        yield connection
