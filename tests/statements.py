"""Statements that are made into SQL once in a process, and not for each test's engine anew.

Each test has a database of its own, and so an engine; to make the SQL was a fifth of their work.
"""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.util import LRUCache

_made: LRUCache[object, object] = LRUCache(5_000)


def share_statements() -> None:
    """Have all engines of SQLite's keep their statements together, from now on."""
    event.listen(Engine, "engine_connect", _keep_together)
    # A statement is kept by its dialect, of which each engine has one; ours are all alike.
    SQLiteDialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign]
    SQLiteDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign, assignment]


def _keep_together(connection: Connection) -> None:
    if isinstance(connection.dialect, SQLiteDialect):
        connection.execution_options(compiled_cache=_made)
