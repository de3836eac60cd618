"""What the doctor reads of a database past the product, for it changes nothing: by what somebody
may come in, and how old it is.

Each function answers None where that cannot be read: no database, one of an older version, or a
damaged one. What else lets somebody in gets a statement and a function here; so does who is told.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_BUSY_S = 5.0
_WITHOUT_SECOND_STEP = (
    "SELECT email FROM user WHERE removed_at IS NULL"
    " AND id NOT IN (SELECT user_id FROM second_step)"
    " AND id NOT IN (SELECT user_id FROM passkey) ORDER BY id"
)
_STANDS = "expires_at > strftime('%Y-%m-%d %H:%M:%f', 'now')"
_INVITATIONS = (
    "SELECT coalesce(space.name, ''), role, strftime('%Y-%m-%d %H:%M', expires_at), user.email"
    " FROM invitation JOIN user ON user.id = by_user_id LEFT JOIN space ON space.id = space_id"
    f" WHERE {_STANDS} ORDER BY invitation.id"
)
_PASSWORD_LINKS = (
    "SELECT email, strftime('%Y-%m-%d %H:%M', expires_at) FROM password_link"
    f" JOIN user ON user.id = user_id WHERE {_STANDS} ORDER BY user_id"
)
_KEYS = (
    "SELECT space.name, api_key.name, coalesce(strftime('%Y-%m-%d', expires_at), ''), user.email"
    " FROM api_key JOIN user ON user.id = made_by_id JOIN space ON space.id = api_key.space_id"
    f" WHERE expires_at IS NULL OR {_STANDS} ORDER BY api_key.id"
)

_RUNNING = (
    "SELECT strftime('%Y-%m-%d %H:%M', started_at) FROM heartbeat"
    " WHERE at > strftime('%Y-%m-%d %H:%M:%f', 'now', '-3 minutes') ORDER BY at DESC LIMIT 1"
)


_ALERT_WAYS = (
    "SELECT alert_way.id FROM alert_way JOIN user ON user.id = user_id"
    " WHERE alert_way.kind != 'mail' AND kinds != '[]' AND removed_at IS NULL"
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


def without_second_step(file: Path) -> list[str] | None:
    """The e-mails of whom a password alone lets in; None also where nobody can sign in yet."""
    people = _read(file, "SELECT count(*) FROM user")
    if not people or not people[0][0]:
        return None
    found = _read(file, _WITHOUT_SECOND_STEP)
    return None if found is None else [email for (email,) in found]


def open_invitations(file: Path) -> list[OpenInvitation] | None:
    """The invitations that let somebody in now, the oldest first."""
    found = _read(file, _INVITATIONS)
    return None if found is None else [OpenInvitation(*row) for row in found]


def open_password_links(file: Path) -> list[OpenPasswordLink] | None:
    """The links to a new password that somebody may use now."""
    found = _read(file, _PASSWORD_LINKS)
    return None if found is None else [OpenPasswordLink(*row) for row in found]


def open_keys(file: Path) -> list[OpenKey] | None:
    """The keys that let a program in now, the oldest first."""
    found = _read(file, _KEYS)
    return None if found is None else [OpenKey(*row) for row in found]


def schema_version(file: Path) -> str | None:
    """The migration that the database is at."""
    found = _read(file, "SELECT version_num FROM alembic_version")
    return found[0][0] if found else None


def running_since(file: Path) -> str | None:
    """Since when the worker runs, in UTC, if one was heard of in the last minutes."""
    found = _read(file, _RUNNING)
    return found[0][0] if found else None


def count_alert_ways(file: Path) -> int | None:
    """How many ways beside e-mail tell somebody when something happens."""
    found = _read(file, _ALERT_WAYS)
    return None if found is None else len(found)


def _read(file: Path, statement: str) -> list[tuple[str, ...]] | None:
    source = f"file:{quote(str(file))}?mode=rw"  # makes none, and may roll back what was cut off
    try:
        with closing(sqlite3.connect(source, timeout=_BUSY_S, uri=True)) as connection:
            connection.execute("PRAGMA query_only = ON")
            return connection.execute(statement).fetchall()
    except sqlite3.Error:
        return None
