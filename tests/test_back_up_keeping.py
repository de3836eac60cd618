"""Back-ups that are made by themselves: kept, read back, cleared up, and brought back."""

import io
import os
import shutil
import sqlite3
import tarfile
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
from sqlmodel import Session

from tests.damage import overwrite_some
from tests.owner import add_owner
from tests.s3_server import s3_server
from tests.test_keeping import Server
from wasched import back_up_keeping, config, db, keeping
from wasched.adapters import age_file, backups
from wasched.adapters.back_up_places import FolderPlace
from wasched.adapters.backup_faults import BackupError
from wasched.back_up_rounds import BackUpRounds
from wasched.domain.back_ups import back_up_name, made_at
from wasched.domain.errors import EndReason, WorkEndedError
from wasched.services.server import kept_back_ups
from wasched.services.server.kept_back_ups import BackUpNotes

WORDS = "correct horse battery staple"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server with a link and a film of 6 MB, stopped."""
    made = Server(tmp_path_factory.mktemp("first"))
    made.media.joinpath("ab").mkdir(parents=True)
    made.media.joinpath("ab", "abcd.mp4").write_bytes(os.urandom(6_000_000))
    made.sessions.mkdir()
    with closing(sqlite3.connect(made.sessions / "account-1.db")) as link:
        link.executescript(
            "CREATE TABLE whatsmeow_device (jid TEXT, lid TEXT);"
            "CREATE TABLE whatsmeow_contacts AS SELECT 'linked' AS key;"
        )
    with pytest.MonkeyPatch.context() as patch:
        _use(made, patch)
        db.upgrade()
        db.engine().dispose()
    return made


@pytest.fixture
def server(first: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A copy of that server, which this process is of; scrypt takes no half second."""
    found = Server(Path(shutil.copytree(first.folder, tmp_path / "server")))
    _use(found, monkeypatch)
    monkeypatch.setattr(age_file, "encrypted", _lightly)
    yield found
    db.engine().dispose()
    config.settings.cache_clear()
    db.engine.cache_clear()


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """A store that speaks S3."""
    with s3_server() as address:
        yield address


