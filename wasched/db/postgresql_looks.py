"""Looks at a PostgreSQL past sessions: how it is, and what became of a commit."""

import time
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from wasched.db import turns
from wasched.domain import storage

_AGAIN_S = 0.1

_WRITE_TURN = 0x77617363  # "wasc", of pg_advisory_xact_lock
UPGRADE_TURN = _WRITE_TURN + 1
TAKE_TURN = f"SELECT pg_advisory_xact_lock({_WRITE_TURN}), pg_current_xact_id()::text"
"""Whoever writes says this first: the turn is its own until the transaction ends. It also answers
the transaction's number, by which one whose end was not heard can be asked about."""
AS_IT_IS = {"no_parameters": True}
"""How several statements go together: only without parameters."""

_TRY_TURN = (
    "SELECT set_config('lock_timeout', '200', true);"  # ms; our own writers are quicker by far
    f" {TAKE_TURN}; SELECT current_setting('transaction_read_only')"
)


def size(made: Engine) -> int:
    """How many bytes the database takes on its server, without the log of all of them."""
    return int(ask(made, "SELECT pg_database_size(current_database())"))


def write_fault(made: Engine) -> str:
    """What keeps everybody from writing just now, in a sentence; empty if nothing does.

    Waits for its turn for a moment, as a writer does, and writes nothing.
    """
    try:
        is_read_only = ask(made, _TRY_TURN)
    except SQLAlchemyError as fault:
        return storage.sentence_for(fault)
    return storage.SERVER_READ_ONLY if is_read_only == "on" else ""


def damage_of(made: Engine, *, thorough: bool) -> str:
    """What PostgreSQL finds damaged first, in the words of its driver; empty if nothing is.

    All that is kept is read, which is done only for a `thorough` check: else it is left to
    whoever reads for a reason, and to the server's own tools. SQLAlchemyError if it cannot be
    read now.
    """
    for table in inspect(made).get_table_names() if thorough else ():
        name = made.dialect.identifier_preparer.quote(table)
        try:
            ask(made, f"SELECT max(length(one::text)) FROM {name} AS one")
        except DBAPIError as fault:
            if damage := storage.damage_in(str(fault)):
                return damage
            raise
    return ""


def was_committed(made: Engine, number: str | None) -> bool:
    """True once the server says so; waits until it answers, as long as a writer waits."""
    until_s = time.monotonic() + turns.BUSY_S
    while number and time.monotonic() < until_s:
        with suppress(SQLAlchemyError):
            found = ask(made, f"SELECT pg_xact_status('{number}'::xid8)")
            if found != "in progress":
                return bool(found == "committed")
        time.sleep(_AGAIN_S)
    return False


def ask(made: Engine, question: str) -> Any:
    """The last value that statements answer, which are a transaction of their own."""
    with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        answered = connection.exec_driver_sql(question, execution_options=AS_IT_IS)
        cursor: Any = answered.cursor
        while cursor.nextset():
            pass
        found = cursor.fetchone()[0]
        answered.close()
        return found
