"""A server goes from SQLite's file to PostgreSQL: every row, once, whatever cuts it off."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests import postgresql
from tests.full_server import ODD, all_rows, fill_file
from tests.moves import move, starts
from tests.product import ROOT
from wasched import db, keeping, moving_database, rolling_back
from wasched.adapters.backup_faults import BackupError
from wasched.config import read_settings
from wasched.domain.errors import WaschedError

_NOW = "datetime('now')"
_RUNS = f"INSERT INTO program VALUES ('a', 'api', 'here', '', {{pid}}, '', {_NOW}, {_NOW})"
_MOVED = "was moved to the PostgreSQL database"
_FILLED = "is being filled by `migrate-database`"
_MOVE = [sys.executable, "-m", "wasched", "migrate-database"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full server's file, and one with enough messages for several batches."""
    folder = tmp_path_factory.mktemp("full")
    fill_file(folder / "small.db")
    fill_file(folder / "large.db", messages=11_000)
    return folder


@pytest.fixture
def url() -> Iterator[str]:
    """An empty PostgreSQL."""
    made = postgresql.new_database()
    yield made
    postgresql.drop(made)


@pytest.fixture
def small(files: Path, tmp_path: Path, url: str) -> dict[str, str]:
    """A copy of the file, and where it is to go."""
    return _copied(files / "small.db", tmp_path / "app.db", url)


@pytest.fixture
def environ(files: Path, tmp_path: Path, url: str) -> dict[str, str]:
    """The same of the large one."""
    return _copied(files / "large.db", tmp_path / "app.db", url)


def test_every_row_is_moved_and_the_file_starts_no_more(small: dict[str, str]) -> None:
    before = _rows_of_file(small)
    said: list[str] = []

    moved = move(small, said)

    after = _rows_of_server(small)
    for table, rows in before.items():
        assert (table, [one for one in after[table] if one.get("name") != "secret_key"]) == (
            table,
            rows,
        )
    assert moved.rows == sum(map(len, before.values())) and moved.cleaned == 0
    assert said[0] == "Step 1 of 5: Looking whether the SQLite file is whole."
    assert _MOVED in starts(small | {"DATABASE_URL": ""})
    assert starts(small) == ""
    with pytest.raises(BackupError, match=r"was moved to .* restore that here with --replace"):
        keeping.restore_archive(small | {"DATABASE_URL": ""}, None, replace=False)  # type: ignore[arg-type]
    with pytest.raises(BackupError, match="was moved to"):
        rolling_back.roll_back(small | {"DATABASE_URL": ""})
    with pytest.raises(WaschedError, match="was moved to"):
        move(small, said)


def test_what_comes_after_is_numbered_on_and_noted_as_an_event_and_what_came_is_not(
    small: dict[str, str],
) -> None:
    _change(small, "INSERT INTO event_reader (space_id) SELECT id FROM space")
    events = len(_rows_of_file(small)["outbox_event"])
    _change(small, "DELETE FROM draft WHERE id = (SELECT max(id) FROM draft)")
    ((last_draft,),) = _read(small, "SELECT seq FROM sqlite_sequence WHERE name = 'draft'")
    ((last,),) = _read(small, "SELECT max(id) FROM message")

    move(small)

    assert len(_rows_of_server(small)["outbox_event"]) == events
    engine = db.make_engine(small["DATABASE_URL"])
    given = text("SELECT nextval(pg_get_serial_sequence(:name, 'id'))")
    with db.Database(engine).session() as session:
        numbers = [session.scalar(given, {"name": name}) for name in ("message", "draft")]
        session.execute(text("UPDATE message SET status = 'cancelled' WHERE status = 'scheduled'"))
    engine.dispose()
    assert numbers == [last + 1, last_draft + 1]
    assert len(_rows_of_server(small)["outbox_event"]) > events


def test_texts_that_postgresql_does_not_keep_are_cleaned_and_counted(
    small: dict[str, str],
) -> None:
    _change(small, "INSERT INTO setting VALUES ('nul', 'a' || char(0) || 'b')")
    _change(small, "INSERT INTO setting VALUES ('broken', CAST(x'41ff42' AS TEXT))")
    _change(small, """UPDATE recipient SET fields = '{"a": "x\\u0000y\\ud800"}'""")

    moved = move(small)

    found = _rows_of_server(small)
    values = {one["name"]: one["value"] for one in found["setting"]}
    assert (values["nul"], values["broken"]) == ("ab", "A\ufffdB")
    assert {name: values[name] for name in ODD} == ODD
    assert found["recipient"][0]["fields"] == {"a": "xy"}
    assert moved.cleaned == 2


def test_killed_at_any_step_it_goes_on_and_no_row_is_lost_or_twice(
    environ: dict[str, str],
) -> None:
    before = _rows_of_file(environ)
    _killed(environ, "message: 10,000")
    assert _FILLED in starts(environ)
    for stop in ("Step 3", "Step 4"):
        _cut_off(environ, stop)
    said: list[str] = []

    move(environ, said)

    assert "It goes on where it was cut off." in said
    assert not [one for one in said if "message: 10,000" in one], "They were there already."
    after = _rows_of_server(environ)
    assert after["message"] == before["message"]
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    } | {"setting": len(after["setting"])}


