"""An upgrade of a million messages: quick, in the room it asks for, and whole whatever kills it."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.files import SAMPLES
from wasched import db

MESSAGES = int(os.environ.get("TEXTS", "1000000"))
KILLS = 8
LONGEST_S = 120
UPGRADE = [sys.executable, "-c", "from wasched import db; db.upgrade()"]

_MORE = """
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count})
INSERT INTO message ({columns}, occurrence_at)
SELECT {columns}, datetime('2020-01-01', '+' || n || ' minutes')
FROM number, (SELECT * FROM message WHERE status = 'delivered' LIMIT 1)
"""


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_an_upgrade_of_many_messages_is_quick_and_whole_through_kills(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    rows = _make(old)
    print(f"{rows:,} messages, {old.stat().st_size / 1e6:,.0f} MB")
    seconds, room = _upgraded(tmp_path / "measured", old)
    print(f"upgraded in {seconds:.1f} s, {room / old.stat().st_size:.2f} times its size beside it")

    chance = random.Random(os.environ.get("SEED"))
    for number in range(KILLS):
        file = _copied(tmp_path / f"killed-{number}", old)
        after = chance.uniform(0, seconds)
        at = _killed(file, after)
        print(f"killed after {after:.1f} s: {at}")
        assert _state(file) == (at, rows)
        subprocess.run(UPGRADE, env=_environ(file), check=True)
        assert _state(file) == (db.HEAD, rows)
        shutil.rmtree(file.parent)

    assert seconds < LONGEST_S
    assert room <= 2 * old.stat().st_size


def _make(file: Path) -> int:
    """A database of 0002 with so many messages more; returns how many there are."""
    with closing(sqlite3.connect(file)) as made:
        made.executescript((SAMPLES / "database-0002.sql").read_text(encoding="utf-8"))
        named = [row[1] for row in made.execute("PRAGMA table_info(message)")]
        columns = ", ".join(one for one in named if one not in ("id", "occurrence_at"))
        made.execute(_MORE.format(count=MESSAGES, columns=columns))
        made.commit()
        return int(made.execute("SELECT count(*) FROM message").fetchone()[0])


def _upgraded(folder: Path, old: Path) -> tuple[float, int]:
    """How long the upgrade of a copy takes, and how many bytes more there are at most meanwhile."""
    file = _copied(folder, old)
    begun, most, done = time.monotonic(), [0], threading.Event()

    def look() -> None:
        while not done.wait(0.02):
            most[0] = max(most[0], _size(folder))

    watch = threading.Thread(target=look)
    watch.start()
    subprocess.run(UPGRADE, env=_environ(file), check=True)
    seconds = time.monotonic() - begun
    done.set()
    watch.join()
    shutil.rmtree(folder)
    return seconds, most[0] - old.stat().st_size


def _size(folder: Path) -> int:
    sizes = []
    for file in folder.iterdir():
        try:
            sizes.append(file.stat().st_size)
        except FileNotFoundError:
            continue
    return sum(sizes)


def _killed(file: Path, after_s: float) -> str:
    """Kill an upgrade in its middle; the version that the database is of then."""
    process = subprocess.Popen(UPGRADE, env=_environ(file))
    time.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    process.wait()
    version, _ = _state(file)
    assert version in ("0002", db.HEAD)
    return version


def _state(file: Path) -> tuple[str, int]:
    """The version and the number of messages of a database in which nothing is broken."""
    with closing(sqlite3.connect(file)) as looked:
        assert looked.execute("PRAGMA quick_check").fetchone() == ("ok",)
        version = looked.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        has_new = "password_link" in {
            one for (one,) in looked.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        assert has_new == (version == db.HEAD)
        return version, int(looked.execute("SELECT count(*) FROM message").fetchone()[0])


def _copied(folder: Path, old: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copyfile(old, folder / "app.db"))


def _environ(file: Path) -> dict[str, str]:
    return {**os.environ, "DB_PATH": str(file)}
