"""Whose turn it is to write, among the threads of this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

BUSY_S = 10
"""So long a writer waits for another before it hears that the database is locked."""

_writers = threading.RLock()  # a thread may open a session within one that has not begun


@contextmanager
def turn() -> Iterator[None]:
    """Let the writers of this process take turns.

    SQLite would have the later one sleep ever longer between two looks at its lock, and PostgreSQL
    would have each hold a connection meanwhile. The one that waits too long goes on without, and
    hears from the database that it is locked.
    """
    is_mine = _writers.acquire(timeout=BUSY_S)
    try:
        yield
    finally:
        if is_mine:
            _writers.release()
