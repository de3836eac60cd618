"""Deeds and questions: closures over a session, so that they can be tried again.

What leaves this process (a message, a file, a task) leaves it after the commit or before the
session is touched, never within a deed: only then can a deed be done once more.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import PoolProxiedConnection
from sqlmodel import Session

from wasched.db import turns
from wasched.db.dialects import Dialect, dialect_of
from wasched.db.engines import engine

Result = TypeVar("Result")

_BREATH_S = 0.02


@dataclass(frozen=True)
class Database:
    """A database that is used by whole transactions."""

    engine: Engine

    def transaction(self, deed: Callable[[Session], Result]) -> Result:
        """What the deed comes to, committed; nothing is saved if it raises.

        The deed is done anew where the transaction could not begin, since then nothing of it was
        done. One that has begun is never tried again.
        """
        return _patiently(lambda: self._run(deed, write=True), self._dialect.has_not_begun)

    def answer(self, question: Callable[[Session], Result]) -> Result:
        """What a reading question comes to; it never waits for writers, and may be put twice."""
        return _patiently(lambda: self._run(question, write=False), self._dialect.is_busy)

    def stream(self, question: Callable[[Session], Iterator[Result]]) -> Iterator[Result]:
        """What a reading question comes to, each part as soon as it is asked for.

        The first parts may have left this process by then: it is not put again.
        """
        with self.session(write=False) as session:
            yield from question(session)

    @contextmanager
    def session(self, *, write: bool = True) -> Iterator[Session]:
        """A session that commits at the end, or rolls back when the block raises.

        What runs in a block cannot be tried again: it is for this class, and for tests that look
        between two statements.
        """
        chosen = self.engine.execution_options(readonly=not write)
        with (
            turns.turn() if write else nullcontext(),
            Session(chosen, expire_on_commit=False) as session,
        ):
            yield session
            session.commit()

    def plain_connection(self) -> PoolProxiedConnection:
        """The driver's own connection, whose every statement sees what is committed by then."""
        return self._dialect.plain_connection(self.engine)

    @property
    def _dialect(self) -> Dialect:
        return dialect_of(self.engine)

    def _run(self, work: Callable[[Session], Result], *, write: bool) -> Result:
        with self.session(write=write) as session:
            return work(session)


def transaction(deed: Callable[[Session], Result]) -> Result:
    """What a deed comes to in this process's database; see Database."""
    return Database(engine()).transaction(deed)


def answer(question: Callable[[Session], Result]) -> Result:
    """What a question comes to in this process's database; see Database."""
    return Database(engine()).answer(question)


def _patiently(work: Callable[[], Result], may_pass: Callable[[BaseException], bool]) -> Result:
    """Do it again while others are in the way, for as long as one writer waits for another.

    Who was kept waiting by the database has waited for that long already and hears of it.
    """
    until_s = time.monotonic() + turns.BUSY_S
    while True:
        try:
            return work()
        except OperationalError as fault:
            if not may_pass(fault) or time.monotonic() > until_s:
                raise
        time.sleep(_BREATH_S)
