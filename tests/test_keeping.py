"""Back-up while everything runs, and a restore that fires nothing old."""

import io
import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.new_database import upgrade_file
from tests.owner import add_owner
from tests.product import ROOT
from tests.reasons import words
from tests.scopes import session_scope
from wasched import db, keeping
from wasched.adapters import folder_lock, marks
from wasched.adapters.archive_reader import read_files
from wasched.adapters.backup_faults import BackupError
from wasched.domain.content import Text
from wasched.domain.errors import ConfigError
from wasched.models import Message
from wasched.services.accounts import accounts
from wasched.services.schedules import create
from wasched.services.server import kept_back_ups

NOW = datetime.now(UTC)
BOB = "+4915100000002"


class Server:
    """A server's folders, and the shell beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "data" / "app.db"
        self.sessions = folder / "session"
        self.media = folder / "data" / "media"

    def shell(self, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run `python -m wasched …` for this server."""
        return subprocess.run(
            [sys.executable, "-m", "wasched", *words],
            cwd=ROOT,
            env={**os.environ, "DB_PATH": str(self.database), "SESSION_PATH": str(self.sessions)},
            input=given,
            capture_output=True,
        )

    def messages(self) -> dict[str, str]:
        """Each message's status, by its reason where it has one."""
        engine = db.make_engine(f"sqlite:///{self.database}")
        with session_scope(write=False, bound=engine) as session:
            found = {one.status: words(one.reason) for one in session.scalars(select(Message))}
        engine.dispose()
        return found


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a link, a file, and messages due in the past, the future and every day."""
    made = Server(tmp_path_factory.mktemp("old"))
    made.media.joinpath("ab").mkdir(parents=True)
    made.media.joinpath("ab", "abcd.jpg").write_bytes(b"\xff\xd8 a picture")
    made.sessions.mkdir()
    with closing(sqlite3.connect(made.sessions / "account-1.db")) as link:
        link.execute("CREATE TABLE whatsmeow_contacts (key TEXT)")
        link.execute("INSERT INTO whatsmeow_contacts VALUES ('linked')")
        link.commit()
    assert made.shell("check").returncode == 0
    _schema(made)
    engine = db.make_engine(f"sqlite:///{made.database}")
    with session_scope(bound=engine) as session:
        owner = add_owner(session, NOW)
        account_id = accounts.add_account(session, owner, "Choir phone", NOW)
        for due, rule in ((-5, ""), (60, ""), (-2910, "FREQ=DAILY")):
            at = NOW + timedelta(minutes=due)
            request = create.ScheduleRequest(
                account_id, (BOB,), (Text("Sing"),), at.date(), at.time(), "UTC", rrule=rule
            )
            create.create_schedule(session, owner, request, at - timedelta(minutes=1))
    for file in (made.database, made.sessions / "account-1.db"):
        marks.mark_file(file, NOW)  # as a worker does
    yield made
    engine.dispose()


@pytest.fixture(scope="module")
def archive(old: Server) -> bytes:
    """That server's back-up."""
    done = old.shell("backup")
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_pages_are_told_of_a_back_up(old: Server, archive: bytes) -> None:
    engine = db.make_engine(f"sqlite:///{old.database}")
    with session_scope(write=False, bound=engine) as session:
        noted = kept_back_ups.last_good_backup(session)
    engine.dispose()

    assert noted is not None
    assert noted > NOW


def test_what_fell_due_since_the_back_up_is_missed_and_nothing_else(
    archive: bytes, tmp_path: Path
) -> None:
    new = Server(tmp_path / "new")

    done = new.shell("restore", given=archive)

    assert done.returncode == 0, done.stderr.decode()
    assert "4 messages" in done.stdout.decode()
    found = new.messages()
    assert set(found) == {"missed", "scheduled"}
    assert "restored from a back-up of" in found["missed"]
    assert found["scheduled"] == ""


def test_the_link_the_media_and_the_secret_come_along(
    old: Server, archive: bytes, tmp_path: Path
) -> None:
    new = Server(tmp_path / "new")

    done = new.shell("restore", given=archive)

    assert done.returncode == 0, done.stderr.decode()
    with closing(sqlite3.connect(new.sessions / "account-1.db")) as link:
        assert link.execute("SELECT key FROM whatsmeow_contacts").fetchall() == [("linked",)]
    assert (new.media / "ab" / "abcd.jpg").read_bytes() == b"\xff\xd8 a picture"
    kept = (old.database.parent / "secret_key", new.database.parent / "secret_key")
    assert kept[0].read_text() == kept[1].read_text()
    for path in (new.database, kept[1], new.sessions / "account-1.db"):
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("place", [0.1, 0.8])
def test_a_damaged_archive_changes_nothing(archive: bytes, tmp_path: Path, place: float) -> None:
    damaged, start = bytearray(archive), int(len(archive) * place)
    for at in range(start, start + 16):  # a single one may be one that says nothing
        damaged[at] ^= 0xFF
    new = Server(tmp_path / "new")

    done = new.shell("restore", given=bytes(damaged))

    assert done.returncode == 2
    assert "damaged" in done.stderr.decode() and "Traceback" not in done.stderr.decode()
    assert not new.database.exists()
    assert not list(new.database.parent.glob(".restore-*"))


