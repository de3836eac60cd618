"""Whether a message may go out still, asked before each: nothing was stopped, the account is ours.

A person stops an account or the server; another worker takes the account over.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from wasched.domain.errors import NotNow
from wasched.domain.reasons import Code, Reason
from wasched.services import server_stop
from wasched.services.ports import Database

_STOPPED = (
    "SELECT paused_at, (SELECT 1 FROM setting WHERE name = '" + server_stop.NAME + "'),"
    " (SELECT fence FROM lease WHERE account_id = {account_id:d})"
    " FROM account WHERE id = {account_id:d}"
)


class StopReader:
    """Asks the database by a connection that it keeps until `close`; for one thread at a time.

    It is asked hundreds of times a second, and so past SQLAlchemy, which takes fifty times as long
    to open a transaction as the database to answer. Each answer is what is committed by then.
    """

    def __init__(self, database: Database, account_id: int, fence: int | None = None) -> None:
        """`fence` is the number of the lease under which is sent; None where there is none."""
        self._database, self._account_id, self._fence = database, account_id, fence
        self._connection: PoolProxiedConnection | None = None
        self._faults: tuple[type[Exception], ...] = (SQLAlchemyError,)

    def require_going(self) -> None:
        """NotNow if it may not go any more since it was claimed, or if nobody can say."""
        try:
            found = self._read()
        except self._faults as fault:
            self.close()
            raise NotNow(Reason(Code.DATABASE_UNREADABLE)) from fault
        if found is None or found[0] is not None or found[1] is not None:
            raise NotNow(Reason(Code.HELD_BACK))
        if self._fence is not None and found[2] != self._fence:
            raise NotNow(Reason(Code.HELD_ELSEWHERE))

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
