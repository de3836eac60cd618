"""PostgreSQL keeps what SQLite keeps: the same tables, deeds in turn, one moment to read."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session, col

from tests import postgresql as server
from tests.new_database import migrated_file
from wasched import db
from wasched.db import postgresql, postgresql_looks, transactions, turns
from wasched.db.upgrades import create_newest
from wasched.domain.errors import NotFoundError, UnusableDatabaseError
from wasched.models import Account


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """A database that was made as an empty one is."""
    url = server.new_database()
    made = db.make_engine(url)
    create_newest(made)
    yield made
    made.dispose()
    server.drop(url)


@pytest.fixture
def database(engine: Engine) -> db.Database:
    """With nothing in it that was written by a test before."""
    made = db.Database(engine)
    made.transaction(lambda session: session.execute(text("DELETE FROM setting")))
    return made


@pytest.fixture
def other(engine: Engine) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Another process, which holds the turn to write until it commits."""
    with server.other_process(engine) as connection:
        connection.execute(postgresql_looks.TAKE_TURN)
        connection.execute(f"{_INSERT} ('other', '')")
        yield connection


def test_an_empty_database_gets_what_the_migrations_make(engine: Engine, tmp_path: Path) -> None:
    migrated = db.make_engine(f"sqlite:///{migrated_file(tmp_path / 'app.db')}")
    by_migrations, at_once = described(migrated), described(engine)
    migrated.dispose()

    assert db.is_current(engine)
    assert at_once.keys() == by_migrations.keys()
    for table, found in by_migrations.items():
        assert (table, at_once[table]) == (table, found)


def test_no_text_is_too_long_for_its_column(engine: Engine) -> None:
    found = inspect(engine)

    lengths = [
        getattr(column["type"], "length", None)
        for table in found.get_table_names()
        for column in found.get_columns(table)
        if table != "alembic_version"
    ]
    assert len(lengths) > 200
    assert set(lengths) == {None}


