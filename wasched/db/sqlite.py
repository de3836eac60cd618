"""What is SQLite's own: its pragmas, how it begins, its log, its lock of a file, its copies.

What its words for a fault mean to a person is in `domain/storage.py`: processes that never load
the database meet them as well.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.pool import PoolProxiedConnection

from wasched.db import outbox_triggers
from wasched.db.turns import BUSY_S
from wasched.db.upgrade_copy import keep_copy
from wasched.domain.errors import NotFoundError

CONNECT_ARGS = {"timeout": BUSY_S, "check_same_thread": False}
creates_newest = False
"""An empty database goes through every migration, as all that are older do."""

_BEGIN_WRITING = "BEGIN IMMEDIATE"
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_LOG_PAGES = 8_000  # 32 MB: no commit meets a log that long while a worker runs
LOG_BYTES = 2 * 4096 * _LOG_PAGES
"""A log whose file is larger is cut off once nobody reads in it."""


def engine_options() -> dict[str, Any]:
    """What an engine is made with, beside what every one is."""
    # Fifty accounts that come back at once read at once; one more connection is three open files.
    return {"connect_args": CONNECT_ARGS, "max_overflow": 60}


def set_up(made: Engine) -> None:
    """Give an engine write-ahead logging, foreign keys, full durability and its way to begin."""
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    event.listen(made, "handle_error", _find_nothing)


def plain_connection(made: Engine) -> PoolProxiedConnection:
    """The driver's own connection, whose every statement sees what is committed by then."""
    return made.raw_connection()


def size(made: Engine) -> int:
    """How many bytes the database's file takes."""
    return _size(Path(f"{made.url.database}"))


def log_size(made: Engine) -> int:
    """How many bytes its log takes."""
    return _size(Path(f"{made.url.database}-wal"))


def checkpoint(made: Engine) -> None:
    """Copy what was committed from SQLite's log into the database; disturbs neither side.

    Left to itself the commit that finds a long log does this, and waits for the disk meanwhile.
    A log that a reader of another program let grow is cut off once nobody reads in it any more:
    else its file stays as large as it ever was (sqlite.org/pragma.html, journal_size_limit).
    """
    with closing(made.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        if log_size(made) > LOG_BYTES:
            _cut_off_log(cursor)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _cut_off_log(cursor: Any) -> None:
    """Leave it to the next time where somebody is in the way: nobody waits for this."""
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000}")


def shorten_log(made: Engine) -> bool:
    """Empty SQLite's log, in which deleted words stand until others take their place.

    Waits for nobody: False while somebody reads or writes, and it is for the next call.
    """
    with closing(made.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            return not cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000}")


def upgrade_turn(_made: Engine) -> AbstractContextManager[None]:
    """Nothing more to hold: who upgrades has locked a file beside the database."""
    return nullcontext()


def require_fit(_made: Engine) -> None:
    """Any file does."""


def keep_old(made: Engine, target: str) -> None:
    """Keep a copy of the database beside it before it is upgraded to `target`."""
    if name := made.url.database:
        keep_copy(Path(name), target)


def finish_schema(_connection: Connection) -> None:
    """Nothing: each connection makes its own triggers."""


@contextmanager
def locked_file(path: Path) -> Iterator[TextIO]:
    """Hold a file beside the database while the block runs; who wants it too waits."""
    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def is_busy(fault: BaseException) -> bool:
    """True if another connection was in the way, so that the same may go a moment later."""
    code = getattr(getattr(fault, "orig", None), "sqlite_errorcode", 0)
    return code & 0xFF in _BUSY  # the rest of an extended code says why: sqlite.org/rescode.html


def has_not_begun(fault: BaseException) -> bool:
    """True if a transaction could not even begin, so that nothing of it was done."""
    return is_busy(fault) and getattr(fault, "statement", None) == _BEGIN_WRITING


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins; the driver must not begin by itself
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # a commit survives power loss
    cursor.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    cursor.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what people delete is gone from the file as well
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the write lock at once, so that a writer never fails half-way behind another.

    A reading session takes none, and never waits for writers.
    """
    readonly = connection.get_execution_options().get("readonly")
    connection.exec_driver_sql("BEGIN" if readonly else _BEGIN_WRITING)
    if readonly is False:  # a session's, none of an upgrade: tables stay as they are
        outbox_triggers.follow_readers(_driver(connection))


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _find_nothing(context: ExceptionContext) -> None:
    """NotFoundError for a number above 64 bits, which sqlite3 does not take: no row can have it.

    It is asked for by who makes up an address or an event.
    """
    if isinstance(context.original_exception, OverflowError):
        raise NotFoundError
