"""Files that somebody put back by hand are not trusted; those that the worker left are."""

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.new_database import sqlite_tables
from tests.reasons import words
from tests.scopes import Scope
from tests.services.fakes import FakeClock
from tests.services.requests import once, save
from wasched.adapters import marks
from wasched.adapters.whatsapp import session_store
from wasched.models import Message
from wasched.put_back import KeptFiles
from wasched.services.caller import Caller
from wasched.services.ports import Evidence, SendTrace

AT_SIX = datetime(2026, 3, 12, 18, 0)  # 17:00 UTC
DEVICE = "4915100000001:33@s.whatsapp.net"
SECRET = b"s" * 32


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A file of SQLite: nobody copies one of PostgreSQL's."""
    made = sqlite_tables(tmp_path / "app.db")
    yield made
    made.dispose()


class Server:
    """The kept files of a server whose worker is started and stopped."""

    def __init__(self, folder: Path, engine: Engine, scope: Scope, clock: FakeClock) -> None:
        self.clock, self.scope, self._engine = clock, scope, engine
        self.database, self.store = folder / "app.db", folder / "account-1.db"
        self._folder, self._copy = folder, folder / "copy"

    def start(self) -> KeptFiles:
        kept = KeptFiles(self.database, self._folder, self.scope, self.clock)
        kept.treat_put_back()
        return kept

    def stop(self) -> None:
        KeptFiles(self.database, self._folder, self.scope, self.clock).mark_all()
        self.let_go()

    def let_go(self) -> None:
        self._engine.dispose()

    def copy(self) -> None:
        self._copy.mkdir()
        for path in self._folder.glob("*.*"):
            shutil.copy2(path, self._copy)

    def put_back(self, pattern: str) -> None:
        for path in self._copy.glob(pattern):
            shutil.copy2(path, self._folder)

    def message(self) -> Message:
        with self.scope(write=False) as session:
            return session.get_one(Message, 1)

    def evidence(self, ago: timedelta = timedelta()) -> Evidence:
        return session_store.find_evidence(self.store, SECRET, self.clock.now() - ago)

    def ratchets(self) -> int:
        with closing(sqlite3.connect(self.store)) as store:
            return int(store.execute("SELECT count(*) FROM whatsmeow_sessions").fetchone()[0])


@pytest.fixture
def server(
    tmp_path: Path, engine: Engine, scope: Scope, clock: FakeClock, account_id: int
) -> Server:
    """A server that has been linked for a day."""
    made = Server(tmp_path, engine, scope, clock)
    with closing(sqlite3.connect(made.store)) as store, store:
        store.executescript(
            f"""
            PRAGMA journal_mode = WAL;
            CREATE TABLE whatsmeow_device (jid TEXT, lid TEXT);
            INSERT INTO whatsmeow_device VALUES ('{DEVICE}', NULL);
            CREATE TABLE whatsmeow_message_secrets (message_id TEXT, key BLOB);
            CREATE TABLE whatsmeow_sessions (their_id TEXT);
            INSERT INTO whatsmeow_sessions VALUES ('4915123456789:0');
            CREATE TABLE whatsmeow_sender_keys (sender_id TEXT);
            """
        )
    session_store.note_link(made.store, DEVICE, clock.now() - timedelta(days=1))
    return made


@pytest.fixture
def reminder(server: Server, scope: Scope, alice: Caller, account_id: int) -> None:
    """A message that is due in 18 minutes."""
    save(scope, alice, once(account_id, at=AT_SIX), server.clock.now())


@contextmanager
def copied(server: Server) -> Iterator[None]:
    """A copy is made while nothing runs; then the worker is at work for an hour."""
    server.start()
    server.stop()
    server.copy()
    server.start()
    yield
    server.clock.move(hours=1)
    server.stop()


@pytest.mark.parametrize("pattern", ["*", "app.db*"])
def test_what_fell_due_since_the_copy_waits_for_a_person(
    server: Server, reminder: None, pattern: str, caplog: pytest.LogCaptureFixture
) -> None:
    with copied(server):
        pass
    server.put_back(pattern)

    server.start()

    assert server.message().status == "missed"
    assert words(server.message().reason) == (
        "The server was restored from a copy of 12 March 2026, 16:42 UTC; "
        "it may have gone out before."
    )
    assert "put back from a copy of 12 March 2026, 16:42 UTC. 1 message waits for you" in (
        caplog.text
    )


