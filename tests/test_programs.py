"""Old and new programs stand side by side: an update waits for those it does not suit, by name."""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from tests import postgresql
from tests.moves import own_locks
from tests.new_database import migrated_file
from wasched import config, db, keeping
from wasched.db import programs, upgrades
from wasched.db.presence import Presence
from wasched.domain.errors import UnusableDatabaseError

TODAY, EXPAND, CONTRACT = db.HEAD, "0098", "0099"
_MIGRATION = '''"""{doc}"""

from alembic import op

revision, down_revision, branch_labels, depends_on = "{number}", "{before}", None, None
SUITS_BEFORE = {suits}


def upgrade():
    op.execute("CREATE TABLE made_by_{number} (x INTEGER)")
'''


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """The engine of this process, on a database of today's version."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    url = ""
    if request.param == "postgresql":
        url = postgresql.new_database()
        monkeypatch.setenv("DATABASE_URL", url)
    else:
        migrated_file(tmp_path / "app.db")
    for cached in (config.settings, db.engine):
        cached.cache_clear()
    db.upgrade()
    yield db.engine()
    db.engine().dispose()
    for cached in (config.settings, db.engine):
        cached.cache_clear()
    if url:
        postgresql.drop(url)


@pytest.fixture
def old(engine: Engine) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker of today, in a process of its own, that has said that it is there."""
    process = subprocess.Popen(["sleep", "600"])
    name = programs.add_program(engine, "worker", db.HEAD)
    _do(engine, f"UPDATE program SET pid = {process.pid} WHERE name = '{name}'")
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is of a version with two migrations more, the first of which suits today's."""
    folder = tmp_path / "migrations"
    shutil.copytree(upgrades.MIGRATIONS, folder)
    for number, before, suits in ((EXPAND, db.HEAD, True), (CONTRACT, EXPAND, False)):
        said = _MIGRATION.format(doc=f"Make {number}.", number=number, before=before, suits=suits)
        (folder / "versions" / f"{number}_more.py").write_text(said)
    monkeypatch.setattr(upgrades, "MIGRATIONS", folder)
    monkeypatch.setattr(upgrades, "HEAD", CONTRACT)
    monkeypatch.setattr(upgrades, "_LOOK_S", 0.05)


def test_an_update_does_what_suits_the_old_ones_and_waits_for_the_rest(
    engine: Engine, old: "subprocess.Popen[bytes]", newer: None
) -> None:
    new = threading.Thread(target=db.upgrade)
    new.start()
    _until(lambda: "Waiting" in db.upgrade_step())

    said = db.upgrade_step()
    assert said.startswith(f"Waiting for worker on host {socket.gethostname()} of version {TODAY}")
    assert " to stop, last heard " in said
    assert db.version_of(engine) == EXPAND
    assert new.is_alive()
    old.kill()
    old.wait()
    new.join(20)

    assert db.version_of(engine) == CONTRACT
    assert {f"made_by_{EXPAND}", f"made_by_{CONTRACT}"} <= set(inspect(engine).get_table_names())
    assert db.upgrade_step() == ""


def test_a_silent_one_elsewhere_is_waited_for_until_it_counts_as_gone(
    engine: Engine, old: "subprocess.Popen[bytes]", newer: None
) -> None:
    """Nobody here can tell whether its process lives."""
    _do(engine, "UPDATE program SET machine = 'another', host = 'far-away'")
    old.kill()
    new = threading.Thread(target=db.upgrade)
    new.start()
    _until(lambda: "on host far-away" in db.upgrade_step())
    _do(engine, "UPDATE program SET at = '2026-01-01'")
    new.join(20)

    assert db.version_of(engine) == CONTRACT


def test_every_migration_from_now_on_says_whether_it_suits_programs_of_before() -> None:
    said = {
        one.revision: getattr(one.module, "SUITS_BEFORE", None)
        for one in upgrades._scripts()[1].walk_revisions()
        if one.revision >= "0035"
    }

    assert said and None not in said.values()


def test_nobody_is_waited_for_where_nobody_is(engine: Engine, newer: None) -> None:
    db.upgrade()

    assert db.version_of(engine) == CONTRACT


def test_an_old_one_starts_on_a_newer_schema_that_suits_it_and_on_no_other(
    engine: Engine, newer: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrades, "HEAD", EXPAND)
    (upgrades.MIGRATIONS / "versions" / f"{CONTRACT}_more.py").unlink()
    db.upgrade()
    monkeypatch.setattr(upgrades, "HEAD", TODAY)
    monkeypatch.setattr(upgrades, "MIGRATIONS", Path(upgrades.__file__).parents[1] / "migrations")

    db.upgrade()
    assert db.version_of(engine) == EXPAND
    assert upgrades.unfit_sentence(engine) == ""

    _do(engine, "DELETE FROM setting WHERE name = 'schema_suits'")
    with pytest.raises(UnusableDatabaseError, match="was made by a newer wasched"):
        db.upgrade()


def test_one_that_meets_a_schema_that_does_not_suit_it_stops(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(programs, "_BEAT_S", {"sqlite": 0.05, "postgresql": 0.05})
    stopped = threading.Event()
    presence = Presence(engine, stopped.set)
    presence.begin("api")
    assert not stopped.wait(0.3)
    ((before,),) = _asked(engine, "SELECT count(*) FROM program")

    _do(engine, "UPDATE alembic_version SET version_num = '0099'")
    assert stopped.wait(20)
    presence.end()

    assert f"at 0099 now, which this version ({TODAY}) does not suit" in caplog.text
    assert (before, *_asked(engine, "SELECT count(*) FROM program")) == (1, (0,))


def test_it_says_again_and_again_that_it_is_there(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "_BEAT_S", {"sqlite": 0.05, "postgresql": 0.05})
    presence = Presence(engine)
    presence.begin("api")
    first = _asked(engine, "SELECT at FROM program")

    _until(lambda: _asked(engine, "SELECT at FROM program") != first)
    presence.end()


def test_nothing_takes_the_database_away_while_somebody_uses_it(
    engine: Engine, old: "subprocess.Popen[bytes]"
) -> None:
    with own_locks(), pytest.raises(UnusableDatabaseError, match="Wait for worker on host"):
        keeping.restore_archive(os.environ, None, replace=True)  # type: ignore[arg-type]


def _do(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def _asked(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def _until(is_so: "object") -> None:
    until_s = time.monotonic() + 20
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < until_s
        time.sleep(0.02)
