"""The database of `library.py` on PostgreSQL, where ten million messages are written in minutes."""

from sqlalchemy import Connection, Engine, Index, text
from sqlmodel import SQLModel

from tests.bench.library import AHEAD, BEHIND, EACH, NOW, PEOPLE, people
from wasched import db
from wasched.db.upgrades import create_newest

_SPACES = 2
_BIG = ("schedule", "message", "attempt")

# None of it is needed while the tables are filled; an index is built faster than it is kept.
_QUICKLY = """
SET LOCAL session_replication_role = replica; -- what refers to other rows is right already
SET LOCAL maintenance_work_mem = '1GB';
SET LOCAL synchronous_commit = off
"""

_SCHEDULES = """
INSERT INTO schedule (space_id, account_id, contents, preview, starts_local, zone, rrule,
    month_end, exdates, late_window_s, respects_quiet_hours, stops_on_reply, status, next_at,
    tzdata, created_at, changed_at)
SELECT 1 + i % :spaces, 1 + i % :spaces,
    jsonb_build_array(jsonb_build_object('type', 'text', 'body', 'Text ' || i)), 'Text ' || i,
    at, 'Europe/Berlin', '', 'skip', '[]', 1800, false, false,
    CASE WHEN at > :now THEN 'active' ELSE 'ended' END, CASE WHEN at > :now THEN at END,
    '', CAST(:begin AS timestamp), CAST(:begin AS timestamp)
FROM (SELECT i, CAST(:begin AS timestamp) + i * :step * interval '1 second' AS at
    FROM generate_series(0, :schedules - 1) AS i ORDER BY i) AS n
"""

_MESSAGES = """
INSERT INTO message (space_id, schedule_id, account_id, recipient_id, occurrence_at, due_at,
    try_at, late_at, status, reason, attempts, sent_text, sent_at, delivered_at, settled_at,
    dismissed_at)
SELECT 1 + s % :spaces, 1 + s, 1 + s % :spaces, 1 + i % :people, at, at, at,
    at + interval '30 minutes',
    CASE WHEN at > :now THEN 'scheduled' WHEN i % 100 < 60 THEN 'read' WHEN i % 100 < 96 THEN
        'delivered' WHEN i % 100 < 98 THEN 'failed' WHEN i % 100 < 99 THEN 'missed'
        ELSE 'sent' END,
    '', CASE WHEN at > :now THEN 0 ELSE 1 END, 'Text ' || s, past, past, past,
    CASE WHEN i % 1000 <> 97 THEN past END
FROM (SELECT i, s, at, CASE WHEN at <= :now THEN at END AS past
    FROM (SELECT i, i / :each AS s,
        CAST(:begin AS timestamp) + i / :each * :step * interval '1 second' AS at
        FROM generate_series(0, :messages - 1) AS i) AS n) AS m
"""

_ATTEMPTS = """
INSERT INTO attempt (message_id, number, secret, started_at, ended_at, outcome, detail, whatsapp_id)
SELECT id, 1, sha256(CAST(CAST(id AS text) AS bytea)), due_at, due_at, 'taken', '',
    '3EB0' || upper(md5(CAST(id AS text)))
FROM message WHERE attempts = 1
"""


def build_on_postgresql(url: str, messages: int) -> Engine:
    """An empty database of PostgreSQL, filled with so many messages: 50 a send, two spaces."""
    engine = db.make_engine(url)
    create_newest(engine)
    with engine.begin() as connection:
        people(connection, _SPACES)
    with engine.begin() as connection:
        _fill(connection, messages)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql("CHECKPOINT")
    return engine


def _fill(connection: Connection, messages: int) -> None:
    connection.exec_driver_sql(_QUICKLY, execution_options={"no_parameters": True})
    # Tables emptied in this transaction need no log: the server writes them out at its end.
    connection.exec_driver_sql(f"TRUNCATE {', '.join(_BIG)} RESTART IDENTITY CASCADE")
    indices = _indices()
    for one in indices:
        one.drop(connection)
    schedules = -(-messages // EACH)
    values = {
        "schedules": schedules,
        "messages": messages,
        "spaces": _SPACES,
        "each": EACH,
        "people": PEOPLE,
        "step": (BEHIND + AHEAD).total_seconds() / schedules,
        "now": NOW.replace(tzinfo=None),
        "begin": (NOW - BEHIND).replace(tzinfo=None),
    }
    for statement in (_SCHEDULES, _MESSAGES, _ATTEMPTS):
        connection.execute(text(statement), values if ":" in statement else {})
    for one in indices:
        one.create(connection)


def _indices() -> list[Index]:
    tables = SQLModel.metadata.tables
    return [one for name in _BIG for one in tables[name].indexes]
