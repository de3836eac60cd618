"""What keeps a process from writing is known while it lasts, and not a moment longer."""

import logging
import sqlite3
from pathlib import Path

import pytest

from wasched.adapters import storage_watch
from wasched.adapters.storage_watch import StorageWatch
from wasched.domain import storage


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "app.db"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE t (x)")
    made.close()
    return path


def test_a_lock_that_lasts_is_said_until_it_is_over(
    database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watch = StorageWatch(database, {}, long_s=0.0)
    other = sqlite3.connect(database, isolation_level=None)

    other.execute("BEGIN IMMEDIATE")
    watch.look()
    watch.look()
    said = list(watch.faults)
    other.execute("ROLLBACK")
    watch.look()

    assert said == [("database", storage.LOCKED)]
    assert list(watch.faults) == []
    assert [one.levelno for one in caplog.records] == [logging.ERROR, logging.WARNING]
    other.close()


def test_a_lock_of_a_moment_is_no_fault(database: Path) -> None:
    watch = StorageWatch(database, {})
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    watch.look()

    assert list(watch.faults) == []
    other.close()


def test_looking_changes_nothing_that_is_kept(database: Path) -> None:
    before = database.read_bytes()

    StorageWatch(database, {"storage": database.parent}).look()

    assert database.read_bytes() == before


def test_a_folder_that_is_not_made_yet_or_a_database_that_is_none_is_no_lock(
    tmp_path: Path,
) -> None:
    strange = tmp_path / "app.db"
    strange.write_text("no database at all, but long enough for a header" * 10)
    watch = StorageWatch(strange, {"links": tmp_path / "session"}, long_s=0.0)

    watch.look()

    assert list(watch.faults) == []


def test_a_full_disk_of_the_links_is_named_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("data", "session"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(storage_watch, "_disk_of", str)  # as if on two disks
    full = {tmp_path / "session"}
    real = storage_watch.os.statvfs

    class Full:
        f_bavail, f_frsize, f_flag = 0, 4096, 0

    monkeypatch.setattr(
        storage_watch.os, "statvfs", lambda path: Full() if path in full else real(path)
    )
    watch = StorageWatch(
        tmp_path / "data" / "app.db", {"storage": tmp_path / "data", "links": tmp_path / "session"}
    )

    watch.look()
    [(part, sentence)] = watch.faults
    full.clear()
    watch.look()

    assert part == "links" and sentence.startswith("The disk with the folder of the links is full")
    assert list(watch.faults) == []


def test_a_full_disk_of_attached_files_or_of_the_log_does_not_claim_that_nothing_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {"storage": tmp_path, "media": tmp_path / "media", "log": tmp_path / "log"}
    for folder in folders.values():
        folder.mkdir(exist_ok=True)
    monkeypatch.setattr(storage_watch, "_disk_of", str)  # as if on three disks
    real = storage_watch.os.statvfs

    class Full:
        f_bavail, f_frsize, f_flag = 0, 4096, 0

    monkeypatch.setattr(
        storage_watch.os, "statvfs", lambda path: real(path) if path == tmp_path else Full
    )
    watch = StorageWatch(tmp_path / "app.db", folders)

    watch.look()

    said = dict(watch.faults)
    assert said.keys() == {"media", "log"}
    assert said["media"].startswith(
        "The disk with the folder of attached files is full, so no file"
    )
    assert all("go out" in one and "nothing is sent" not in one for one in said.values())
