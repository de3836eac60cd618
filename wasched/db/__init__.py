"""The database, and all that is one engine's own: SQLite's, or PostgreSQL's (`dialects.py`).

A deed is done by `transaction`, a question is put by `answer`; nobody else opens a session.
"""

from wasched.db.dialects import checkpoint, log_size, shorten_log, size
from wasched.db.engines import engine, make_engine
from wasched.db.moved import moved_sentence
from wasched.db.transactions import Database, answer, transaction
from wasched.db.upgrades import (
    HEAD,
    is_current,
    steps_from,
    upgrade,
    upgrade_step,
    version_in,
    version_of,
)

__all__ = [
    "HEAD",
    "Database",
    "answer",
    "checkpoint",
    "engine",
    "is_current",
    "log_size",
    "make_engine",
    "moved_sentence",
    "shorten_log",
    "size",
    "steps_from",
    "transaction",
    "upgrade",
    "upgrade_step",
    "version_in",
    "version_of",
]
