"""A database for tests: what services are given, which also lets a test look between statements."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Engine, text
from sqlmodel import Session

from wasched import db


class Scope(db.Database):
    """A database; calling it opens a session that commits at the end of a block."""

    def __call__(self, *, write: bool = True) -> AbstractContextManager[Session]:
        """A session for a block."""
        return self.session(write=write)


def session_scope(
    *, write: bool = True, bound: Engine | None = None
) -> AbstractContextManager[Session]:
    """A session for a block, on the database in the settings or another one."""
    return db.Database(bound or db.engine()).session(write=write)


@contextmanager
def without_table(name: str) -> Iterator[None]:
    """Have a table of the database in the settings be gone while a block runs."""
    _rename(name, "gone")
    try:
        yield
    finally:
        _rename("gone", name)


def _rename(name: str, to: str) -> None:
    with session_scope() as session:
        session.execute(text(f"ALTER TABLE {name} RENAME TO {to}"))
