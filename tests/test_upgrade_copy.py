"""Before an upgrade, the database as it was is kept; without room for it nothing is touched."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.files import SAMPLES
from tests.new_database import upgrade_file
from wasched import db
from wasched.db import upgrade_copy
from wasched.domain.errors import UnusableDatabaseError


class Usage(NamedTuple):
    """What the system says of a disk."""

    free: int


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """What 0002 made."""
    file = tmp_path / "app.db"
    with closing(sqlite3.connect(file)) as made:
        made.executescript((SAMPLES / "database-0002.sql").read_text(encoding="utf-8"))
    return file


def dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def test_an_upgrade_keeps_the_database_as_it_was_in_place_of_the_copy_before(
    database: Path,
) -> None:
    before = dump(database)
    older = database.with_name("app.db.before-0002")
    cut_off = database.with_name(f"app.db.before-{db.HEAD}.part")
    for file in (older, cut_off):
        file.write_bytes(b"old")

    upgrade_file(database)

    [kept] = database.parent.glob("app.db.before-*")
    assert kept.name == f"app.db.before-{db.HEAD}"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert dump(kept) == before != dump(database)


def short_of_room(monkeypatch: pytest.MonkeyPatch, database: Path) -> None:
    free = 2 * database.stat().st_size
    monkeypatch.setattr(upgrade_copy.shutil, "disk_usage", lambda _: Usage(free))


def full_on_the_way(monkeypatch: pytest.MonkeyPatch, _database: Path) -> None:
    def fails(_there: Path, copy: Path) -> None:
        copy.write_bytes(b"half")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(upgrade_copy, "_copy", fails)


@pytest.mark.parametrize("happens", [short_of_room, full_on_the_way])
def test_without_room_for_the_copy_nothing_is_touched(
    happens: Callable[[pytest.MonkeyPatch, Path], None],
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older = database.with_name("app.db.before-0002")
    older.write_bytes(b"old")
    before = database.read_bytes()
    happens(monkeypatch, database)

    with pytest.raises(UnusableDatabaseError, match="Nothing was changed"):
        upgrade_copy.keep_copy(database, db.HEAD)

    assert database.read_bytes() == before
    assert [one.name for one in database.parent.glob("*before*")] == [older.name]


def test_a_rolled_back_database_is_as_it_was_and_the_newer_one_is_kept(database: Path) -> None:
    before = dump(database)
    environ = {**os.environ, "DB_PATH": str(database)}
    upgrade_file(database)
    newer = dump(database)

    rolled_back = [sys.executable, "-m", "wasched", "roll-back"]
    said = subprocess.run(rolled_back, env=environ, check=True, capture_output=True, text=True)
    assert f"app.db.after-{db.HEAD}" in said.stdout
    assert dump(database) == before
    assert dump(database.with_name(f"app.db.after-{db.HEAD}")) == newer
    again = subprocess.run(rolled_back, env=environ, capture_output=True, text=True)
    assert (again.returncode, "no copy from before" in again.stderr) == (2, True)
    assert dump(database) == before
