"""A table of batches as it was tried: a key that messages carry, or tallies that triggers keep.

Plain SQL beside the product's own tables, so that it can be asked again of a later SQLite.
"""

import sqlite3

from wasched.domain.message import NEEDS_A_PERSON, Status
from wasched.services.messages.message_rows import COMING

_NEEDS = f"status IN {tuple(sorted(map(str, NEEDS_A_PERSON)))} AND dismissed_at IS NULL"
_COUNTED = {f"n_{one}": f"status = '{one}'" for one in Status} | {"n_needs": _NEEDS}
_SUMS = ", ".join(f"count(*) FILTER (WHERE {what})" for what in _COUNTED.values())
_GONE = " + ".join(f"n_{one}" for one in Status if one not in COMING)

KEY = """
CREATE TABLE batch (id INTEGER PRIMARY KEY, space_id INTEGER NOT NULL, schedule_id INTEGER NOT NULL,
    due_at DATETIME NOT NULL, state VARCHAR NOT NULL DEFAULT '');
INSERT INTO batch (space_id, schedule_id, due_at)
    SELECT space_id, schedule_id, due_at FROM message GROUP BY due_at, schedule_id;
CREATE UNIQUE INDEX ix_batch_due ON batch (due_at, schedule_id);
ALTER TABLE message ADD COLUMN batch_id INTEGER;
UPDATE message SET batch_id = (SELECT id FROM batch WHERE batch.due_at = message.due_at
    AND batch.schedule_id = message.schedule_id);
CREATE INDEX ix_message_batch ON message (batch_id, status, dismissed_at);
"""


def tallies() -> str:
    """What gives the batches of KEY a tally of each status, and keeps it."""
    columns = ";".join(f"ALTER TABLE batch ADD COLUMN {name} DEFAULT 0" for name in _COUNTED)
    names = ", ".join(_COUNTED)
    return f"""{columns};
    UPDATE batch SET ({names}) = (SELECT {_SUMS} FROM message WHERE batch_id = batch.id);
    CREATE TRIGGER tally AFTER UPDATE OF status, dismissed_at ON message
    WHEN new.status IS NOT old.status OR new.dismissed_at IS NOT old.dismissed_at BEGIN
        UPDATE batch SET {_changes()} WHERE id = new.batch_id;
    END;
    """


def _changes() -> str:
    """What a step of one message adds to each tally and takes from it."""
    return ", ".join(
        f"{name} = {name} + ({_of('new', what)}) - ({_of('old', what)})"
        for name, what in _COUNTED.items()
    )


def _of(row: str, what: str) -> str:
    return what.replace("status", f"{row}.status").replace("dismissed_at", f"{row}.dismissed_at")


_FEW = "SELECT id FROM batch WHERE due_at >= :since AND due_at < :until LIMIT 140"
QUESTIONS = {
    "how many batches six weeks have": (
        "SELECT count(*) FROM (SELECT DISTINCT due_at, schedule_id FROM message"
        " WHERE due_at >= :since AND due_at < :until)",
        batches := "SELECT count(*) FROM batch WHERE due_at >= :since AND due_at < :until",
        batches,
    ),
    "how 140 of them stand": (
        f"SELECT {_SUMS} FROM message WHERE due_at >= :since AND due_at < :until"
        " GROUP BY due_at, schedule_id LIMIT 140",
        f"SELECT {_SUMS} FROM message WHERE batch_id IN ({_FEW}) GROUP BY batch_id",
        f"SELECT {', '.join(_COUNTED)} FROM batch WHERE id IN ({_FEW})",
    ),
    "a page of what is past": (
        f"SELECT {_SUMS} FROM message WHERE due_at <= :now"
        " AND coalesce(status, '') NOT IN ('scheduled', 'sending')"
        " GROUP BY due_at, schedule_id ORDER BY due_at DESC, schedule_id DESC LIMIT 30",
        f"SELECT {_SUMS} FROM (SELECT id FROM batch WHERE due_at <= :now"
        " AND (SELECT 1 FROM message WHERE batch_id = batch.id"
        " AND status NOT IN ('scheduled', 'sending') LIMIT 1)"
        " ORDER BY due_at DESC, schedule_id DESC LIMIT 30) AS few"
        " CROSS JOIN message ON batch_id = few.id GROUP BY batch_id",
        f"SELECT {', '.join(_COUNTED)} FROM batch WHERE due_at <= :now AND {_GONE} > 0"
        " ORDER BY due_at DESC, schedule_id DESC LIMIT 30",
    ),
}
"""Each asked of the messages, of batches with a key and of batches with tallies."""

STEPS = ("sending", "scheduled")


def step(connection: sqlite3.Connection, ids: list[int]) -> None:
    """Claim these messages and give them back, in one transaction each time."""
    for status in STEPS:
        rows = [(status, one) for one in ids]
        with connection:
            connection.executemany("UPDATE message SET status = ? WHERE id = ?", rows)
