"""A restore takes nothing but a whole back-up of ours, and looks before it touches anything."""

import gzip
import io
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.attacks.archives import (
    DATABASE,
    LINK,
    MANIFEST,
    Files,
    files_of,
    member,
    packed,
    with_bytes,
    with_database,
)
from tests.damage import overwrite_table
from tests.test_keeping import Server
from wasched import config, db, keeping
from wasched.adapters import archive_reader, folder_lock
from wasched.adapters.backup_faults import BackupError

SECRET = "data/secret_key"
_BOMB = 60_000_000


class Kept(NamedTuple):
    """A server with data that must stay, and what is in a good back-up of it."""

    server: Server
    files: Files
    archive: bytes


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """A server with a database, a link, a file and a secret."""
    made = Server(tmp_path_factory.mktemp("first"))
    made.media.joinpath("ab").mkdir(parents=True)
    made.media.joinpath("ab", "abcd.jpg").write_bytes(b"a picture")
    made.sessions.mkdir()
    with closing(sqlite3.connect(made.sessions / "account-1.db")) as link:
        link.executescript(
            "CREATE TABLE whatsmeow_device (jid TEXT, lid TEXT);"
            "CREATE TABLE whatsmeow_contacts (name TEXT);"
            "CREATE INDEX i ON whatsmeow_contacts (name);"
        )
    with pytest.MonkeyPatch.context() as patch:
        _use(made, patch)
        db.upgrade()
        db.engine().dispose()
        target = io.BytesIO()
        keeping.back_up(config.settings(), target)
        yield Kept(made, files_of(target.getvalue()), target.getvalue())


@pytest.fixture
def kept(first: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """The same on a folder of the test's own; calls of this process are for it."""
    server = Server(Path(shutil.copytree(first.server.folder, tmp_path / "server")))
    _use(server, monkeypatch)
    monkeypatch.setattr(folder_lock, "hold_folder", lambda _folder: "")  # once in a process
    yield Kept(server, first.files, first.archive)
    db.engine().dispose()


def test_a_whole_archive_is_taken(kept: Kept) -> None:
    """Else a refusal below would prove nothing."""
    kept.server.media.joinpath("ab", "abcd.jpg").unlink()

    _restore(packed(kept.files))

    assert kept.server.media.joinpath("ab", "abcd.jpg").read_bytes() == b"a picture"


@pytest.mark.parametrize(
    "strange",
    [
        *(member(f"../../{name}") for name in ("evil", "data/app.db", "media/x")),
        *(member(name) for name in ("/tmp/evil", "media/../evil", "media/..", "session/a\nb.db")),
        *(member(name) for name in ("data/app.db-wal", "data/queue.db", "session/.db", "media/x/")),
        member("media/link", tarfile.SYMTYPE, "/etc/passwd"),
        member("media/hard", tarfile.LNKTYPE, DATABASE),
        *(member("media/it", kind) for kind in (tarfile.CHRTYPE, tarfile.BLKTYPE)),
        *(member("media/it", kind) for kind in (tarfile.FIFOTYPE, tarfile.DIRTYPE)),
        *(member(name) for name in (DATABASE, LINK, MANIFEST)),
        member("media/" + "x" * 5_000),
    ],
    ids=lambda one: f"{one.name[:20]!r}-{one.type.decode()}",
)
def test_members_that_no_back_up_has_are_refused(kept: Kept, strange: tarfile.TarInfo) -> None:
    _refused(kept, packed(kept.files, strange), "")


@pytest.mark.parametrize(
    ("noted", "sentence"),
    [
        (b"", "manifest cannot be read"),
        (b"[]", "manifest cannot be read"),
        (b"\xff\xfe", "manifest cannot be read"),
        (b"[" * 100_000, "manifest cannot be read"),
        ({"made_at": "yesterday"}, "manifest cannot be read"),
        ({"made_at": 5}, "manifest cannot be read"),
        ({"made_at": "2026-11-29T10:00:00"}, "no date with a zone"),
        ({"format": 2}, "another version"),
        ({"sha256": []}, "manifest cannot be read"),
        ({"sha256": {}}, "not what was put into it"),
    ],
    ids=lambda one: repr(one)[:30],
)
def test_a_manifest_that_cannot_be_read_is_refused(
    kept: Kept, noted: object, sentence: str
) -> None:
    _refused(kept, packed(kept.files, noted=noted), sentence)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({DATABASE: b""}, "empty, or of another program"),
        ({DATABASE: b"Dear database"}, "damaged"),
        ({DATABASE: b"text " * 10_000}, "damaged"),
        ({LINK: b"text " * 10_000}, ""),
        ({SECRET: b"short"}, "secret"),
        ({SECRET: b"\xff" * 50}, "secret"),
    ],
    ids=["empty", "few words", "text", "a link of text", "a short secret", "a secret of noise"],
)
def test_files_that_are_none_are_refused(kept: Kept, change: Files, sentence: str) -> None:
    archive = packed({**kept.files, **change})

    if LINK in change:  # left out: the phone has to be linked again, and all the rest is kept
        _restore(archive)
        assert not (kept.server.sessions / "account-1.db").exists()
    else:
        _refused(kept, archive, sentence)


