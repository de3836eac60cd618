"""Deeds and questions: whole or not at all, and done anew where nothing of them was done."""

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from wasched import db
from wasched.db import sqlite, transactions, turns


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[db.Database]:
    """A database whose writers are told at once that another one is in the way."""
    monkeypatch.setitem(sqlite.CONNECT_ARGS, "timeout", 0)
    monkeypatch.setattr(turns, "BUSY_S", 0)
    made = db.Database(db.make_engine(f"sqlite:///{tmp_path}/app.db"))
    made.transaction(lambda session: session.execute(text("CREATE TABLE t (n INTEGER)")))
    yield made
    made.engine.dispose()


def test_a_deed_is_done_once_after_another_was_in_its_way(
    database: db.Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "BUSY_S", 20)  # so long it is tried again
    asked = threading.Event()
    monkeypatch.setattr(transactions.time, "sleep", lambda _: asked.set())

    with closing(sqlite3.connect(tmp_path / "app.db", check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = threading.Thread(target=lambda: database.transaction(_count))
        done.start()
        assert asked.wait(20)
        other.rollback()
        done.join(20)

    assert _counted(database) == 1


def test_who_is_in_the_way_for_too_long_is_told_of(database: db.Database, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "app.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="database is locked"):
            database.transaction(_count)

    assert _counted(database) == 0


def test_a_deed_that_has_begun_is_not_tried_again(database: db.Database) -> None:
    times = []

    def fail(session: Session) -> None:
        times.append(1)
        _count(session)
        busy = sqlite3.OperationalError("database is locked")
        busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError("INSERT INTO t VALUES (1)", {}, busy)

    with pytest.raises(OperationalError):
        database.transaction(fail)

    assert (len(times), _counted(database)) == (1, 0)


def test_what_is_streamed_is_read_as_it_is_asked_for(database: db.Database) -> None:
    for _ in range(3):
        database.transaction(_count)

    parts = database.stream(lambda session: (row[0] for row in session.execute(_ALL)))

    assert next(parts) == 1
    assert list(parts) == [1, 1]


_ALL = text("SELECT n FROM t")


def _count(session: Session) -> None:
    session.execute(text("INSERT INTO t VALUES (1)"))


def _counted(database: db.Database) -> int:
    return len(database.answer(lambda session: session.execute(_ALL).all()))


def test_nobody_but_the_database_opens_a_session() -> None:
    package = Path(db.__file__).parent.parent
    opened = re.compile(r"\bSession\(|\.session\(")

    assert [
        file.name
        for file in package.rglob("*.py")
        if "db" not in file.relative_to(package).parts and opened.search(file.read_text())
    ] == []
    for planted in ("with Session(engine) as session:", "with db.engine().session() as session:"):
        assert opened.search(planted)


def test_a_log_that_a_reader_let_grow_is_cut_off_once_nobody_reads(
    database: db.Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOG_BYTES", 100_000)
    database.engine.dispose()  # for connections that know of it
    log = tmp_path / "app.db-wal"
    fill = text("INSERT INTO t SELECT 'n' || hex(zeroblob(150000))")
    with closing(sqlite3.connect(tmp_path / "app.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM t").fetchall()
        for _ in range(3):
            database.transaction(lambda session: session.execute(fill))
            db.checkpoint(database.engine)  # which waits for nobody
        assert log.stat().st_size > 800_000

    db.checkpoint(database.engine)

    assert log.stat().st_size <= 100_000
    database.transaction(_count)
