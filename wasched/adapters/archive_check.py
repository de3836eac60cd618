"""Whether the files of an archive are what they should be, before any of them is used.

SQLite files are looked at as its makers advise for files of others (sqlite.org/security.html).
"""

import json
import re
import sqlite3
from collections.abc import Mapping, Set
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO
from urllib.parse import quote

from wasched.adapters import database_check
from wasched.adapters.backup_faults import BackupError

FORMAT = 1

_KEY = re.compile(r"[!-~]{32,}\n?")
_OF_LINKS = re.compile(r"whatsmeow_\w+|database_owner|wasched_mark")  # the library's, and ours
_OF_SQLITE = re.compile(r"sqlite_(sequence|stat\d|autoindex_.*)")
_BEYOND_MODELS = {"alembic_version", "wasched_mark"}


def read_manifest(content: IO[bytes]) -> tuple[datetime, dict[str, str]]:
    """When the back-up was made (aware), and each file's SHA-256; BackupError if unreadable."""
    try:
        noted = json.load(content)
        if noted["format"] != FORMAT:
            raise BackupError("The archive was made by another version of wasched, or by none.")
        made_at = datetime.fromisoformat(noted["made_at"])
        sums = {str(name): str(digest) for name, digest in noted["sha256"].items()}
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise BackupError(
            "The archive's manifest cannot be read, so nobody knows what belongs to it. Take "
            "another one."
        ) from None
    if made_at.tzinfo is None:
        raise BackupError("The archive's manifest has no date with a zone. Take another one.")
    return made_at, sums


def check_key(file: Path) -> None:
    """BackupError if the kept secret is none that a server would start with."""
    text = file.read_bytes().decode("latin-1")
    if not _KEY.fullmatch(text):
        raise BackupError("The secret in the archive is damaged. Take another one.")


def check_database(file: Path, tables: Set[str]) -> None:
    """BackupError unless it is whole and holds tables of these names, and nothing else."""
    if found := damage_in_whole(file):
        raise BackupError(
            f"The database in the archive is damaged ({found}): it was so when the back-up was "
            "made. Take an earlier one."
        )
    if found := strange_in(file, tables):
        raise BackupError(f"The database in the archive holds {found}, which is not wasched's.")
    if not _names(file) >= {"alembic_version"}:
        raise BackupError("The database in the archive is empty, or of another program.")


def check_columns(file: Path, columns: Mapping[str, Set[str]]) -> None:
    """BackupError unless the tables have these columns, once they are of this version."""
    with closing(_connect(file)) as connection:
        for table, wanted in columns.items():
            rows = connection.execute("SELECT name FROM pragma_table_xinfo(?)", (table,))
            if {row[0] for row in rows} != wanted:
                raise BackupError(
                    f"The table {table} in the archive is not as wasched makes it. Take another."
                )


def damage_in_whole(file: Path) -> str:
    """What is wrong inside a database, in SQLite's words, every reference looked at; or nothing."""
    if found := database_check.damage_of(file, thorough=True):
        return found
    with closing(_connect(file)) as connection:
        row = connection.execute("PRAGMA foreign_key_check").fetchone()
    return f"a row of {row[0]} names one of {row[2]} that is not there" if row else ""


def strange_in(file: Path, tables: Set[str]) -> str:
    """What is in a database beside these tables and their indices; nothing if nothing is."""
    return _first_strange(file, re.compile("|".join(map(re.escape, tables | _BEYOND_MODELS))))


def check_link(file: Path) -> str:
    """What is damaged in a link's store, or nothing; BackupError if it is none of the library's."""
    if found := database_check.damage_of(file, thorough=True):
        return found
    if found := _first_strange(file, _OF_LINKS):
        raise BackupError(f"The archive's session/{file.name} holds {found}, which no link has.")
    return ""


def _first_strange(file: Path, known: re.Pattern[str]) -> str:
    with closing(_connect(file)) as connection:
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    for kind, name, table, sql in rows:
        is_known = bool(known.fullmatch(str(table)) or _OF_SQLITE.fullmatch(str(table)))
        is_plain = kind == "index" or (kind == "table" and not _is_virtual(sql))
        if not (is_known and is_plain):
            return f"the {kind} {str(name)[:100]!r}"
    return ""


def _is_virtual(sql: object) -> bool:
    return str(sql).split()[:2] != ["CREATE", "TABLE"]


def _names(file: Path) -> set[str]:
    with closing(_connect(file)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA query_only = ON")
    return connection
