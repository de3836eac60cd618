"""What each kind of database does in its own way: SQLite's file by default, or PostgreSQL.

Everything else, services above all, knows neither. A module each, alike by `Dialect`.
"""

from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.pool import PoolProxiedConnection

from wasched.db import postgresql, sqlite


class Dialect(Protocol):
    """One way to do each of these; `sqlite` and `postgresql` are such."""

    creates_newest: bool
    """True if an empty database gets the newest tables at once, since none is older here."""

    def engine_options(self) -> dict[str, Any]:
        """What an engine is made with, beside what every one is."""
        ...

    def set_up(self, made: Engine, /) -> None:
        """Have whatever an engine does be durable, keep foreign keys and begin as it is to."""
        ...

    def plain_connection(self, made: Engine, /) -> PoolProxiedConnection:
        """The driver's own connection, whose every statement sees what is committed by then."""
        ...

    def is_busy(self, fault: BaseException, /) -> bool:
        """True if another connection was in the way, so that the same may go a moment later."""
        ...

    def has_not_begun(self, fault: BaseException, /) -> bool:
        """True if a transaction could not even begin, so that nothing of it was done."""
        ...

    def size(self, made: Engine, /) -> int:
        """How many bytes the database takes, without its log."""
        ...

    def log_size(self, made: Engine, /) -> int:
        """How many bytes its log takes; 0 where that is a server's own affair."""
        ...

    def checkpoint(self, made: Engine, /) -> None:
        """Do now what a commit would have to do for the log of the database some time."""
        ...

    def shorten_log(self, made: Engine, /) -> bool:
        """Empty a log in which deleted words still stand; False if it is for the next call."""
        ...

    def upgrade_turn(self, made: Engine, /) -> AbstractContextManager[None]:
        """Hold whatever lets only one process upgrade, beside a lock file of this machine."""
        ...

    def require_fit(self, made: Engine, /) -> None:
        """UnusableDatabaseError if an empty database cannot keep the promises."""
        ...

    def keep_old(self, made: Engine, target: str, /) -> None:
        """Keep the database as it is before it is upgraded to a version."""
        ...

    def finish_schema(self, connection: Connection, /) -> None:
        """Make what belongs to the newest tables and is no table."""
        ...


_BY_NAME: dict[str, Dialect] = {"sqlite": sqlite, "postgresql": postgresql}


def dialect_of(of: Engine) -> Dialect:
    """The ways of the database that an engine leads to."""
    return _BY_NAME[of.dialect.name]


def dialect_named(url: str) -> Dialect:
    """The ways of the database that a URL names."""
    return _BY_NAME[make_url(url).get_backend_name()]


def size(made: Engine) -> int:
    """How many bytes the database takes, without its log."""
    return dialect_of(made).size(made)


def log_size(made: Engine) -> int:
    """How many bytes its log takes; 0 where that is a server's own affair."""
    return dialect_of(made).log_size(made)


def checkpoint(made: Engine) -> None:
    """Do now what a commit would have to do for the log of the database some time."""
    dialect_of(made).checkpoint(made)


def shorten_log(made: Engine) -> bool:
    """Empty a log in which deleted words still stand; False if it is for the next call."""
    return dialect_of(made).shorten_log(made)
