"""A full server in a SQLite file, with what is hard to keep, and all that a database holds."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from tests.files import SAMPLES
from tests.scopes import session_scope
from wasched import config, db

ODD = {
    "slashes": 'a\\b\\N \\. "quoted" \'too\' {"not": json}\ttab\r\nline\x7f',
    "letters": "Žluťoučký 𝄞 👩‍👩‍👧 \u202eright \ufeff\u0000"[:-1],
    "empty": "",
    "huge": "much " * 400_000,
}
"""Texts that a copy could spoil, by the setting they stand in."""

_MORE = """
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count})
INSERT INTO message ({columns}, occurrence_at)
SELECT {columns}, strftime('%Y-%m-%d %H:%M:%f000', '2020-01-01', '+' || n || ' minutes')
FROM number, (SELECT * FROM message WHERE status = 'delivered' LIMIT 1)
"""


def fill_file(file: Path, messages: int = 0) -> None:
    """Put the sample of a server into a new file, as of today, and so many messages more."""
    sample = max(SAMPLES.glob("database-*.sql"))
    with closing(sqlite3.connect(file)) as made:
        made.executescript(sample.read_text(encoding="utf-8"))
    _upgrade(file)
    with closing(sqlite3.connect(file)) as made, made:
        made.executemany("INSERT INTO setting (name, value) VALUES (?, ?)", ODD.items())
        made.execute("UPDATE media_file SET size = ?", (2**53 + 1,))
        made.execute(
            "UPDATE recipient SET fields = ?", (json.dumps({"b": 1.5, "a": ODD["letters"]}),)
        )
        if messages:
            columns = _columns_of_message(made)
            made.execute(_MORE.format(count=messages, columns=columns))


def all_rows(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table as the product sees it, in the order of keys."""
    found = {}
    with session_scope(write=False, bound=engine) as session:
        for mapper in SQLModel._sa_registry.mappers:
            table = mapper.local_table
            rows = session.scalars(select(mapper.class_).order_by(*table.primary_key))
            found[table.name] = [one.model_dump() for one in rows]
            session.expunge_all()
    return found


def _columns_of_message(made: sqlite3.Connection) -> str:
    named = [row[1] for row in made.execute("PRAGMA table_info(message)")]
    return ", ".join(one for one in named if one not in ("id", "occurrence_at"))


def _upgrade(file: Path) -> None:
    with patch.dict("os.environ", {"DB_PATH": str(file), "DATABASE_URL": ""}):
        for cached in (config.settings, db.engine):
            cached.cache_clear()
        db.upgrade(keeps_copy=False)
        db.engine().dispose()
    for cached in (config.settings, db.engine):
        cached.cache_clear()
