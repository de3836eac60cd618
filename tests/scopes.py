"""A database for tests: what services are given, which also lets a test look between statements."""

from contextlib import AbstractContextManager

from sqlalchemy import Engine
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
