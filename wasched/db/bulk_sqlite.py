"""Many rows into and out of a SQLite file."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from wasched.db.plain_rows import Row, binders


def keep_reading(_connection: Connection) -> None:
    """Nothing to do: no transaction is ended for saying nothing."""


def read_cleaned(connection: Connection) -> Callable[[], int]:
    """Have a connection read texts as every database can keep them; how many were not so.

    That is UTF-8 without NUL, which no door lets in: https://www.sqlite.org/nulinstr.html.
    """
    cleaned: list[None] = []

    def read(raw: bytes) -> str:
        found = raw.decode("utf-8", "replace")
        if "\0" in found or "\ufffd" in found:
            found = found.replace("\0", "")
            cleaned.extend([None] * (found.encode() != raw))
        return found

    _driver(connection).text_factory = read
    return lambda: len(cleaned)


def write_rows(connection: Connection, table: Table, rows: Iterator[Row]) -> int:
    """Write plain rows by one statement that is prepared once; how many they were."""
    say = connection.dialect.identifier_preparer
    columns = ", ".join(say.format_column(one) for one in table.c)
    into = f"INSERT INTO {say.format_table(table)} ({columns})"
    places = ", ".join("?" for _ in table.c)
    bound = _bound(rows, binders(table, connection))
    return _driver(connection).executemany(f"{into} VALUES ({places})", bound).rowcount


def last_numbers(connection: Connection, _tables: Sequence[Table]) -> dict[str, int]:
    """What SQLite itself notes of the tables that give no number anew."""
    return dict(_driver(connection).execute("SELECT name, seq FROM sqlite_sequence").fetchall())


def number_from(connection: Connection, _tables: Sequence[Table], last: Mapping[str, int]) -> None:
    """Note it where SQLite does; all other tables go on behind the rows that are there."""
    driver = _driver(connection)
    for name, number in last.items():
        driver.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
        driver.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, number))


def _bound(
    rows: Iterator[Row], binds: Sequence[Callable[[Any], Any] | None]
) -> Iterator[list[Any]]:
    bound = [(number, bind) for number, bind in enumerate(binds) if bind is not None]
    for row in rows:
        values = list(row)
        for number, bind in bound:
            values[number] = bind(values[number])
        yield values


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
