"""Damage to the database or a link's file: noticed, said until it is mended, and not after."""

import itertools
import json
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.bench.library import build
from tests.damage import overwrite, overwrite_some, overwrite_table
from tests.product import Product, until
from tests.scopes import session_scope
from tests.services.fakes import FakeClock
from wasched import bootstrap, config, db, log_filters, logs
from wasched.adapters import damage_note, damage_watch, database_check
from wasched.adapters.changes import SqliteChanges
from wasched.api.app import make_api

SEEDS = range(5)
DAMAGED = "The database is damaged"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with 4,000 messages."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        _use(folder, patch)
        db.upgrade()
        db.engine().dispose()
        build(folder / "app.db", 4_000).dispose()
    return folder / "app.db"


@pytest.fixture
def database(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of it, on a server of this test's own."""
    _use(tmp_path, monkeypatch)
    shutil.copy(whole, tmp_path / "app.db")
    (tmp_path / "session").mkdir()
    bootstrap.notice_damage()
    yield tmp_path / "app.db"
    db.engine().dispose()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_check_finds_overwritten_pages_and_a_mended_file_is_said_to_be_whole(
    database: Path, whole: Path, seed: int
) -> None:
    overwrite_some(database, seed)

    bootstrap.damage_watch().look()

    assert DAMAGED in bootstrap.damage()
    assert "restore --replace" in bootstrap.damage()
    assert _ready() == (503, bootstrap.damage())

    db.engine().dispose()
    shutil.copy(whole, database)
    bootstrap.damage_watch().look()  # as a worker that was started anew does

    assert bootstrap.damage() == ""
    assert _ready()[1] == "The database answers."


def test_a_whole_database_is_not_said_to_be_damaged_while_others_write(database: Path) -> None:
    with session_scope() as session:
        session.execute(text("UPDATE message SET reason = 'as it happens'"))
        bootstrap.damage_watch().look()

    assert bootstrap.damage() == ""
    assert _ready()[1] == "The database answers."


def test_a_query_that_meets_damage_is_remembered_by_every_process(database: Path) -> None:
    overwrite_table(database, "template")
    assert _ready()[1] == "The database answers."  # nobody has read that page yet

    with pytest.raises(DatabaseError), session_scope(write=False) as session:
        session.execute(text("SELECT * FROM template")).all()
    damage_note.of_database.cache_clear()  # whoever asks is another process, or this one later

    assert DAMAGED in bootstrap.damage()
    assert _ready() == (503, bootstrap.damage())


def test_the_sentence_says_when_the_last_back_up_was_made_if_that_can_be_read(
    database: Path,
) -> None:
    overwrite_table(database, "template")
    bootstrap.damage_watch().look()
    assert "No back-up is known of." in bootstrap.damage()

    with session_scope() as session:
        session.execute(
            text("INSERT INTO setting VALUES ('backed_up_at', '2026-11-28T03:17:00+00:00')")
        )

    assert "The last back-up was made on 28 November 2026, 03:17 UTC." in bootstrap.damage()


def test_a_passing_check_takes_nothing_back_that_was_seen_meanwhile(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, clock = damage_note.of_database(database), bootstrap.clock()
    note.add("disk I/O error", clock.now())

    def check(_file: Path, *, thorough: bool) -> str:
        note.add("disk I/O error", clock.now())
        return ""

    monkeypatch.setattr(database_check, "damage_found_at_leisure", check)
    bootstrap.damage_watch().look()

    assert "fails to read or write" in bootstrap.damage()


def test_where_the_note_cannot_be_written_the_process_that_saw_it_knows(database: Path) -> None:
    file = database.with_name("app.db.damaged")
    file.mkdir()
    overwrite_table(database, "template")

    bootstrap.damage_watch().look()
    assert DAMAGED in bootstrap.damage()

    file.rmdir()
    assert DAMAGED in bootstrap.damage()
    assert json.loads(file.read_text())["what"] == "database disk image is malformed"


def test_an_empty_note_for_want_of_room_is_a_note(database: Path) -> None:
    database.with_name("app.db.damaged").touch()

    assert DAMAGED in bootstrap.damage()


def test_a_damaged_file_of_a_link_is_named_until_it_is_gone(database: Path) -> None:
    links = [database.parent / "session" / f"account-{number}.db" for number in (1, 2)]
    for link in links:
        with closing(sqlite3.connect(link)) as connection:
            connection.executescript(
                "CREATE TABLE keys (key); INSERT INTO keys VALUES (randomblob(90000));"
            )
    overwrite_some(links[1], seed=1, count=3)

    bootstrap.damage_watch().look()

    assert (
        "account-2.db" in bootstrap.link_damage() and "account-1.db" not in bootstrap.link_damage()
    )
    assert bootstrap.damage() == ""
    answer = TestClient(make_api()).get("/readyz").json()
    assert (answer["links"]["ok"], answer["links"]["says"]) == (False, bootstrap.link_damage())

    links[1].unlink()
    bootstrap.damage_watch().look()

    assert bootstrap.link_damage() == ""


def test_every_night_brings_a_check_and_no_other_hour(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage_watch, "_AGAIN_S", 0.0)
    monkeypatch.setattr(damage_watch, "_SHARE", 0)
    noon = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    clock = FakeClock(noon)
    watch = damage_watch.DamageWatch(
        database, database.parent / "session", "Europe/Berlin", clock, list
    )
    watch.look()
    overwrite_table(database, "template")

    clock.sleep_until(noon + timedelta(hours=15, minutes=30))
    watch.look()
    assert bootstrap.damage() == ""

    clock.sleep_until(noon + timedelta(hours=15, minutes=40))
    watch.look()
    assert DAMAGED in bootstrap.damage()


def test_damage_is_logged_at_each_start_and_once_an_hour(
    database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def said() -> int:
        return sum(
            one.levelno == logging.ERROR and DAMAGED in one.message for one in caplog.records
        )

    overwrite_table(database, "template")
    watch = bootstrap.damage_watch()
    for _ in range(10):
        watch.look()
    assert said() == 1

    bootstrap.damage_watch().look()  # another start
    assert said() == 2

    monkeypatch.setattr(damage_watch, "_SAY_S", 0.0)  # an hour later
    watch.look()
    assert said() == 3


def test_a_query_that_meets_it_every_minute_says_so_once_an_hour(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    minutes = itertools.count()
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", list(root.handlers))
    monkeypatch.setattr(
        log_filters, "time", SimpleNamespace(monotonic=lambda: next(minutes) * 60.0)
    )
    monkeypatch.setattr(logs, "_sieve", log_filters.Sieve())
    logs.set_up("INFO")
    overwrite_table(database, "template")

    for _ in range(50):
        with pytest.raises(DatabaseError) as fault, session_scope(write=False) as session:
            session.execute(text("SELECT * FROM template")).all()
        logging.getLogger("wasched").error("Something failed", exc_info=fault.value)

    assert capsys.readouterr().out.count(DAMAGED) == 1


def test_who_waits_for_changes_looks_at_a_database_that_cannot_be_asked(database: Path) -> None:
    overwrite(database, [1], seed=1)

    assert SqliteChanges(database).wait(0.1)  # the look itself says what is wrong


def test_the_worker_says_it_soon_after_its_start_and_works_on(
    database: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "product"
    (folder / "data").mkdir(parents=True)
    database = Path(shutil.copy(database, folder / "data" / "app.db"))
    overwrite_table(database, "template")
    product = Product(folder, {**os.environ, "PRACTICE": "yes"})
    try:
        product.start_worker()
        until(database.with_name("app.db.damaged").exists, "the worker has noted it")
        until(lambda: DAMAGED in product.log("worker"), "the worker's log says it")
        assert "Worker started" in product.log("worker")
        assert "Traceback" not in product.log("worker")
    finally:
        product.end()


def _ready() -> tuple[int, str]:
    answer = TestClient(make_api()).get("/readyz")
    return answer.status_code, answer.json()["database"]["says"]


def _use(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DB_PATH", str(folder / "app.db"))
    patch.setenv("SESSION_PATH", str(folder / "session"))
    for cached in (config.settings, db.engine, bootstrap.queue, bootstrap.changes):
        cached.cache_clear()
