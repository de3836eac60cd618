"""Back-up and restore of what is damaged, and where there is no room: said, and nothing is lost."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.bench.library import build
from tests.damage import overwrite_some, overwrite_table
from tests.product import ROOT
from tests.test_keeping import Server
from wasched import config, db, keeping
from wasched.adapters import backups, database_check
from wasched.adapters.backup_faults import BackupError

DAMAGED = "The database is damaged"

Kept = tuple[Server, Path]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A server with 4,000 messages and two links, and a good back-up of it."""
    made = Server(tmp_path_factory.mktemp("first") / "server")
    made.sessions.mkdir(parents=True)
    made.database.parent.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        _use(made, patch)
        db.upgrade()
        db.engine().dispose()
        build(made.database, 4_000).dispose()
        for number in (1, 2):
            with closing(sqlite3.connect(made.sessions / f"account-{number}.db")) as link:
                link.executescript(
                    "CREATE TABLE whatsmeow_contacts AS SELECT randomblob(90000) AS key;"
                )
        archive = made.folder / "good.tar.gz"
        keeping.back_up_to(config.settings(), archive)
    return made, archive


@pytest.fixture
def kept(first: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """A copy of that server, and of the good back-up; calls of this process are for it."""
    server = Server(Path(shutil.copytree(first[0].folder, tmp_path / "server")))
    _use(server, monkeypatch)
    yield server, server.folder / "good.tar.gz"
    db.engine().dispose()
    config.settings.cache_clear()
    db.engine.cache_clear()


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_database_is_not_backed_up_and_a_restore_mends_it(kept: Kept, seed: int) -> None:
    server, good = kept
    overwrite_some(server.database, seed)

    with pytest.raises(BackupError, match=DAMAGED):
        keeping.back_up_to(config.settings(), server.folder / "new.tar.gz")
    assert _archives(server) == ["good.tar.gz"]
    assert _note_of(server).exists()

    _restore(good)
    assert not _note_of(server).exists()
    assert database_check.damage_of(server.database) == ""
    assert _count(server) == 4_000


def test_the_shell_is_told_of_damage_and_nothing_is_written(kept: Kept) -> None:
    server, _ = kept
    overwrite_table(server.database, "template")

    refused = server.shell("backup")

    assert (refused.returncode, refused.stdout) == (2, b"")
    said = refused.stderr.decode()
    assert said.startswith("No back-up was written") and DAMAGED in said
    assert "restore --replace" in said and "Traceback" not in said


def test_a_file_of_that_name_is_left_alone(kept: Kept) -> None:
    _, good = kept
    before = good.read_bytes()

    with pytest.raises(BackupError, match="already"):
        keeping.back_up_to(config.settings(), good)

    assert good.read_bytes() == before


def test_a_damaged_link_is_left_out_with_a_warning_and_all_the_rest_is_kept(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    server, _ = kept
    overwrite_some(server.sessions / "account-2.db", seed=1, count=4)
    archive = server.folder / "new.tar.gz"

    keeping.back_up_to(config.settings(), archive)

    assert "account-2.db is damaged" in caplog.text
    with tarfile.open(archive) as found:
        links = [name for name in found.getnames() if name.startswith("session/")]
    assert links == ["session/account-1.db"]
    _restore(archive)
    assert _count(server) == 4_000


def test_an_archive_of_a_damaged_database_is_refused_and_changes_nothing(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, _ = kept
    whole = server.database.read_bytes()
    overwrite_table(server.database, "template")
    archive = server.folder / "of-older-version.tar.gz"
    with monkeypatch.context() as patch:
        patch.setattr(database_check, "damage_of", lambda _file, **_: "")
        patch.setattr(backups, "_check_copy", lambda _copy, _tables: None)
        keeping.back_up_to(config.settings(), archive)
    server.database.write_bytes(whole)

    with pytest.raises(BackupError, match="The database in the archive is damaged"):
        _restore(archive)

    assert server.database.read_bytes() == whole


def test_a_back_up_that_may_not_grow_on_leaves_no_half_file(kept: Kept) -> None:
    server, _ = kept

    with (
        files_no_larger_than(90_000),
        pytest.raises(BackupError, match="No back-up was written") as refused,
    ):
        keeping.back_up_to(config.settings(), server.folder / "new.tar.gz")

    assert "\n" not in str(refused.value)
    assert _archives(server) == ["good.tar.gz"]
    assert list(server.database.parent.glob(".backup-*")) == []


def test_a_back_up_into_a_full_place_says_so(kept: Kept) -> None:
    with Path("/dev/full").open("wb") as full:  # every write says: no space left on device
        refused = subprocess.run(
            [sys.executable, "-m", "wasched", "backup"],
            cwd=ROOT,
            env=dict(os.environ),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )

    assert refused.returncode == 2
    assert "There is no room left" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.skipif(
    subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode != 0,
    reason="a small disk of its own needs a namespace of its own",
)
def test_a_full_data_folder_is_said_by_back_up_and_restore(kept: Kept, tmp_path: Path) -> None:
    server, good = kept
    small, archive = tmp_path / "small", tmp_path / "new.tar.gz"
    small.mkdir()
    size = server.database.stat().st_size + 300_000
    wasched = f"'{sys.executable}' -m wasched"
    script = f"""
        mount -t tmpfs -o size={size} tmpfs {small} && cp {server.database} {small}/app.db || exit 1
        {wasched} backup {archive} || echo "backup: $?" >&2
        {wasched} restore --replace {good} || echo "restore: $?" >&2
        cmp {server.database} {small}/app.db && ls -A {small}
    """
    environ = {**os.environ, "DB_PATH": str(small / "app.db")}

    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
    )

    backup, was_backup, restore, was_restore = done.stderr.splitlines()
    assert (was_backup, was_restore) == ("backup: 2", "restore: 2")
    assert backup.startswith("Too little room in") and "a copy of the databases" in backup
    assert restore.startswith("Too little room: the archive needs more than")
    assert not archive.exists()
    assert [one for one in done.stdout.split() if one.startswith(".")] == []


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A disk that takes no more, as far as this process can tell."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _restore(archive: Path) -> None:
    """As a process does that has used no database yet."""
    config.settings.cache_clear()
    db.engine.cache_clear()
    with archive.open("rb") as source:
        keeping.restore_archive(os.environ, source, replace=True)


def _archives(server: Server) -> list[str]:
    return [path.name for path in server.folder.glob("*.gz*")]


def _note_of(server: Server) -> Path:
    return server.database.with_name("app.db.damaged")


def _count(server: Server) -> int:
    with closing(sqlite3.connect(server.database)) as connection:
        found: int = connection.execute("SELECT count(*) FROM message").fetchone()[0]
    return found


def _use(server: Server, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DB_PATH", str(server.database))
    patch.setenv("SESSION_PATH", str(server.sessions))
    config.settings.cache_clear()
    db.engine.cache_clear()
