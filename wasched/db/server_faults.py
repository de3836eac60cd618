"""What a database on a server has against it, in a sentence without anybody's words or password."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from wasched.domain.errors import UnusableDatabaseError

# https://www.postgresql.org/docs/15/errcodes-appendix.html
_NO_ROOM = "53100"  # disk full
_LOCKED = "55P03"  # lock not available


def where_of(target: Engine) -> str:
    """How a database is named to people: never by its URL, which holds a password."""
    host = target.url.host or target.url.query.get("host") or "this machine"
    return f"the PostgreSQL database {target.url.database} on {host}"


@contextmanager
def server_faults_said(target: Engine, outcome: str) -> Iterator[None]:
    """Say what the server has against the block, and what comes of it: UnusableDatabaseError."""
    try:
        yield
    except DBAPIError as fault:
        if not isinstance(fault.orig, psycopg.Error):
            raise
        raise UnusableDatabaseError(f"{_why(fault.orig, where_of(target))} {outcome}") from None
    except psycopg.Error as fault:  # of a copy, which SQLAlchemy does not see
        raise UnusableDatabaseError(f"{_why(fault, where_of(target))} {outcome}") from None


def _why(fault: psycopg.Error, where: str) -> str:
    if fault.sqlstate == _NO_ROOM:
        return f"There is no room left where {where} is kept. Make room there."
    if fault.sqlstate == _LOCKED:
        return f"Somebody else uses {where}. Stop every api and worker first."
    where = where[0].upper() + where[1:]
    if fault.sqlstate is None:
        return f"{where} does not answer, or lets nobody in."
    # Behind a colon may stand what people have written.
    said = (fault.diag.message_primary or fault.sqlstate).partition(":")[0]
    at = (fault.diag.context or "").partition(":")[0].partition("\n")[0]
    return f"{where} refuses it: {said}{f', at {at}' if at else ''}."