def test_killed_between_the_two_marks_it_is_only_finished(
    small: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = _rows_of_file(small)["message"]
    with monkeypatch.context() as cut_off, pytest.raises(KeyboardInterrupt):
        cut_off.setattr(moving_database.move_target, "finish_target", _end)
        move(small)
    assert _MOVED in starts(small | {"DATABASE_URL": ""})
    assert _FILLED in starts(small)

    move(small)

    assert _rows_of_server(small)["message"] == rows
    assert starts(small) == ""


def test_a_file_that_went_on_after_a_kill_is_moved_anew(environ: dict[str, str]) -> None:
    _cut_off(environ, "message: 10,000")
    _change(environ, "UPDATE message SET read_at = NULL, status = 'sent' WHERE id = 1")
    rows = _rows_of_file(environ)["message"]

    move(environ)

    assert _rows_of_server(environ)["message"] == rows


def test_what_cannot_be_moved_is_refused_in_a_sentence_and_stays(
    small: dict[str, str], tmp_path: Path
) -> None:
    def refused(**other: str) -> str:
        with pytest.raises(WaschedError) as fault:
            move(small | other)
        return str(fault.value)

    assert "Say where to: set DATABASE_URL" in refused(DATABASE_URL="")
    assert "There is no SQLite file at" in refused(DB_PATH=str(tmp_path / "other.db"))
    away = "postgresql://miriam:secret-word@127.0.0.1:1/wasched"
    assert "does not answer" in refused(DATABASE_URL=away)
    assert "secret-word" not in refused(DATABASE_URL=away)
    latin = postgresql.new_database("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    assert "is in LATIN1" in refused(DATABASE_URL=latin)
    other = tmp_path / "empty.db"
    other.touch()
    assert "is no database of wasched's" in refused(DB_PATH=str(other))
    _on_server(small, "CREATE TABLE of_others (x int)")
    assert "holds the table of_others" in refused()
    _on_server(small, "DROP TABLE of_others")
    _change(small, _RUNS.format(pid=os.getppid()))
    assert "Wait for api on host" in refused()
    _change(small, "DELETE FROM program")
    _change(small, "UPDATE alembic_version SET version_num = '0028'")
    assert "is of an older version (0028" in refused()
    _change(small, "UPDATE alembic_version SET version_num = '9999'")
    assert "was made by a newer wasched" in refused()
    _change(small, f"UPDATE alembic_version SET version_num = '{db.HEAD}'")
    _change(small, "CREATE TABLE strange (x)")
    assert "holds the table 'strange'" in refused()
    _change(small, "DROP TABLE strange")
    _change(small, "UPDATE message SET account_id = 99 WHERE id = 1")
    assert "is damaged" in refused()
    postgresql.drop(latin)


def test_a_database_with_another_server_in_it_is_left_alone(small: dict[str, str]) -> None:
    kept = Path(small["DB_PATH"]).read_bytes()
    move(small)
    Path(small["DB_PATH"]).write_bytes(kept)  # as if it were of somebody else
    rows = _rows_of_server(small)

    with pytest.raises(WaschedError, match="holds a server already"):
        move(small)
    assert _rows_of_server(small) == rows


def test_one_that_an_api_was_started_on_once_is_taken(small: dict[str, str]) -> None:
    assert starts(small) == ""

    move(small)

    assert _rows_of_server(small)["user"]


def test_a_row_that_differs_is_named(
    small: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one that another program has changed meanwhile."""
    finish = moving_database.table_copy.go_on_counting

    def spoil(source: object, target: object) -> None:
        finish(source, target)  # type: ignore[arg-type]
        target.execute(text("UPDATE message SET due_at = due_at + interval '1 us' WHERE id = 7"))  # type: ignore[attr-defined]

    monkeypatch.setattr(moving_database.table_copy, "go_on_counting", spoil)
    with pytest.raises(WaschedError, match="row of message with id 7 is not the same"):
        move(small)
    assert starts(small | {"DATABASE_URL": ""}) == ""


def _copied(file: Path, copy: Path, url: str) -> dict[str, str]:
    copy.write_bytes(file.read_bytes())
    return {"DB_PATH": str(copy), "DATABASE_URL": url}


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def _killed(environ: Mapping[str, str], stop: str) -> None:
    """Kill a move as soon as it has said this."""
    whole = {**os.environ, **environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(_MOVE, cwd=ROOT, env=whole, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = [line for line in iter(process.stdout.readline, b"") if _kills(process, line, stop)]
    assert len(said) == 1, "It said so, and was killed."


def _kills(process: "subprocess.Popen[bytes]", line: bytes, stop: str) -> bool:
    is_there = stop.encode() in line
    if is_there:
        process.send_signal(signal.SIGKILL)
    return is_there


def _cut_off(environ: Mapping[str, str], stop: str) -> None:
    """The same within this process: nothing is done after it has said this."""

    def hear(said: str) -> None:
        if stop in said:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(environ, hear=hear)


def _change(environ: Mapping[str, str], statement: str) -> None:
    with closing(sqlite3.connect(environ["DB_PATH"])) as connection, connection:
        connection.execute(statement)


def _read(environ: Mapping[str, str], query: str) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(environ["DB_PATH"])) as connection:
        return connection.execute(query).fetchall()


def _on_server(environ: Mapping[str, str], statement: str) -> None:
    engine = db.make_engine(read_settings(environ).database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _rows_of_file(environ: Mapping[str, str]) -> dict[str, list[dict[str, object]]]:
    return _rows(f"sqlite:///{environ['DB_PATH']}")


def _rows_of_server(environ: Mapping[str, str]) -> dict[str, list[dict[str, object]]]:
    return _rows(environ["DATABASE_URL"])


def _rows(url: str) -> dict[str, list[dict[str, object]]]:
    engine = db.make_engine(url)
    try:
        return all_rows(engine)
    finally:
        engine.dispose()