def test_a_database_that_is_half_or_overwritten_is_refused(kept: Kept, tmp_path: Path) -> None:
    half = with_bytes(kept.files, lambda body: body.__delitem__(slice(len(body) // 2, None)))
    file = tmp_path / "one.db"
    file.write_bytes(kept.files[DATABASE])
    overwrite_table(file, "message")

    for files in (half, {**kept.files, DATABASE: file.read_bytes()}):
        _refused(kept, packed(files), "damaged")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("CREATE TRIGGER t AFTER UPDATE ON user BEGIN SELECT 1; END", "trigger 't'"),
        ("CREATE VIEW v AS SELECT 1", "view 'v'"),
        ("CREATE TABLE other (a)", "table 'other'"),
        ("CREATE VIRTUAL TABLE message_text USING fts5(a)", "'message_text"),
        ("DROP TABLE change", "The table change"),
        ("ALTER TABLE user ADD COLUMN other TEXT", "The table user"),
        ("DROP TABLE alembic_version", "empty, or of another program"),
        ("UPDATE alembic_version SET version_num = '9999'", "newer wasched"),
        ("INSERT INTO link_wish VALUES (99, 'connect', '', '', '2026-01-01')", "not there"),
    ],
    ids=lambda one: one[:40],
)
def test_a_database_with_what_is_not_ours_is_refused(
    kept: Kept, statement: str, sentence: str
) -> None:
    _refused(kept, packed(with_database(kept.files, statement)), sentence)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON whatsmeow_contacts BEGIN SELECT 1; END",
        "CREATE VIEW whatsmeow_view AS SELECT 1",
        "CREATE TABLE other (a)",
    ],
)
def test_a_link_with_what_is_not_the_librarys_is_refused(kept: Kept, statement: str) -> None:
    files = with_database(kept.files, statement, name=LINK)

    _refused(kept, packed(files), "which no link has")


def test_rows_that_cannot_be_read_are_refused(kept: Kept) -> None:
    links = (
        "DELETE FROM whatsmeow_device; INSERT INTO whatsmeow_device VALUES (5, x'00')",
        "DROP TABLE whatsmeow_device; CREATE TABLE whatsmeow_device (a)",
    )
    for statement in links:
        _refused(kept, packed(with_database(kept.files, statement, name=LINK)), "Nothing was")


def test_bytes_after_the_end_are_refused(kept: Kept) -> None:
    again = packed(kept.files)

    for archive in (again + b"x", again + bytes(1_000), again + again, again + gzip.compress(b"")):
        _refused(kept, archive, "after the archive's end")
    _refused(kept, packed(kept.files, end=bytes(10_240) + b"x"), "after the archive's last file")
    _refused(kept, packed(kept.files, end=b"no header" * 2_000), "")


