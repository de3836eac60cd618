"""Rows of a SQLite file in a PostgreSQL with the same tables, as they are."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, Table
from sqlmodel import SQLModel

import wasched.models  # noqa: F401 - the tables register themselves
from tests import postgresql


def copy_rows(file: Path, into: Engine) -> None:
    """Copy every table; the server then knows how much is in each."""
    with closing(sqlite3.connect(file)) as source, postgresql.other_process(into) as target:
        target.execute("SET session_replication_role = replica")  # in any order, without triggers
        for table in SQLModel.metadata.sorted_tables:
            _copy(source, target, table)
            _go_on_counting(target, table)
    with postgresql.other_process(into) as target:
        target.autocommit = True
        target.execute("ANALYZE")


def _copy(source: sqlite3.Connection, target: "psycopg.Connection[Any]", table: Table) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    with target.cursor().copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in source.execute(f'SELECT {columns} FROM "{table.name}"'):
            copy.write_row(row)


def _go_on_counting(target: "psycopg.Connection[Any]", table: Table) -> None:
    if "id" in table.columns:
        target.execute(
            f'SELECT setval(sequence::regclass, (SELECT max(id) FROM "{table.name}"))'
            " FROM pg_get_serial_sequence(%s, 'id') AS sequence WHERE sequence IS NOT NULL",
            [f'"{table.name}"'],
        )
