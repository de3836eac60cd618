"""A made-up database in the shape of the Node.js version's."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

_TABLES = """
CREATE TABLE user (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE,
  emailVerified INTEGER NOT NULL, image TEXT, createdAt DATE NOT NULL, updatedAt DATE NOT NULL);
CREATE TABLE account (id TEXT PRIMARY KEY, accountId TEXT, providerId TEXT, userId TEXT,
  password TEXT, createdAt DATE, updatedAt DATE);
CREATE TABLE groups (jid TEXT PRIMARY KEY, name TEXT NOT NULL,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE collections (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE collection_items (collection_id INTEGER NOT NULL REFERENCES collections(id),
  group_jid TEXT NOT NULL REFERENCES groups(jid), PRIMARY KEY (collection_id, group_jid));
CREATE TABLE schedule_definitions (id INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT NOT NULL,
  user_id TEXT NOT NULL, collection_id INTEGER NOT NULL, hour INTEGER NOT NULL,
  minute INTEGER NOT NULL, is_active INTEGER DEFAULT 1, created_at TEXT DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE scheduled_messages (id INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT NOT NULL,
  scheduled_at TEXT NOT NULL, user_id TEXT NOT NULL, definition_id INTEGER,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP, deleted_at TEXT);
CREATE TABLE scheduled_message_items (id INTEGER PRIMARY KEY AUTOINCREMENT,
  scheduled_message_id INTEGER NOT NULL REFERENCES scheduled_messages(id),
  group_jid TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'PENDING' CHECK (status IN
  ('PENDING', 'IN_PROGRESS', 'FAILED', 'EXPIRED', 'DELETED', 'SENT')),
  sent_at TEXT, error_message TEXT, deleted_at TEXT);
"""
ALTOS, BASSES, TENORS = (f"12036300000000000{number}@g.us" for number in (1, 2, 3))
_CREATED = "2026-01-05 08:00:00"

Item = tuple[str, str]
"""A group and the status of the message to it."""


def make_node_database(file: Path, now: datetime) -> None:
    """Two people, three groups and lists of them, and messages of every kind around an instant."""
    with closing(sqlite3.connect(file)) as made:
        made.executescript(_TABLES)
        people = (
            ("u1", "Miriam Keller", "Miriam@choir.example"),
            ("u2", "Jonas", "jonas@x.example"),
        )
        for number, name, email in people:
            made.execute(
                "INSERT INTO user VALUES (?, ?, ?, 0, NULL, ?, ?)",
                (number, name, email, _CREATED, _CREATED),
            )
        groups = ((ALTOS, "Altos"), (BASSES, "Basses"), (TENORS, "Tenors"))
        made.executemany("INSERT INTO groups (jid, name) VALUES (?, ?)", groups)
        for number, (name, members) in enumerate(
            (("Choir", (ALTOS, BASSES, TENORS)), ("Low", (BASSES,)), ("Nobody", ())), 1
        ):
            made.execute("INSERT INTO collections VALUES (?, ?, ?)", (number, name, _CREATED))
            rows = [(number, jid) for jid in members]
            made.executemany("INSERT INTO collection_items VALUES (?, ?)", rows)
        daily = (
            ("Rehearsal of {name} tonight", "u1", 1, 18, 0, 1),
            ("Good morning", "u2", 2, 8, 0, 1),
            ("To nobody", "u1", 3, 9, 0, 1),
            ("Stopped", "u1", 1, 10, 0, 0),
        )
        made.executemany(
            "INSERT INTO schedule_definitions (content, user_id, collection_id, hour, minute, "
            f"is_active, created_at) VALUES (?, ?, ?, ?, ?, ?, '{_CREATED}')",
            daily,
        )
        hour = timedelta(hours=1)
        add_message(made, "Bring scores", now + hour, (ALTOS, "SENT"), (BASSES, "PENDING"))
        add_message(made, "Too late", now - 2 * hour, (ALTOS, "PENDING"))
        add_message(
            made, "Last week", now - 170 * hour, (ALTOS, "SENT"), (BASSES, "FAILED"),
            (TENORS, "EXPIRED"),
        )  # fmt: skip
        gone = add_message(made, "Thought better of", now + hour, (ALTOS, "PENDING"))
        made.execute("UPDATE scheduled_messages SET deleted_at = ? WHERE id = ?", (_CREATED, gone))
        made.commit()


def add_message(made: sqlite3.Connection, content: str, at: datetime, *items: Item) -> int:
    """A text for an instant, to groups of which each has got it or not; its id."""
    written = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    row = made.execute(
        "INSERT INTO scheduled_messages (content, scheduled_at, user_id, created_at) "
        "VALUES (?, ?, 'u1', ?)",
        (content, written, _CREATED),
    )
    for jid, status in items:
        sent_at = at.strftime("%Y-%m-%d %H:%M:%S") if status == "SENT" else None
        fault = "WhatsApp Disconnected" if status == "FAILED" else None
        made.execute(
            "INSERT INTO scheduled_message_items (scheduled_message_id, group_jid, status, sent_at,"
            " error_message) VALUES (?, ?, ?, ?, ?)",
            (row.lastrowid, jid, status, sent_at, fault),
        )
    return row.lastrowid or 0
