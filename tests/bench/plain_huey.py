"""Plain Huey with eta: what its own tutorial leads to, with a row and two commits a message.

`huey_consumer tests.bench.plain_huey.queue`; `schedule` makes the rows and tasks, for instants
(seconds since 1970) as a JSON array on stdin. PLAIN_DATABASE and PLAIN_REDIS_PORT say where.
"""

import json
import os
import sqlite3
import sys
import threading
import time
from datetime import UTC, datetime

from huey import RedisHuey

queue = RedisHuey("plain", port=int(os.environ.get("PLAIN_REDIS_PORT", "6379")), results=False)

_local = threading.local()


@queue.task()
def send(number: int) -> None:
    """Claim the row, hand over, and write down the end."""
    database = _database()
    claim = "UPDATE message SET status = 'sending' WHERE id = ? AND status = 'scheduled'"
    if database.execute(claim, (number,)).rowcount == 1:
        end = "UPDATE message SET status = 'sent', sent_at = ? WHERE id = ?"
        database.execute(end, (time.time(), number))


def schedule() -> None:
    """Make a row and a task for each instant."""
    rows = list(enumerate(json.load(sys.stdin)))
    database = _database()
    database.execute(
        "CREATE TABLE message (id INTEGER PRIMARY KEY, due_at REAL NOT NULL,"
        " status TEXT NOT NULL, sent_at REAL)"
    )
    database.execute("CREATE INDEX ix_status_due ON message (status, due_at)")
    database.execute("BEGIN")
    database.executemany("INSERT INTO message VALUES (?, ?, 'scheduled', NULL)", rows)
    database.execute("COMMIT")
    for number, due in rows:
        send.schedule((number,), eta=datetime.fromtimestamp(due, UTC))


def _database() -> sqlite3.Connection:
    if not hasattr(_local, "database"):
        made = sqlite3.connect(os.environ["PLAIN_DATABASE"], timeout=60, isolation_level=None)
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("PRAGMA synchronous = FULL")
        _local.database = made
    return _local.database
