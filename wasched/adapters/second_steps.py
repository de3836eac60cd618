"""Who signs in without a second step, read past the product: the doctor changes nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

_BUSY_S = 5.0
_WITHOUT_ONE = (
    "SELECT email FROM user WHERE removed_at IS NULL"
    " AND id NOT IN (SELECT user_id FROM second_step)"
    " AND id NOT IN (SELECT user_id FROM passkey) ORDER BY id"
)


def without_one(file: Path) -> list[str] | None:
    """The e-mails of whom a password alone lets in.

    None where nobody can be found: no database, one of an older version, or a damaged one.
    """
    source = f"file:{quote(str(file))}?mode=rw"  # makes none, and may roll back what was cut off
    try:
        with closing(sqlite3.connect(source, timeout=_BUSY_S, uri=True)) as connection:
            connection.execute("PRAGMA query_only = ON")
            people = connection.execute("SELECT count(*) FROM user").fetchone()[0]
            found = [email for (email,) in connection.execute(_WITHOUT_ONE)]
            return found if people else None
    except sqlite3.Error:
        return None
