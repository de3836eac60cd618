"""What is PostgreSQL's own: whose turn it is to write, what a reader sees, its words for faults.

The promises are those that SQLite gives: one writer at a time, who sees whatever was committed
before; ids in the order of commits; readers who wait for nobody and see one moment. The turn is
held in the database, so it holds for every process on every machine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import JSON, Connection, Engine, ExceptionContext, Integer, String, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import PoolProxiedConnection

from wasched.config import settings
from wasched.db import outbox_triggers, turns
from wasched.db.postgresql_looks import AS_IT_IS, TAKE_TURN, UPGRADE_TURN, was_committed
from wasched.db.postgresql_looks import size as size
from wasched.db.postgresql_schema import finish_schema as finish_schema
from wasched.db.postgresql_schema import require_fit as require_fit
from wasched.domain.errors import NotFoundError

# What may last how long: https://www.postgresql.org/docs/15/runtime-config-client.html
_FORGOTTEN_S = 20
"""Who says nothing for so long within a transaction, such as on a machine that sleeps, is cut off.

A writer is after half the time that a worker's lease lasts, at most: all others wait for its turn.
"""

_LEAST_S, _CONNECT_S = 5, 10
_NUMBER = "number of the transaction"

creates_newest = True
"""Nobody has a PostgreSQL database of 0028 or before: what those did to SQLite is not repeated."""

_READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"

# https://www.postgresql.org/docs/15/errcodes-appendix.html
_TOO_LARGE = "22003"  # numeric value out of range
_NUL = "fields cannot contain NUL"  # as psycopg says it, and sends nothing
_BUSY = {"55P03", "40001", "40P01"}  # lock not available, serialization failure, deadlock


def engine_options() -> dict[str, Any]:
    """What an engine is made with, beside what every one is."""
    limits = (
        f"-c lock_timeout={int(turns.BUSY_S * 1000)}"  # ms, as both are
        f" -c idle_in_transaction_session_timeout={_FORGOTTEN_S * 1000}"
        " -c TimeZone=UTC"
    )
    return {
        "connect_args": {
            "connect_timeout": _CONNECT_S,
            "client_encoding": "utf8",
            "keepalives_idle": _CONNECT_S,  # s; a machine that is gone says nothing
            "tcp_user_timeout": _CONNECT_S * 1000,  # ms
            "options": limits,
        },
        "pool_pre_ping": True,  # a server may have gone away and come back
        "execution_options": {"preserve_rowcount": True},  # of INSERT … SELECT as well
    }


def set_up(made: Engine) -> None:
    """Have writers take turns, and readers see one moment."""
    # Whole numbers go as the driver types them, by their size: one that is too large for a column
    # is compared with it like any other.
    kinds = made.dialect.colspecs.items()
    made.dialect.colspecs = {kind: own for kind, own in kinds if kind is not Integer}
    event.listen(made, "begin", _begin)
    vars(made.dialect)["do_commit"] = partial(_commit, made)
    event.listen(made, "handle_error", _find_nothing)
    event.listen(made, "checkin", lambda given, _record: _set_autocommit(given, on=False))


def plain_connection(made: Engine) -> PoolProxiedConnection:
    """The driver's own connection, whose every statement sees what is committed by then.

    It begins no transaction: the server would end one that is forgotten.
    """
    connection = made.raw_connection()
    _set_autocommit(connection.driver_connection, on=True)
    return connection


def is_busy(fault: BaseException) -> bool:
    """True if another connection was in the way, or the server was not there, or went away."""
    return _state_of(fault) in _BUSY or _is_away(fault) or _is_lost(fault)


def has_not_begun(fault: BaseException) -> bool:
    """True if a transaction could not even begin, so that nothing of it was done."""
    statement = getattr(fault, "statement", None) or ""
    return _is_away(fault) or (is_busy(fault) and statement.startswith(TAKE_TURN))


def log_size(_made: Engine) -> int:
    """Nothing: the log belongs to the server, which keeps it short."""
    return 0


def checkpoint(made: Engine) -> None:
    """Nothing to do: the server does it by itself."""


def shorten_log(made: Engine) -> bool:
    """True at once: the server reuses its log, and what is deleted goes by VACUUM."""
    return True


@contextmanager
def upgrade_turn(made: Engine) -> Iterator[None]:
    """Hold the one turn to upgrade a database, of all processes on all machines."""
    with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET lock_timeout = 0")  # an upgrade may take long
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({UPGRADE_TURN})")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({UPGRADE_TURN})")
            connection.invalidate()  # its settings are not for others


def keep_old(_made: Engine, _target: str) -> None:
    """Nothing: the server's own back-ups are its operator's."""


def _is_away(fault: BaseException) -> bool:
    """True if there was no connection: the server starts, or is being replaced."""
    is_early = isinstance(fault, OperationalError) and fault.statement is None
    return is_early and not _state_of(fault) and not _is_lost(fault)  # so no COMMIT failed


def _is_lost(fault: BaseException) -> bool:
    """True if the connection broke: the server has ended, or the way to it."""
    return isinstance(fault, DBAPIError) and fault.connection_invalidated


def _state_of(fault: BaseException) -> str | None:
    state: str | None = getattr(getattr(fault, "orig", None), "sqlstate", None)
    return state


def _set_autocommit(driver: Any, *, on: bool) -> None:
    if driver is not None and driver.autocommit is not on:  # none is left of one that broke
        driver.autocommit = on


@compiles(JSON, "postgresql")
def _json_type(_type: JSON, _compiler: Any, **_given: Any) -> str:
    """JSON that can be compared and grouped by, as SQLite's text can."""
    return "JSONB"