def test_who_writes_waits_for_its_turn_and_sees_what_was_written_before(
    database: db.Database, other: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    begun = threading.Event()
    seen: list[list[str]] = []

    def write() -> None:
        begun.set()
        seen.append(database.transaction(_add))

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(20)
    assert _names(database) == []  # who reads waits for nobody
    assert seen == []
    other.commit()
    writer.join(20)

    assert seen == [["other"]]
    assert _names(database) == ["other", "ours"]


def test_who_waits_for_too_long_is_told_and_nothing_of_it_was_done(
    database: db.Database,
    other: "psycopg.Connection[tuple[object, ...]]",
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "BUSY_S", 0.02)
    hasty = db.make_engine(database.engine.url.render_as_string(hide_password=False))

    with pytest.raises(OperationalError) as refused:
        db.Database(hasty).transaction(_add)
    other.rollback()
    hasty.dispose()

    assert postgresql.has_not_begun(refused.value)
    assert _names(database) == []


def test_a_server_that_is_away_for_a_moment_is_waited_for(
    database: db.Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    there = str(database.engine.url.query["host"])
    folder = tmp_path / "socket"  # nobody listens there
    engine = db.make_engine(_url_in(database, folder))
    writer = threading.current_thread()

    def come_back(_seconds: float) -> None:
        if threading.current_thread() is writer:  # others of this process may sleep as well
            folder.symlink_to(there)

    monkeypatch.setattr(transactions.time, "sleep", come_back)

    assert db.Database(engine).transaction(_add) == []
    engine.dispose()
    assert _names(database) == ["ours"]


def test_a_reader_sees_one_moment_and_may_not_write(database: db.Database) -> None:
    def read_twice(session: Session) -> tuple[list[str], list[str]]:
        before = _read(session)
        database.transaction(_add)
        return before, _read(session)

    assert database.answer(read_twice) == ([], [])
    with pytest.raises(Exception, match="read-only transaction"):
        database.answer(_add)


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_no_row_has_a_number_that_is_too_large(database: db.Database, number: int) -> None:
    asked = select(Account).where(col(Account.id) == number)

    assert database.answer(lambda session: session.scalars(asked).all()) == []


def test_no_row_has_a_text_with_a_nul(database: db.Database) -> None:
    asked = select(Account).where(col(Account.name) == "Ada\0")

    with pytest.raises(NotFoundError):
        database.answer(lambda session: session.scalars(asked).all())


def test_a_database_that_would_keep_or_sort_words_otherwise_is_refused() -> None:
    url = server.new_database("ENCODING 'SQL_ASCII' LC_CTYPE 'C'")
    engine = db.make_engine(url)

    with pytest.raises(UnusableDatabaseError, match="is in SQL_ASCII and sorted by"):
        create_newest(engine)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    server.drop(url)


def _url_in(database: db.Database, folder: Path) -> str:
    elsewhere = database.engine.url.update_query_dict({"host": str(folder)})
    return elsewhere.render_as_string(hide_password=False)


def described(engine: Engine) -> dict[str, Any]:
    """Each table as far as both kinds of database say it alike."""
    found = inspect(engine)
    return {
        table: {
            "columns": {
                one["name"]: (one["type"].python_type, one["nullable"])
                for one in found.get_columns(table)
            },
            "key": found.get_pk_constraint(table)["constrained_columns"],
            "references": sorted(map(_reference, found.get_foreign_keys(table))),
            "unique": sorted(
                tuple(one["column_names"]) for one in found.get_unique_constraints(table)
            ),
            "indexes": {
                one["name"]: (tuple(one["column_names"]), bool(one["unique"]), _is_partial(one))
                for one in found.get_indexes(table)
                if "duplicates_constraint" not in one
                if not str(one["name"]).startswith("search_")  # by PostgreSQL's own words
            },
            "checks": sorted(str(one["name"]) for one in found.get_check_constraints(table)),
        }
        for table in found.get_table_names()
    }


def _reference(one: Any) -> tuple[object, ...]:
    ends = one["options"].get("ondelete", "")
    return (tuple(one["constrained_columns"]), one["referred_table"], ends)


def _is_partial(index: Any) -> bool:
    return any(name.endswith("_where") for name in index["dialect_options"])


_INSERT = "INSERT INTO setting (name, value) VALUES"


def _add(session: Session) -> list[str]:
    before = _read(session)
    session.execute(text(f"{_INSERT} ('ours', '')"))
    return before


def _read(session: Session) -> list[str]:
    return list(session.scalars(text("SELECT name FROM setting ORDER BY name")))


def _names(database: db.Database) -> list[str]:
    return database.answer(_read)


def test_tables_are_made_as_well_where_the_server_lets_nobody_have_what_searches_look_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    url = server.new_database()
    owner = db.make_engine(url)
    with server.other_process(owner) as other:
        other.execute("DROP ROLE IF EXISTS tenant; CREATE ROLE tenant LOGIN")
        other.execute("GRANT ALL ON SCHEMA public TO tenant")
    tenant = db.make_engine(url.partition("&user=")[0] + "&user=tenant")

    create_newest(tenant)

    names = {one["name"] for one in inspect(tenant).get_indexes("recipient")}
    assert db.is_current(tenant)
    assert not any(str(name).startswith("search_") for name in names)
    assert "Searches read every text" in caplog.text
    owner.dispose()
    tenant.dispose()
    server.drop(url)


def test_what_searches_look_up_is_made_beside_the_tables(engine: Engine) -> None:
    found = {one["name"] for one in inspect(engine).get_indexes("recipient")}

    assert {"search_recipient_name", "search_recipient_notes"} <= found


def test_a_writer_that_falls_asleep_in_its_turn_loses_it_to_the_next(
    database: db.Database, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "_FORGOTTEN_S", 0.2)

    def fall_asleep(session: Session) -> None:
        _add(session)
        with server.other_process(engine) as other:
            other.execute(postgresql_looks.TAKE_TURN)  # which waits until the turn is free

    with pytest.raises(DBAPIError, match="idle-in-transaction timeout"):
        database.transaction(fall_asleep)

    assert _names(database) == []
