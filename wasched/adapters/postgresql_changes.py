"""Word that something changed, from process to process on any machine, by PostgreSQL itself."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from wasched.adapters import heard_hints
from wasched.adapters.heard_hints import HeardHints

_TOGETHER_S = 0.02
"""The commits of so long a time are one hint, after the first."""


class PostgresqlChanges:
    """Carries the hint by NOTIFY, which the database says itself to whoever listens.

    A trigger notes it within the transaction of a change (`db/postgresql.py`), so it comes with the
    commit, is never missed and costs no question. A connection of its own listens; while it is
    broken, whoever waits looks every second.
    """

    def __init__(self, connect: Callable[[], PoolProxiedConnection], channel: str) -> None:
        self._connect, self._channel = connect, channel
        self._heard = HeardHints(self._listen, psycopg.Error, SQLAlchemyError)

    def hint(self) -> None:
        """Nothing to do: the commit itself is the hint."""

    def wait(self, seconds: float) -> bool:
        """Block until a hint came, or the time is over; without PostgreSQL, look after a second."""
        return self._heard.wait(seconds)

    def close(self) -> None:
        """End every wait."""
        self._heard.close()

    def _listen(self) -> None:
        held = self._connect()
        connection: Any = held.driver_connection
        held.detach()  # it is none of those that deeds and questions take turns with
        with closing(connection):
            connection.execute(f"LISTEN {self._channel}")
            self._heard.note_hint()  # something may have been missed before
            self._follow(connection)

    def _follow(self, connection: "psycopg.Connection[Any]") -> None:
        """Take in what comes; a server that says nothing is asked whether it is still there."""
        while not self._heard.closed.is_set():
            if list(connection.notifies(timeout=heard_hints.LOOK_S, stop_after=1)):
                self._heard.note_hint()
                self._heard.closed.wait(_TOGETHER_S)
            else:
                connection.execute("SELECT 1")
                self._heard.note_word()