@compiles(Integer, "postgresql")
def _integer_type(_type: Integer, _compiler: Any, **_given: Any) -> str:
    """64 bits, as SQLite has: for sizes of files, and for numbers behind all that there are."""
    return "BIGINT"


@compiles(String, "postgresql")
def _string_type(_type: String, _compiler: Any, **_given: Any) -> str:
    """As long as it is, as in SQLite: how long a text may be is for whoever takes it to say."""
    return "VARCHAR"


def _begin(connection: Connection) -> None:
    """Take the turn at once, so that a writer never fails half-way behind another."""
    options = connection.get_execution_options()
    readonly = options.get("readonly")
    if readonly:
        connection.exec_driver_sql(_READ)
    elif options.get("isolation_level") != "AUTOCOMMIT":
        # Each is a statement of its own: the second sees what was committed before the turn.
        follow = f"; {outbox_triggers.FOLLOW_READERS}; {_lose_turn()}" if readonly is False else ""
        begun = connection.exec_driver_sql(f"{TAKE_TURN}{follow}", execution_options=AS_IT_IS)
        first: Any = begun.cursor
        connection.info[_NUMBER] = first.fetchone()[1]
        begun.close()


def _lose_turn() -> str:
    """Have the server end this transaction if nothing more is said in it for a while."""
    after_s = min(_FORGOTTEN_S, max(_LEAST_S, settings().lease_s / 2))
    return f"SET LOCAL idle_in_transaction_session_timeout = {int(after_s * 1000)}"


def _commit(made: Engine, connection: PoolProxiedConnection) -> None:
    """Commit; where the answer is lost with the connection, ask whether it was done.

    https://www.postgresql.org/docs/15/functions-info.html, pg_xact_status
    """
    assert made.dialect.dbapi is not None
    try:
        connection.commit()
    except made.dialect.dbapi.OperationalError as fault:
        is_lost = made.dialect.is_disconnect(fault, connection.dbapi_connection, None)
        if not is_lost or not was_committed(made, connection.info.get(_NUMBER)):
            raise


def _find_nothing(context: ExceptionContext) -> None:
    """NotFoundError for what no column holds, a number too large or a NUL: no row can have it."""
    fault = context.original_exception
    if getattr(fault, "sqlstate", None) == _TOO_LARGE or _NUL in str(fault):
        raise NotFoundError
