"""All tables from one database to another: in order, within bounds of memory, and compared."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest
from typing import Protocol

from sqlalchemy import Connection, Engine, ForeignKeyConstraint, Table, func, inspect, select
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable
from sqlmodel import SQLModel

from wasched.db import bulk_postgresql, bulk_sqlite
from wasched.db.plain_rows import Row, key_of, last_key, read_rows
from wasched.domain.errors import WaschedError

Tell = Callable[[int], None]
"""Hears how many rows of a table are done."""

_BATCH = 10_000  # rows of a transaction
_TOLD = 50_000  # rows between two words of it


class DifferentRowError(WaschedError):
    """A row is not what it was copied from; `str` names the table and the row."""


class Bulk(Protocol):
    """How many rows at once are written and read; `bulk_sqlite` and `bulk_postgresql` are such."""

    def keep_reading(self, connection: Connection, /) -> None:
        """Let a transaction say nothing for as long as it likes."""
        ...

    def write_rows(self, connection: Connection, table: Table, rows: Iterator[Row], /) -> int:
        """Write plain rows the fastest way; how many they were."""
        ...

    def last_numbers(self, connection: Connection, tables: Sequence[Table], /) -> dict[str, int]:
        """The last number given in each table that gives none anew once its row is deleted."""
        ...

    def number_from(
        self, connection: Connection, tables: Sequence[Table], last: Mapping[str, int], /
    ) -> None:
        """Have rows to come numbered behind those that are there, and behind what is said."""
        ...


_BULK: dict[str, Bulk] = {"sqlite": bulk_sqlite, "postgresql": bulk_postgresql}


def keep_reading(connection: Connection) -> None:
    """Let a transaction say nothing for as long as it likes, such as one that is copied from."""
    _bulk(connection).keep_reading(connection)


def own_tables() -> list[Table]:
    """Every table of this version; one that names rows of another comes after it."""
    import wasched.models  # noqa: F401 - the tables register themselves

    return list(SQLModel.metadata.sorted_tables)


def count_rows(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return connection.scalar(select(func.count()).select_from(table)) or 0


def make_bare_tables(connection: Connection) -> None:
    """Make the tables without what is quicker made once they are full: indexes and references.

    SQLite adds no references to a table that is there, and looks at none until it is told to.
    """
    is_now = connection.dialect.name == "sqlite"
    references: list[ForeignKeyConstraint] | None = None if is_now else []
    for table in own_tables():
        connection.execute(CreateTable(table, include_foreign_key_constraints=references))


def copy_whole(source: Connection, target: Connection) -> None:
    """Make all tables in a database without any, with the rows of another; within one transaction.

    DifferentRowError if a row is not the same afterwards.
    """
    make_bare_tables(target)
    for table in own_tables():
        write_rows(target, table, read_rows(source, table))
    for table in own_tables():
        add_indexes(target, table)
    for table in own_tables():
        add_references(target, table)
    go_on_counting(source, target)
    for table in own_tables():
        compare_table(source, target, table, lambda _: None)


def copy_in_batches(source: Connection, target: Engine, table: Table, tell: Tell) -> None:
    """Copy what is not there yet, each batch in a transaction of its own."""
    with target.connect() as connection:
        after, done = last_key(connection, table), count_rows(connection, table)
    rows = read_rows(source, table, after)
    while (first := next(rows, None)) is not None:
        with target.begin() as connection:
            done += write_rows(connection, table, chain([first], islice(rows, _BATCH - 1)))
        tell(done)


def write_rows(connection: Connection, table: Table, rows: Iterator[Row]) -> int:
    """Write plain rows the fastest way; how many they were."""
    return _bulk(connection).write_rows(connection, table, rows)


def compare_table(source: Connection, target: Connection, table: Table, tell: Tell) -> int:
    """How many rows a table has on both sides; DifferentRowError at the first that differs."""
    done = 0
    for there, here in zip_longest(read_rows(source, table), read_rows(target, table)):
        if there != here:
            where = key_of(table, there or here or ())
            raise DifferentRowError(
                f"The row of {table.name} with {where} is not the same on both sides."
            )
        done += 1
        if done % _TOLD == 0:
            tell(done)
    return done


def add_indexes(connection: Connection, table: Table) -> None:
    """Make the indexes of a bare table; those that are there stay."""
    for index in table.indexes:
        connection.execute(CreateIndex(index, if_not_exists=True))


def add_references(connection: Connection, table: Table) -> None:
    """Have a bare table keep its references, if it does not yet."""
    wanted = table.foreign_key_constraints
    if len(inspect(connection).get_foreign_keys(table.name)) == len(wanted):
        return
    for reference in wanted:
        connection.execute(AddConstraint(reference, isolate_from_table=False))


def go_on_counting(source: Connection, target: Connection) -> None:
    """Have new rows numbered from where the source is, also where its last rows are deleted."""
    last = _bulk(source).last_numbers(source, own_tables())
    _bulk(target).number_from(target, own_tables(), last)


def _bulk(connection: Connection) -> Bulk:
    return _BULK[connection.dialect.name]
