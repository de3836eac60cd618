"""A back-up of PostgreSQL is one of SQLite, and the other way round: each restores the other."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from tests import postgresql
from tests.attacks.archives import files_of
from tests.full_server import all_rows, fill_file
from tests.media_bucket import bucket_server
from tests.moves import move, own_locks, starts
from tests.product import ROOT
from wasched import db, keeping, rolling_back
from wasched.adapters.backup_faults import BackupError
from wasched.adapters.media_files import name_of
from wasched.db import server_copy
from wasched.domain.errors import UnusableDatabaseError

_NOTED = {"setting", "change", "audit_entry"}
"""The tables that note that a back-up was made."""

_SECRET = "kept-by-the-file-and-then-by-the-database"


class Server:
    """A data folder with a database in PostgreSQL, and the shell beside it."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder = folder
        self.environ = {"DB_PATH": str(folder / "app.db"), "DATABASE_URL": url}
        folder.mkdir(exist_ok=True)

    def shell(
        self, *words: str, given: bytes = b"", **more: str
    ) -> "subprocess.CompletedProcess[bytes]":
        """Run `python -m wasched …` for it."""
        return subprocess.run(
            [sys.executable, "-m", "wasched", *words],
            cwd=ROOT,
            env={**os.environ, **self.environ, **more},
            input=given,
            capture_output=True,
        )

    def rows(self) -> dict[str, list[dict[str, object]]]:
        """All that its database holds."""
        engine = db.make_engine(self.environ["DATABASE_URL"] or f"sqlite:///{self.folder}/app.db")
        try:
            return all_rows(engine)
        finally:
            engine.dispose()

    def does(self, statement: str) -> None:
        """Change its database."""
        engine = db.make_engine(self.environ["DATABASE_URL"])
        with engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A full server on PostgreSQL, whose secret the database keeps."""
    folder, url = tmp_path_factory.mktemp("old"), postgresql.new_database()
    fill_file(folder / "app.db")
    (folder / "secret_key").write_text(f"{_SECRET}\n")
    (folder / "media" / "ab").mkdir(parents=True)
    (folder / "media" / "ab" / "abcd.jpg").write_bytes(b"\xff\xd8 a picture")
    server = Server(folder, url)
    move(server.environ)
    (folder / "app.db").unlink()
    (folder / "secret_key").unlink()
    later = datetime.now(UTC) + timedelta(days=9)
    far = f"due_at = '{later:%Y-%m-%d}', late_at = '{later:%Y-%m-%d}'"
    server.does(f"UPDATE message SET {far} WHERE status = 'scheduled'")
    server.does("UPDATE schedule SET status = 'ended', next_local = NULL")
    yield server
    postgresql.drop(url)


@pytest.fixture(scope="module")
def archive(old: Server) -> bytes:
    """Its back-up."""
    done = old.shell("backup")
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def new(archive: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An empty PostgreSQL and an empty folder, to which it was restored."""
    url = postgresql.new_database()
    server = Server(tmp_path_factory.mktemp("new"), url)
    done = server.shell("restore", given=archive)
    assert (done.returncode, done.stderr) == (0, b"")
    yield server
    postgresql.drop(url)


def test_the_archive_holds_every_row_and_the_secret(
    old: Server, archive: bytes, tmp_path: Path
) -> None:
    files = files_of(archive)
    (tmp_path / "app.db").write_bytes(files["data/app.db"])

    kept, there = Server(tmp_path).rows(), old.rows()
    for table in there.keys() - _NOTED:
        assert (table, kept[table]) == (table, there[table])
    assert files["data/secret_key"].decode().strip() == _SECRET
    assert files["media/ab/abcd.jpg"] == b"\xff\xd8 a picture"
    assert _version(tmp_path / "app.db") == db.HEAD


def test_it_comes_back_to_sqlite_and_to_postgresql_alike(
    old: Server, archive: bytes, new: Server, tmp_path: Path
) -> None:
    """Whatever the other tests did to the one on PostgreSQL is lost at first."""
    file = Server(tmp_path / "file")
    for one in (file, new):
        done = one.shell("restore", "--replace", given=archive)
        assert (done.returncode, done.stderr) == (0, b"")

    there, was = file.rows(), old.rows()
    for table, rows in new.rows().items():
        assert (table, _lasting(rows)) == (table, _lasting(there[table]))
        assert len(rows) >= len(was[table]) - len(was["change"])
    assert (file.folder / "secret_key").read_text().strip() == _SECRET
    assert not (new.folder / "app.db").exists()
    for one in (file, new):
        assert (one.folder / "media" / "ab" / "abcd.jpg").exists()
        assert starts(one.environ) == ""
    assert {"name": "secret_key", "value": f"secret:{_SECRET}"} in new.rows()["setting"]


