"""What the doctor reads of a database past the product, for it changes nothing: by what somebody
may come in, and how old it is.

Each function answers None where that cannot be read: no database, one of an older version, or a
damaged one. What else lets somebody in gets a statement and a function here; so does who is told.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

Rows = list[tuple[Any, ...]]
Read = Callable[[str], Rows | None]
"""Reads by one statement, in which {now} and {lately} are times in UTC; None where it cannot."""

_BUSY_S = 5.0
_LATELY = timedelta(minutes=3)
_MINUTE, _DAY = len("2026-03-12 16:42"), len("2026-03-12")  # of a time as text
# Both kinds of database take these: "user" is a word of PostgreSQL's own.
_WITHOUT_SECOND_STEP = (
    'SELECT email FROM "user" WHERE removed_at IS NULL'
    " AND id NOT IN (SELECT user_id FROM second_step)"
    " AND id NOT IN (SELECT user_id FROM passkey) ORDER BY id"
)
_INVITATIONS = (
    "SELECT coalesce(space.name, ''), role, expires_at, maker.email"
    ' FROM invitation JOIN "user" AS maker ON maker.id = by_user_id'
    " LEFT JOIN space ON space.id = space_id"
    " WHERE expires_at > '{now}' ORDER BY invitation.id"
)
_PASSWORD_LINKS = (
    'SELECT email, expires_at FROM password_link JOIN "user" AS owner ON owner.id = user_id'
    " WHERE expires_at > '{now}' ORDER BY user_id"
)
_KEYS = (
    "SELECT space.name, api_key.name, expires_at, maker.email"
    ' FROM api_key JOIN "user" AS maker ON maker.id = made_by_id'
    " JOIN space ON space.id = api_key.space_id"
    " WHERE expires_at IS NULL OR expires_at > '{now}' ORDER BY api_key.id"
)
_RUNNING = "SELECT started_at FROM heartbeat WHERE at > '{lately}' ORDER BY at DESC LIMIT 1"
_WORKERS = (
    "SELECT coalesce(nullif(title, ''), worker),"
    " (SELECT count(*) FROM lease WHERE lease.holder = heartbeat.worker)"
    " FROM heartbeat WHERE at > '{lately}' ORDER BY number"
)
_ALERT_WAYS = (
    'SELECT alert_way.id FROM alert_way JOIN "user" AS owner ON owner.id = user_id'
    " WHERE alert_way.kind <> 'mail' AND kinds <> '[]' AND removed_at IS NULL"
)


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that nobody has used; no `space`: to a space of one's own. `until` is UTC."""

    space: str
    role: str
    until: str
    made_by: str


@dataclass(frozen=True)
class OpenPasswordLink:
    """A link by which somebody may choose a new password. `until` is UTC."""

    email: str
    until: str


@dataclass(frozen=True)
class OpenKey:
    """A key by which a program gets into a space; `until` is a day in UTC, none for no end."""

    space: str
    name: str
    until: str
    made_by: str


def without_second_step(read: Read) -> list[str] | None:
    """The e-mails of whom a password alone lets in; None also where nobody can sign in yet."""
    people = read('SELECT count(*) FROM "user"')
    if not people or not people[0][0]:
        return None
    found = read(_WITHOUT_SECOND_STEP)
    return None if found is None else [email for (email,) in found]


def open_invitations(read: Read) -> list[OpenInvitation] | None:
    """The invitations that let somebody in now, the oldest first."""
    found = read(_INVITATIONS)
    if found is None:
        return None
    return [
        OpenInvitation(space, role, _until(at, _MINUTE), made_by)
        for space, role, at, made_by in found
    ]


def open_password_links(read: Read) -> list[OpenPasswordLink] | None:
    """The links to a new password that somebody may use now."""
    found = read(_PASSWORD_LINKS)
    if found is None:
        return None
    return [OpenPasswordLink(email, _until(at, _MINUTE)) for email, at in found]


def open_keys(read: Read) -> list[OpenKey] | None:
    """The keys that let a program in now, the oldest first."""
    found = read(_KEYS)
    if found is None:
        return None
    return [OpenKey(space, name, _until(at, _DAY), made_by) for space, name, at, made_by in found]


def schema_version(read: Read) -> str | None:
    """The migration that the database is at."""
    found = read("SELECT version_num FROM alembic_version")
    return found[0][0] if found else None


def running_since(read: Read) -> str | None:
    """Since when the worker runs, in UTC, if one was heard of in the last minutes."""
    found = read(_RUNNING)
    return _until(found[0][0], _MINUTE) if found else None


def workers_at_work(read: Read) -> list[tuple[str, int]] | None:
    """Each worker that was heard of in the last minutes, and how many accounts it holds."""
    found = read(_WORKERS)
    return None if found is None else [(str(title), int(held)) for title, held in found]


def count_alert_ways(read: Read) -> int | None:
    """How many ways beside e-mail tell somebody when something happens."""
    found = read(_ALERT_WAYS)
    return None if found is None else len(found)


def read_file(file: Path, statement: str) -> Rows | None:
    """Read a database of SQLite past the product, which would change how it is kept."""
    source = f"file:{quote(str(file))}?mode=rw"  # makes none, and may roll back what was cut off
    try:
        with closing(sqlite3.connect(source, timeout=_BUSY_S, uri=True)) as connection:
            connection.execute("PRAGMA query_only = ON")
            return connection.execute(_timed(statement)).fetchall()
    except sqlite3.Error:
        return None


def read_server(url: str, statement: str) -> Rows | None:
    """The same of one on a server, that a URL as SQLAlchemy takes it leads to."""
    from sqlalchemy import create_engine  # 15 MB that a file is read without
    from sqlalchemy.exc import SQLAlchemyError

    limits = {"connect_timeout": int(_BUSY_S), "options": "-c default_transaction_read_only=on"}
    engine = create_engine(url, connect_args=limits)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(_timed(statement))]
    except SQLAlchemyError:
        return None
    finally:
        engine.dispose()


def _timed(statement: str) -> str:
    """With times as text, which both kinds of database compare with those in rows."""
    now = datetime.now(UTC).replace(tzinfo=None)
    return statement.format(now=now, lately=now - _LATELY)


def _until(at: datetime | str | None, length: int) -> str:
    """A time of a row, as far as it is told; nothing for none."""
    return str(at or "")[:length]
