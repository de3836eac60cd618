"""A move of a million messages to PostgreSQL: in minutes, in bounds, and whole through kills."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgresql
from tests.full_server import fill_file
from tests.product import ROOT
from wasched import db

MESSAGES = int(os.environ.get("TEXTS", "1000000"))
KILLS = 20
LONGEST_S, MOST_KB = 900, 300_000
MOVE = [sys.executable, "-m", "wasched", "migrate-database"]

pytestmark = [pytest.mark.torture, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a server with so many messages."""
    file = tmp_path_factory.mktemp("full") / "app.db"
    fill_file(file, messages=MESSAGES)
    return file


@pytest.fixture
def environ(full: Path, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A copy of it, and where it is to go."""
    file, url = tmp_path / "app.db", postgresql.new_database()
    shutil.copyfile(full, file)  # what a test takes into memory counts for its children as well
    yield {**os.environ, "DB_PATH": str(file), "DATABASE_URL": url}
    postgresql.drop(url)


def test_a_million_messages_take_minutes_and_little_memory(environ: dict[str, str]) -> None:
    size = Path(environ["DB_PATH"]).stat().st_size / 1e6
    begun = time.monotonic()
    process = subprocess.Popen(MOVE, cwd=ROOT, env=environ)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    print(
        f"{MESSAGES:,} messages, {size:,.0f} MB, moved in {seconds:.0f} s with "
        f"{used.ru_maxrss / 1000:.0f} MB of memory"
    )

    assert os.waitstatus_to_exitcode(status) == 0
    assert _count(environ) > MESSAGES
    assert seconds < LONGEST_S
    assert used.ru_maxrss < MOST_KB


def test_kills_at_any_moment_lose_nothing(environ: dict[str, str]) -> None:
    chance = random.Random(os.environ.get("SEED"))
    for _ in range(KILLS):
        process = subprocess.Popen(MOVE, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.5, 2 + MESSAGES / 20_000))
        process.kill()
        if process.wait() == 0:
            break
    last = subprocess.run(MOVE, cwd=ROOT, env=environ, stderr=subprocess.PIPE)

    assert last.returncode == 0 or b"was moved to the PostgreSQL" in last.stderr, last.stderr
    assert _count(environ) > MESSAGES


def _count(environ: dict[str, str]) -> int:
    """How many messages there are in the database, which is one to be used."""
    engine = db.make_engine(environ["DATABASE_URL"])
    assert db.is_current(engine)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM message").scalar()
    engine.dispose()
    return int(found or 0)