def test_damage_that_shows_while_a_file_is_read_is_said_in_a_sentence() -> None:
    file = tarfile.TarInfo("media/ab/abcd.jpg")
    file.size = 300_000
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=0) as made:
        made.addfile(file, io.BytesIO(bytes(file.size)))
    damaged = bytearray(packed.getvalue())
    damaged[100_000:200_000] = b"\xff" * 100_000  # at least one block's head among it

    with pytest.raises(BackupError, match="The archive is damaged: "):
        for _, content in read_files(io.BytesIO(damaged), room=10**9):
            while content.read(1000):
                pass


def test_an_archive_that_ends_too_soon_changes_nothing(archive: bytes, tmp_path: Path) -> None:
    new = Server(tmp_path / "new")

    for kept in (100, len(archive) - 20):
        assert new.shell("restore", given=archive[:kept]).returncode == 2
        assert not new.database.exists()


def test_an_archive_with_strange_files_is_refused(tmp_path: Path) -> None:
    body = io.BytesIO()
    with tarfile.open(fileobj=body, mode="w:gz") as strange:
        strange.addfile(tarfile.TarInfo("../evil"), io.BytesIO())
    new = Server(tmp_path / "new")

    done = new.shell("restore", given=body.getvalue())

    assert done.returncode == 2 and "which no back-up has" in done.stderr.decode()


def test_data_that_is_there_is_replaced_only_when_asked(old: Server, archive: bytes) -> None:
    for name in ("account-2.db", "account-2.linked", "account-1.linked"):
        (old.sessions / name).write_text("of what is here now")

    with closing(sqlite3.connect(old.database)) as since:  # somebody pressed Stop
        since.execute(
            "UPDATE account SET paused_at = '2026-03-12 07:51:00.000000', paused_by_id = 1"
        )
        since.execute("INSERT INTO setting VALUES ('server_stop', '2026-03-12T07:52:00+00:00 1')")
        since.commit()
    for file in 2 * [old.database]:
        marks.mark_file(file, NOW)  # as a worker has done since

    assert b"--replace" in old.shell("restore", given=archive).stderr
    assert (old.sessions / "account-2.db").exists()
    assert old.shell("restore", "--replace", given=archive).returncode == 0
    assert [path.name for path in old.sessions.glob("account-*")] == ["account-1.db"]
    assert marks.is_as_left(old.database)  # what waits for a person is not put aside again
    assert marks.is_as_left(old.sessions / "account-1.db")
    with closing(sqlite3.connect(old.database)) as restored:  # no back-up lifts a stop unasked
        [stop] = restored.execute("SELECT paused_at, paused_by_id FROM account").fetchall()
        whole = restored.execute("SELECT value FROM setting WHERE name = 'server_stop'").fetchall()
    assert stop == ("2026-03-12 07:51:00.000000", 1)
    assert whole == [("2026-03-12T07:52:00+00:00 1",)]


def test_a_snapshot_that_no_mark_tells_of_is_said_by_a_person(tmp_path: Path) -> None:
    server = Server(tmp_path)
    files = [server.database, server.sessions / "account-1.db"]
    for file in files:
        file.parent.mkdir()
        with closing(sqlite3.connect(file)) as made:
            made.execute("CREATE TABLE whatsmeow_contacts (key TEXT)")
        marks.mark_file(file, NOW)

    done = server.shell("put-back")

    assert done.returncode == 0, done.stderr.decode()
    assert "waits for your decision" in done.stdout.decode()
    assert not any(marks.is_as_left(file) for file in files)


def test_nobody_says_so_while_a_worker_runs(tmp_path: Path) -> None:
    server = Server(tmp_path)
    environ = {"DB_PATH": str(server.database), "SESSION_PATH": str(server.sessions)}
    folder_lock.hold_folder(server.sessions)

    with pytest.raises(ConfigError, match="Stop it"):
        keeping.say_put_back(environ)

    assert not list(server.database.parent.glob("*.mark-*"))


def _schema(server: Server) -> None:
    upgrade_file(server.database)
