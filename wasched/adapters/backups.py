"""One archive with all that a server needs to go on elsewhere, written while everything runs.

A gzipped tar: the database and the links as SQLite's online back-up leaves them, the media files,
the kept secret, and last a manifest with the SHA-256 of each.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from wasched.domain.errors import WaschedError

_MANIFEST = "manifest.json"
_FORMAT = 1
_CHUNK = 1 << 20
_NAMES = re.compile(r"(data/(app\.db|secret_key)|session/[\w-]+\.db|media(/[\w-]+)*/[\w.-]+)")


class BackupError(WaschedError):
    """An archive cannot be written, or is not whole; says what to do."""


@dataclass(frozen=True)
class Places:
    """Where a server keeps what is worth keeping."""

    database: Path
    secret: Path
    sessions: Path
    media: Path


def write(target: IO[bytes], places: Places, now: datetime) -> None:
    """Write the archive; OSError if there is no room for a copy of the databases."""
    sums: dict[str, str] = {}
    with (
        tempfile.TemporaryDirectory(prefix=".backup-", dir=places.database.parent) as folder,
        gzip.GzipFile(fileobj=target, mode="wb", compresslevel=3) as packed,
        tarfile.open(fileobj=packed, mode="w|") as archive,
    ):
        for name, path in _found(places, Path(folder)):
            with path.open("rb") as file:
                sums[name] = hashlib.file_digest(file, "sha256").hexdigest()
            archive.add(path, name, filter=_plain)
        manifest = Path(folder) / _MANIFEST
        noted = {"format": _FORMAT, "made_at": now.isoformat(), "sha256": sums}
        manifest.write_text(json.dumps(noted, indent=1))
        archive.add(manifest, _MANIFEST, filter=_plain)


def unpack(source: IO[bytes], folder: Path) -> datetime:
    """Lay the archive's files into a folder and return when it was made; BackupError if damaged."""
    sums: dict[str, str] = {}
    noted: dict[str, object] = {}
    try:
        with (
            gzip.GzipFile(fileobj=source) as packed,
            tarfile.open(fileobj=packed, mode="r|") as archive,
        ):
            for member in archive:
                content = archive.extractfile(member)
                if content is None or noted:
                    raise BackupError(f"The archive holds {member.name!r}, which no back-up has.")
                if member.name == _MANIFEST:
                    noted = json.load(content)
                else:
                    sums[member.name] = _lay(content, member.name, folder)
            while packed.read(_CHUNK):
                pass  # to its end, where the checksum of the whole stands
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as fault:
        raise BackupError(f"The archive is damaged: {fault}. Take another one.") from None
    if noted.get("format") != _FORMAT or noted.get("sha256") != sums or "data/app.db" not in sums:
        raise BackupError("The archive is damaged: it is not what was put into it. Take another.")
    return datetime.fromisoformat(str(noted["made_at"]))


def move_in(folder: Path, places: Places) -> None:
    """Put the files of an unpacked archive where they belong, in place of what was there."""
    for path in sorted((folder / "session").glob("*.db")):
        _replace(path, places.sessions / path.name)
    for path in sorted((folder / "media").rglob("*")):
        if path.is_file():
            _replace(path, places.media / path.relative_to(folder / "media"))
    secret = folder / "data" / "secret_key"
    if secret.exists():
        _replace(secret, places.secret)
    _replace(folder / "data" / "app.db", places.database)


def _found(places: Places, folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file worth keeping, under its name in the archive."""
    yield "data/app.db", _snapshot(places.database, folder / "app.db")
    if places.secret.exists():
        yield "data/secret_key", places.secret
    for path in sorted(places.sessions.glob("*.db")):
        yield f"session/{path.name}", _snapshot(path, folder / path.name)
    for path in sorted(places.media.rglob("*")):
        name = f"media/{path.relative_to(places.media)}"
        if path.is_file() and _NAMES.fullmatch(name):
            yield name, path


def _snapshot(database: Path, copy: Path) -> Path:
    """A copy of a database as it is at one instant, while others write to it."""
    source = f"file:{database}?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True)) as there,
        closing(sqlite3.connect(copy)) as here,
    ):
        there.backup(here)
    return copy


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names and numbers of this machine's users."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _lay(content: IO[bytes], name: str, folder: Path) -> str:
    """Write one file below the folder; returns its SHA-256."""
    if not _NAMES.fullmatch(name) or ".." in name:
        raise BackupError(f"The archive holds {name!r}, which no back-up has.")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _replace(path: Path, target: Path) -> None:
    """Move a file over another; what SQLite kept beside the old one would damage the new."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for suffix in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    shutil.move(path, target)