def test_an_archive_that_was_cut_anywhere_is_refused(kept: Kept) -> None:
    for part in range(0, 100, 9):
        _refused(kept, kept.archive[: len(kept.archive) * part // 100], "damaged")
    _refused(kept, kept.archive[:-1], "damaged")
    _refused(kept, b"no archive at all", "damaged")


def test_what_unpacks_to_more_than_there_is_room_for_is_refused_unread(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(kept.server.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=5_000_000))

    _refused(kept, packed(kept.files, member("media/bomb", size=1 << 40)), "Too little room")
    filled = gzip.compress(bytes(_BOMB), 1)
    _refused(kept, filled, "")
    _refused(kept, packed(kept.files, end=bytes(_BOMB)), "Too little room")


def test_what_packs_better_than_any_back_up_is_refused(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_reader, "_FREE_OF_RATIO", 1_000_000)
    monkeypatch.setattr(archive_reader, "_RATIO_MAX", 30)

    _refused(kept, packed({**kept.files, "media/bomb": bytes(_BOMB // 3)}), "times as large")


def test_headers_and_a_manifest_without_end_are_not_taken_into_memory(kept: Kept) -> None:
    for kind in (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME):
        header = member("x", kind, size=1 << 40).tobuf(tarfile.GNU_FORMAT)
        _refused(kept, gzip.compress(header + bytes(10_240)), "header without end")
    large = member(MANIFEST, size=1 << 40).tobuf(tarfile.GNU_FORMAT)
    _refused(kept, gzip.compress(large + bytes(10_240)), "more than any back-up does")


def test_the_shell_is_told_in_a_sentence(kept: Kept) -> None:
    archive = packed(kept.files, member("media/\u202e\x1b[31m\n[WA] x", tarfile.SYMTYPE, "/etc"))

    done = kept.server.shell("restore", "--replace", given=archive)

    said = done.stderr.decode()
    assert done.returncode == 2
    assert said.startswith("The archive holds") and said[:-1].isprintable()


@pytest.mark.parametrize("statement", ["CREATE VIEW v AS SELECT 1", "CREATE TABLE other (a)"])
def test_what_no_restore_would_take_is_not_backed_up(kept: Kept, statement: str) -> None:
    with closing(sqlite3.connect(kept.server.database)) as connection:
        connection.execute(statement)
    target = io.BytesIO()

    with pytest.raises(BackupError, match="Remove it, then try again"):
        keeping.back_up(config.settings(), target)

    assert target.getvalue() == b""


def _refused(kept: Kept, archive: bytes, sentence: str) -> None:
    """It is refused in a sentence, and all that is there is as it was."""
    before = _all_of(kept.server.folder)
    with pytest.raises(Exception) as refusal:
        _restore(archive)
    said = str(refusal.value)
    assert type(refusal.value).__name__ in ("BackupError", "UnusableDatabaseError"), said
    assert sentence in said and said.endswith((".", ")."))
    assert len(said) < 1_000 and "\n" not in said
    assert _all_of(kept.server.folder) == before


def _all_of(folder: Path) -> dict[str, bytes]:
    """Every file below the folder's parent."""
    return {str(path): path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()}


def _restore(archive: bytes) -> None:
    """As a process does that has used no database yet."""
    environ = dict(os.environ)
    config.settings.cache_clear()
    db.engine.cache_clear()
    try:
        keeping.restore_archive(environ, io.BytesIO(archive), replace=True)
    finally:
        db.engine().dispose()
        os.environ["DB_PATH"] = environ["DB_PATH"]
        config.settings.cache_clear()
        db.engine.cache_clear()


def _use(server: Server, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DB_PATH", str(server.database))
    patch.setenv("SESSION_PATH", str(server.sessions))
    config.settings.cache_clear()
    db.engine.cache_clear()
