"""The PostgreSQL that keeps all sessions: connections to it, and the tables that are ours there.

The library's own tables stand beside them, made by the library itself.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TypeVar

import psycopg

from wasched.adapters.whatsapp.library_address import Connection, joined_options
from wasched.adapters.whatsapp.session_place import StoreFaultError
from wasched.adapters.whatsapp.store_faults import AWAY, fault_of_state

log = logging.getLogger(__name__)

_T = TypeVar("_T")

_CONNECT_S, _FRESH_S = 5, 1.0
_ANSWER_MS = 30_000
_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}  # s, s, times
_SET_UP = 0x77617366  # "wasf", of pg_advisory_xact_lock
_TABLES = """
CREATE TABLE IF NOT EXISTS wasched_session (
    account BIGINT PRIMARY KEY,
    jid TEXT UNIQUE,
    linked_at TIMESTAMPTZ,
    holder BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS wasched_heard (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account BIGINT NOT NULL,
    line BYTEA NOT NULL
);
CREATE INDEX IF NOT EXISTS wasched_heard_account ON wasched_heard (account, id);
"""


class SessionServer:
    """One process's way there; all of it raises StoreFaultError when it does not answer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._lock, self._asking = threading.Lock(), threading.Lock()
        self._asked_at, self._did_answer = -math.inf, False
        self._kept: Connection | None = None
        self._is_set_up = False

    @contextmanager
    def transaction(self, options: str = "") -> Iterator[Connection]:
        """A connection of its own, and a transaction that is committed at the end."""
        with _faults_said():
            connection = self._connect(options)
            try:
                with connection.transaction():
                    yield connection
            finally:
                connection.close()

    def do(self, deed: Callable[[Connection], _T]) -> _T:
        """A small transaction on a connection that is kept; the deed may be done twice."""
        with self._lock, _faults_said():
            kept, self._kept = self._kept, None  # unless all goes well
            if kept is not None:
                try:
                    return self._try(kept, deed)
                except psycopg.OperationalError:
                    log.info("The connection to the database with the links is made anew")
            return self._try(self._connect(), deed)

    def answers(self) -> bool:
        """True if it can be reached, or could be a second ago: many links ask at one time."""
        with self._asking:
            if time.monotonic() - self._asked_at > _FRESH_S:
                try:
                    with self.transaction():
                        self._did_answer = True
                except OSError:
                    self._did_answer = False
                self._asked_at = time.monotonic()
            return self._did_answer

    def _try(self, connection: Connection, deed: Callable[[Connection], _T]) -> _T:
        try:
            with connection.transaction():
                done = deed(connection)
        except BaseException:
            connection.close()
            raise
        self._kept = connection
        return done

    def _connect(self, options: str = "") -> Connection:
        given = {
            name: str(value) for name, value in psycopg.conninfo.conninfo_to_dict(self.url).items()
        }
        kept = {"connect_timeout": _CONNECT_S, "application_name": "wasched links", **_ALIVE}
        said = joined_options(given, f"-c statement_timeout={_ANSWER_MS} {options}")
        words = {**kept, **given, "options": said}
        connection = psycopg.connect(**words, autocommit=True)  # type: ignore[arg-type]
        if not self._is_set_up:
            self._set_up(connection)
        return connection

    def _set_up(self, connection: Connection) -> None:
        """Make our tables if they are not there."""
        (found,) = connection.execute("SELECT to_regclass('wasched_heard')").fetchone() or (None,)
        if found is None:
            with connection.transaction():  # which another process may be in, too
                connection.execute("SELECT pg_advisory_xact_lock(%s)", [_SET_UP])
                connection.execute(_TABLES)
        self._is_set_up = True


@cache
def session_server(url: str) -> SessionServer:
    """This process's way to a database."""
    return SessionServer(url)


@contextmanager
def _faults_said() -> Iterator[None]:
    """Say a fault of the database as one of the store, without what stands in its address."""
    try:
        yield
    except psycopg.Error as fault:
        told = fault_of_state(fault.sqlstate or "")
        if told is None and isinstance(fault, psycopg.OperationalError):
            told = AWAY
        if told is None:
            raise OSError(f"The database with the links refused: {fault}") from fault
        raise StoreFaultError(told, f"{told.code} ({fault.sqlstate or 'no answer'})") from None