def test_what_falls_due_later_goes_out_by_itself(server: Server, reminder: None) -> None:
    with copied(server):
        server.clock.move(hours=-1, minutes=5)
    server.put_back("*")

    server.start()

    assert server.message().status == "scheduled"


def test_nothing_waits_for_a_person_after_an_ordinary_restart(
    server: Server, reminder: None, caplog: pytest.LogCaptureFixture
) -> None:
    server.start()
    server.stop()
    server.clock.move(hours=1)
    server.start()
    server.clock.move(hours=1)
    server.start()  # after a kill

    assert server.message().status == "scheduled"
    assert server.ratchets() == 1
    assert server.evidence(timedelta(hours=1)).trace is SendTrace.NEVER_LEFT
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("pattern", ["*", "account-1.*"])
def test_a_link_that_was_put_back_has_new_keys_and_proves_nothing_of_before(
    server: Server, pattern: str, caplog: pytest.LogCaptureFixture
) -> None:
    with copied(server):
        pass
    server.put_back(pattern)

    server.start()

    assert server.ratchets() == 0
    assert server.evidence(timedelta(minutes=30)).trace is SendTrace.GONE
    server.clock.move(minutes=1)
    assert server.evidence().trace is SendTrace.NEVER_LEFT
    assert "The link of account 1 was put back from an older copy" in caplog.text
    caplog.clear()
    server.start()
    assert caplog.text == ""


def test_a_link_of_an_account_made_after_the_copy_is_left_to_nobody(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    with copied(server):
        shutil.copy(server.store, server.store.with_name("account-7.db"))
    server.put_back("app.db*")

    server.start()

    assert not server.store.with_name("account-7.db").exists()
    assert server.store.exists()
    assert "The link of account 7 is of no account any more" in caplog.text


def test_a_link_that_cannot_have_new_keys_yet_has_them_a_minute_later(
    server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with copied(server):
        pass
    server.put_back("*")
    monkeypatch.setattr(session_store, "_BUSY_S", 0.01)
    with closing(sqlite3.connect(server.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        kept = server.start()
    assert "cannot be given new keys: database is locked" in caplog.text
    assert server.ratchets() == 1
    assert not marks.is_as_left(server.store)

    kept.mark_changed()

    assert server.ratchets() == 0
    assert marks.is_as_left(server.store)


def test_a_copy_that_could_not_be_marked_at_once_is_no_copy_for_ever(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with copied(server):
        pass
    server.put_back("*")
    with monkeypatch.context() as full:
        full.setattr(marks, "_write", _no_room)
        kept = server.start()
    caplog.clear()

    kept.mark_changed()

    server.start()
    assert caplog.text == ""


def _no_room(_path: Path, _text: str) -> None:
    raise OSError("No space left on device")


def test_what_is_put_back_under_a_running_worker_is_treated_at_the_next_start(
    server: Server, reminder: None, caplog: pytest.LogCaptureFixture
) -> None:
    with copied(server):
        kept = server.start()
        server.let_go()
        server.put_back("*")
        kept.mark_changed()
        assert "app.db was replaced while the worker runs" in caplog.text

    server.start()

    assert server.ratchets() == 0
    assert server.message().status == "missed"


def test_a_link_that_ends_while_it_is_marked_leaves_nothing_behind(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = server.start()

    renew = marks.renew_beside

    def forget_first(file: Path, now: datetime) -> marks.Mark:
        made = renew(file, now)
        for path in (*file.parent.glob(f"{file.name}-*"), file):
            path.unlink()
        return made

    monkeypatch.setattr(marks, "renew_beside", forget_first)
    server.let_go()
    kept.mark_all()

    assert list(server.store.parent.glob("account-1.db*")) == []


def test_a_link_that_nothing_was_written_to_is_left_in_peace(server: Server) -> None:
    kept = server.start()
    before = marks.read_mark(server.store)
    server.clock.move(minutes=1)

    kept.mark_changed()
    assert marks.read_mark(server.store) == before

    with closing(sqlite3.connect(server.store)) as store, store:
        store.execute("INSERT INTO whatsmeow_sessions VALUES ('4915123456790:0')")
    kept.mark_changed()
    after = marks.read_mark(server.store)
    assert after is not None and after.at == server.clock.now()
