"""Marks in databases that keep every start from using them: one that moved, one that is filled."""

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, inspect, text

VERSION = "moved"
"""Stands where the schema's version stood: programs of earlier versions refuse it as well."""

UNFINISHED = "wasched_move"
"""The table of a database that is being filled; what stands in it tells from what."""

_NAME = "moved"  # of the setting that says more


@dataclass(frozen=True)
class Moved:
    """Where a database went, in words without any secret, when (aware), and from which state."""

    to: str
    at: datetime
    state: str


def mark_moved(connection: Connection, moved: Moved) -> None:
    """Have a SQLite file say where it went, once the transaction is committed."""
    noted = json.dumps({**asdict(moved), "at": moved.at.isoformat()})
    connection.execute(text("DELETE FROM setting WHERE name = :name"), {"name": _NAME})
    connection.execute(
        text("INSERT INTO setting (name, value) VALUES (:name, :value)"),
        {"name": _NAME, "value": noted},
    )
    connection.execute(text(f"UPDATE alembic_version SET version_num = '{VERSION}'"))


def read_moved(file: Path) -> Moved | None:
    """What the mark in a SQLite file says; None if it has none, or cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as connection:
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            asked = "SELECT value FROM setting WHERE name = ?"
            (noted,) = connection.execute(asked, (_NAME,)).fetchone() or ("",)
    except (sqlite3.Error, TypeError):  # what is wrong with it is said by who uses it
        return None
    if version != VERSION:
        return None
    found = json.loads(noted)
    return Moved(found["to"], datetime.fromisoformat(found["at"]), found["state"])


def moved_sentence(file: Path) -> str:
    """Where the database in a file went and how to go back, if it is one that did; else nothing."""
    moved = read_moved(file)
    if moved is None:
        return ""
    return (
        f"The database {file} was moved to {moved.to} on {moved.at:%d %B %Y, %H:%M} UTC, and "
        "starts no more, so that nothing is sent twice. Set DATABASE_URL to go on there. To go "
        "back, stop what runs there, back it up, and restore that here with --replace."
    )


def unfinished_sentence(connection: Connection) -> str:
    """What to do about a database that is not filled yet, if it is one; else nothing."""
    if not inspect(connection).has_table(UNFINISHED):
        return ""
    return (
        f"The database {connection.engine.url.database} is being filled by `migrate-database`. If "
        "that was cut off, run it again: it goes on where it was."
    )
