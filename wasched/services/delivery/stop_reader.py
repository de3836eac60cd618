"""Whether a person has stopped an account or the server, asked before each message goes out."""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from wasched.domain.errors import NotNow
from wasched.domain.reasons import Code, Reason
from wasched.services import server_stop
from wasched.services.ports import Database

_STOPPED = (
    "SELECT paused_at, (SELECT 1 FROM setting WHERE name = '" + server_stop.NAME + "')"
    " FROM account WHERE id = {account_id:d}"
)


class StopReader:
    """Asks the database by a connection that it keeps until `close`; for one thread at a time.

    It is asked hundreds of times a second, and so past SQLAlchemy, which takes fifty times as long
    to open a transaction as the database to answer. Each answer is what is committed by then.
    """

    def __init__(self, database: Database, account_id: int) -> None:
        self._database, self._account_id = database, account_id
        self._connection: PoolProxiedConnection | None = None
        self._faults: tuple[type[Exception], ...] = (SQLAlchemyError,)

    def require_going(self) -> None:
        """NotNow if either was stopped since anything was claimed, or cannot be read."""
        try:
            found = self._read()
        except self._faults as fault:
            self.close()
            raise NotNow(Reason(Code.DATABASE_UNREADABLE)) from fault
        if found is None or found[0] is not None or found[1] is not None:
            raise NotNow(Reason(Code.HELD_BACK))

    def close(self) -> None:
        """Give the connection back; it is taken anew when something is asked again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read(self) -> Any:
        if self._connection is None:
            self._connection = self._connect()
        cursor = self._connection.cursor()
        cursor.execute(_STOPPED.format(account_id=self._account_id))
        found = cursor.fetchone()
        cursor.close()
        return found

    def _connect(self) -> PoolProxiedConnection:
        engine = self._database.answer(lambda session: session.get_bind())
        assert isinstance(engine, Engine)
        if engine.dialect.dbapi is not None:
            self._faults = (SQLAlchemyError, engine.dialect.dbapi.Error)
        return self._database.plain_connection()
