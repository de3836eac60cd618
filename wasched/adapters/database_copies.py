"""Copies of databases as they are at one instant, while others write to them; each is checked."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from wasched.adapters import database_check
from wasched.domain import storage


def copy_database(database: Path, copy: Path) -> str:
    """Copy a database; what is damaged in it, in SQLite's words, empty if nothing is.

    OSError or sqlite3.Error if it cannot be copied for another reason.
    """
    source = f"file:{database}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(source, uri=True)) as there,
            closing(sqlite3.connect(copy)) as here,
        ):
            there.backup(here)
    except sqlite3.DatabaseError as fault:
        if damage := storage.damage_in(str(fault)):
            return damage
        raise
    return database_check.damage_of(copy, thorough=True)


def room_for_copies(databases: Iterable[Path]) -> int:
    """How many bytes copies of them take at most."""
    files = [file.with_name(file.name + end) for file in databases for end in ("", "-wal")]
    return sum(file.stat().st_size for file in files if file.exists())