def test_a_kept_back_up_is_noted_and_comes_back_from_its_folder(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    _plan(monkeypatch, BACKUP_TO=str(folder))

    name = back_up_keeping.keep_back_up(config.settings())

    notes = _notes()
    assert [(one.name, one.size) for one in notes.kept] == [(name, (folder / name).stat().st_size)]
    assert (notes.fault, notes.where, notes.begun_at) == ("", str(folder), "")
    assert db.answer(kept_back_ups.last_good_backup) == made_at(name)
    assert (folder / name).stat().st_mode & 0o777 == 0o600
    _forget(server)
    _restore(server, str(folder))
    assert _film(server) == _film_of_first(tmp_path, folder / name)


def test_an_encrypted_one_is_a_plain_age_file_and_takes_its_passphrase(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    _plan(monkeypatch, BACKUP_TO=str(folder), BACKUP_PASSPHRASE=WORDS)

    name = back_up_keeping.keep_back_up(config.settings())

    assert name.endswith(".tar.gz.age")
    plain = pyrage.passphrase.decrypt((folder / name).read_bytes(), WORDS)
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        assert "manifest.json" in archive.getnames()
    monkeypatch.setattr("getpass.getpass", lambda _asked: "none of it, I am afraid")
    monkeypatch.setattr(back_up_keeping, "_need_terminal", lambda: None)
    _plan(monkeypatch, BACKUP_PASSPHRASE="")
    with pytest.raises(BackupError, match="that passphrase does not open it"):
        _restore(server, str(folder / name), replace=True)
    assert _film(server)
    monkeypatch.setattr("getpass.getpass", lambda _asked: WORDS)
    _restore(server, str(folder / name), replace=True)


def test_a_store_keeps_them_as_a_folder_does(
    server: Server, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = "s3://vault/choir"
    _plan(monkeypatch, BACKUP_TO=to, BACKUP_PASSPHRASE=WORDS, **_keys(store))
    film = _film(server)

    name = back_up_keeping.keep_back_up(config.settings())

    assert [one.name for one in _notes().kept] == [name]
    for where in (to, f"{to}/{name}"):
        _forget(server)
        _restore(server, where)
        assert _film(server) == film


def test_a_store_that_refuses_is_said_without_its_keys_and_holds_no_half(
    server: Server, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong, says in (
        ({"BACKUP_TO": "s3://nobodys/choir"}, "no such bucket"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "does not answer at s3://vault/half"),
    ):
        _plan(monkeypatch, **{"BACKUP_TO": "s3://vault/half", **_keys(store), **wrong})
        with pytest.raises(BackupError, match=says) as refused:
            back_up_keeping.keep_back_up(config.settings())
        assert _notes().fault == str(refused.value)
        assert "hush" not in str(refused.value)

    _plan(monkeypatch, BACKUP_TO="s3://vault/half", **_keys(store))
    monkeypatch.setattr(keeping, "archive_chunks", _cut_off)
    with pytest.raises(BackupError, match="became shorter"):
        back_up_keeping.keep_back_up(config.settings())
    for asked in ("?list-type=2&prefix=half", "?uploads"):  # nothing that is paid for either
        with urllib.request.urlopen(f"{store}/vault{asked}") as answer:
            assert b"<Key>half" not in answer.read()


def test_one_that_is_no_good_where_it_lies_is_not_kept_and_old_ones_stay(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    _plan(monkeypatch, BACKUP_TO=str(folder))
    old = [back_up_name(datetime.now(UTC) - timedelta(hours=hours), is_encrypted=False)
           for hours in (1, 2)]  # fmt: skip
    folder.mkdir()
    for one in (*old, "holiday.jpg"):
        (folder / one).write_bytes(b"of before")
    monkeypatch.setattr(FolderPlace, "put", _put_damaged)

    with pytest.raises(BackupError, match="no good where it lies: The archive is damaged"):
        back_up_keeping.keep_back_up(config.settings())

    assert {one.name for one in folder.iterdir()} == {*old, "holiday.jpg"}
    assert "no good where it lies" in db.answer(kept_back_ups.read_notes).fault
    monkeypatch.undo()
    _use(server, monkeypatch)
    _plan(monkeypatch, BACKUP_TO=str(folder))
    made = back_up_keeping.keep_back_up(config.settings())
    assert {one.name for one in folder.iterdir()} >= {made, "holiday.jpg"}
    assert len(list(folder.iterdir())) < 4, "of one day the last one is kept"


def test_what_a_killed_back_up_left_is_cleared_up_and_two_are_not_made_at_once(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    _plan(monkeypatch, BACKUP_TO=str(folder))
    left = server.database.parent / ".backup-killed"
    left.mkdir()
    folder.mkdir()
    (folder / "wasched-2026-11-30T02-17-00Z.tar.gz.1234.part").write_bytes(b"half")

    back_up_keeping.keep_back_up(config.settings())

    assert not left.exists()
    assert [made_at(one.name) is None for one in folder.iterdir()] == [False]
    with (
        backups.one_at_a_time(server.database.parent),
        pytest.raises(BackupError, match="made already"),
    ):
        back_up_keeping.keep_back_up(config.settings())


def test_a_rehearsal_shows_what_would_come_back_and_changes_nothing(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    _plan(monkeypatch, BACKUP_TO=str(folder))
    name = back_up_keeping.keep_back_up(config.settings())
    db.engine().dispose()
    config.settings.cache_clear()
    db.engine.cache_clear()
    before = _files(server.folder)

    found = back_up_keeping.rehearse_restore(dict(os.environ), "")

    assert (found.made_at, found.links, found.files) == (made_at(name), 1, 1)
    assert _files(server.folder) == before
    overwrite_some(folder / name, seed=1)
    _use(server, monkeypatch)
    with pytest.raises(BackupError, match="damaged"):
        back_up_keeping.rehearse_restore(dict(os.environ), "")
    assert _files(server.folder) == before


def _plan(patch: pytest.MonkeyPatch, **environ: str) -> None:
    for name, value in environ.items():
        patch.setenv(name, value)
    config.settings.cache_clear()


def _keys(store: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": store,
        "AWS_ACCESS_KEY_ID": "hush-hush",
        "AWS_SECRET_ACCESS_KEY": "hush-hush-hush",
        "AWS_REGION": "us-east-1",
    }


def _lightly(chunks: Iterator[bytes], passphrase: str) -> Iterator[bytes]:
    return _ENCRYPTED(chunks, passphrase, work=4)


_ENCRYPTED = age_file.encrypted


def _cut_off(*_given: object) -> Iterator[bytes]:
    yield os.urandom(20 << 20)
    raise BackupError("The film became shorter.")


def _put_damaged(self: FolderPlace, name: str, chunks: Iterator[bytes]) -> None:
    whole = bytearray(b"".join(chunks))
    whole[len(whole) // 2] ^= 0xFF
    (self._folder / name).write_bytes(whole)


def _restore(server: Server, where: str, *, replace: bool = False) -> None:
    """As a process does that has used no database yet."""
    environ = {**os.environ, "DB_PATH": str(server.database)}
    config.settings.cache_clear()
    db.engine.cache_clear()
    with back_up_keeping.opened_back_up(config.read_settings(environ), where) as source:
        keeping.restore_archive(environ, source, replace=replace)


def _forget(server: Server) -> None:
    """Lose all that the server has, but not where it is."""
    db.engine().dispose()
    for folder in (server.database.parent, server.sessions):
        shutil.rmtree(folder)


def _film(server: Server) -> bytes:
    return (server.media / "ab" / "abcd.mp4").read_bytes()


def _film_of_first(folder: Path, archive: Path) -> bytes:
    with tarfile.open(archive) as found:
        found.extract("media/ab/abcd.mp4", folder, filter="data")
    return (folder / "media" / "ab" / "abcd.mp4").read_bytes()


def _files(folder: Path) -> dict[Path, bytes]:
    found = (one for one in folder.rglob("*") if one.is_file())
    return {one: one.read_bytes() for one in found if not one.name.endswith(("-wal", "-shm"))}


def _notes() -> BackUpNotes:
    return db.answer(kept_back_ups.read_notes)


def _use(server: Server, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DB_PATH", str(server.database))
    patch.setenv("SESSION_PATH", str(server.sessions))
    config.settings.cache_clear()
    db.engine.cache_clear()


def test_the_worker_makes_one_a_night_and_when_somebody_asks_and_says_why_not(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds, made = BackUpRounds(), _Work()
    rounds._work = made  # type: ignore[assignment] # a process takes seconds
    db.transaction(lambda s: kept_back_ups.note_begun(s, datetime.now(UTC)))  # and was killed
    rounds.look()
    assert (made.asked, _notes().begun_at) == (0, ""), "BACKUP_TO says nowhere"

    _plan(monkeypatch, BACKUP_TO=str(tmp_path / "kept"))
    for _ in range(2):
        rounds.look()
    assert made.asked == 1, "once, until the next night"

    db.transaction(_ask_as_owner)
    made.end = EndReason.MEMORY
    rounds.look()
    assert made.asked == 2
    assert _notes().fault == "It found too little memory."
    rounds.look()
    assert made.asked == 2, "after an hour again"


def _ask_as_owner(session: Session) -> None:
    owner = add_owner(session, datetime.now(UTC))
    kept_back_ups.ask_back_up(session, owner, datetime.now(UTC))


class _Work:
    """Makes back-ups here, or ends before it does."""

    asked = 0
    end: EndReason | None = None

    def ask(self, _asked: object) -> dict[str, str]:
        self.asked += 1
        if self.end is not None:
            raise WorkEndedError(self.end)
        return {"name": back_up_keeping.keep_back_up(config.settings())}