def test_what_is_there_is_replaced_only_when_asked_and_what_was_stopped_stays(
    archive: bytes, new: Server
) -> None:
    new.does("UPDATE account SET paused_at = NULL")
    new.does("UPDATE account SET paused_at = '2026-11-11 11:11' WHERE id = 1")
    new.does("""INSERT INTO setting VALUES ('added', 'later')""")

    refused = new.shell("restore", given=archive)
    assert (refused.returncode, b"Say --replace to lose it" in refused.stderr) == (2, True)
    done = new.shell("restore", "--replace", given=archive)

    assert (done.returncode, done.stderr) == (0, b"")
    rows = new.rows()
    assert rows["account"][0]["paused_at"] == datetime(2026, 11, 11, 11, 11, tzinfo=UTC)
    assert "added" not in {one["name"] for one in rows["setting"]}


def test_a_restore_that_fails_changes_nothing(archive: bytes, new: Server, tmp_path: Path) -> None:
    (tmp_path / "app.db").write_bytes(files_of(archive)["data/app.db"])
    before = new.rows()
    engine = db.make_engine(new.environ["DATABASE_URL"] + "&options=-c%20lock_timeout%3D50")
    with (
        psycopg.connect(new.environ["DATABASE_URL"].replace("+psycopg", "")) as other,
        pytest.raises(UnusableDatabaseError, match="Somebody else uses the PostgreSQL"),
    ):
        other.execute("SELECT 1 FROM message LIMIT 1")  # and it stays in its transaction
        server_copy.put_file(tmp_path / "app.db", engine)
    engine.dispose()

    assert new.rows() == before


def test_a_back_up_is_of_one_moment_whatever_is_written_meanwhile(
    old: Server, tmp_path: Path
) -> None:
    """Each transaction writes one row into a table that is read early, and one into a late one."""
    engine = db.make_engine(old.environ["DATABASE_URL"])
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            with engine.begin() as connection:
                connection.execute(text(f"INSERT INTO setting VALUES ('n{number}', '')"))
                connection.execute(text("UPDATE reply SET text = 'n' || :n"), {"n": number})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        server_copy.write_file(engine, tmp_path / "app.db")
    finally:
        done.set()
        writer.join()
        engine.dispose()
        old.does("DELETE FROM setting WHERE name LIKE 'n%'")

    rows = Server(tmp_path).rows()
    numbers = [int(str(one["name"])[1:]) for one in rows["setting"] if str(one["name"])[0] == "n"]
    assert {one["text"] for one in rows["reply"]} == {f"n{max(numbers)}"}


def test_attached_files_go_to_a_bucket_and_from_there_into_archives_and_back(
    tmp_path: Path,
) -> None:
    body = b"\xff\xd8 a picture of the choir"
    name = name_of(hashlib.sha256(body).hexdigest())
    url = postgresql.new_database()
    with bucket_server() as bucket:
        server = Server(tmp_path / "server", url)
        server.environ |= bucket.environ
        fill_file(server.folder / "app.db")
        (server.folder / "media" / name).parent.mkdir(parents=True)
        (server.folder / "media" / name).write_bytes(body)

        move(server.environ)
        assert name in bucket.names()
        shutil.rmtree(server.folder / "media")
        made = server.shell("backup")
        assert files_of(made.stdout)[f"media/{name}"] == body
        bucket.begin_anew()
        done = server.shell("restore", "--replace", given=made.stdout)

        assert done.returncode == 0, done.stderr
        assert name in bucket.names()
    postgresql.drop(url)


@pytest.mark.torture
def test_the_nightly_one_is_kept_checked_and_rehearsed(old: Server, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    more = {"BACKUP_TO": str(place), "BACKUP_PASSPHRASE": "a long enough passphrase"}
    before = old.rows()

    made = old.shell("backup", "--keep", **more)
    rehearsed = old.shell("rehearse-restore", **more)

    assert (made.returncode, b"Made and checked: " in made.stdout) == (0, True), made.stderr
    assert (rehearsed.returncode, b"and nothing was changed" in rehearsed.stdout) == (0, True)
    after = old.rows()
    assert [name for name in after.keys() - _NOTED if after[name] != before[name]] == []


def test_one_that_its_server_was_put_back_from_a_snapshot_is_said_by_a_person(
    new: Server,
) -> None:
    new.does("UPDATE message SET status = 'sending' WHERE id = (SELECT min(id) FROM message)")

    with own_locks():
        keeping.say_put_back(new.environ)

    first = new.rows()["message"][0]
    assert (first["status"], first["settled_at"] is not None) == ("unknown", True)
    with pytest.raises(BackupError, match="is on a PostgreSQL server"):
        rolling_back.roll_back(new.environ)


def _lasting(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """What is not a moment of a restore."""
    fleeting = ("at", "settled_at", "reason", "finished_at", "id")
    return [{name: one[name] for name in one if name not in fleeting} for one in rows]


def _version(file: Path) -> str:
    engine = db.make_engine(f"sqlite:///{file}")
    found = db.version_of(engine)
    engine.dispose()
    return found
