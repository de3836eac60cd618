"""Many rows into and out of PostgreSQL: https://www.postgresql.org/docs/15/sql-copy.html."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, text

from wasched.db.plain_rows import Row


def keep_reading(connection: Connection) -> None:
    """Let a transaction say nothing for as long as it likes."""
    connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")


def write_rows(connection: Connection, table: Table, rows: Iterator[Row]) -> int:
    """Write plain rows by COPY; how many they were."""
    say = connection.dialect.identifier_preparer
    columns = ", ".join(say.format_column(one) for one in table.c)
    into = f"COPY {say.format_table(table)} ({columns}) FROM STDIN"
    done = 0
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for done, row in enumerate(rows, 1):  # noqa: B007 - their number at the end
            copy.write_row(row)
    return done


def last_numbers(connection: Connection, tables: Sequence[Table]) -> dict[str, int]:
    """The last number that was given in each table where SQLite gives none anew, either."""
    kept = [one for one in tables if one.dialect_options["sqlite"]["autoincrement"]]
    sequences = {one.name: _sequence(connection, one) for one in kept}
    return {
        name: connection.scalar(text(f"SELECT last_value FROM {sequence}")) or 0
        for name, sequence in sequences.items()
    }


def number_from(connection: Connection, tables: Sequence[Table], last: Mapping[str, int]) -> None:
    """Have each sequence go on behind the rows that are there, and behind what is said."""
    for table in tables:
        if sequence := _sequence(connection, table):
            number = max(_greatest(connection, table), last.get(table.name, 0))
            given = {"name": sequence, "number": max(number, 1), "is_given": number > 0}
            asked = text("SELECT setval(CAST(:name AS regclass), :number, :is_given)")
            connection.execute(asked, given)


def _greatest(connection: Connection, table: Table) -> int:
    say, column = connection.dialect.identifier_preparer, table.autoincrement_column
    assert column is not None
    asked = f"SELECT max({say.format_column(column)}) FROM {say.format_table(table)}"
    return connection.scalar(text(asked)) or 0


def _sequence(connection: Connection, table: Table) -> str:
    """What numbers a table's rows, as its name is written in a statement; or nothing."""
    column = table.autoincrement_column
    if column is None:
        return ""
    named = connection.dialect.identifier_preparer.format_table(table)
    asked = text("SELECT pg_get_serial_sequence(:table, :column)")
    return connection.scalar(asked, {"table": named, "column": column.name}) or ""
