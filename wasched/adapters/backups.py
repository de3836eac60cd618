"""One archive with all that a server needs to go on elsewhere, written while everything runs.

A gzipped tar: the database and the links as SQLite's online back-up leaves them, the media files,
the kept secret, and last a manifest with the SHA-256 of each.
"""

import gzip
import hashlib
import io
import json
import logging
import os
import re
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from wasched.adapters import database_check
from wasched.adapters.backup_faults import (
    BackupError,
    DamagedDatabaseError,
    check_room,
    is_fault_of_disk,
    storage_faults_said,
)
from wasched.adapters.database_copies import copy_database, room_for_copies

log = logging.getLogger(__name__)

_MANIFEST = "manifest.json"
_FORMAT = 1
_CHUNK = 1 << 20
_NAMES = re.compile(r"(data/(app\.db|secret_key)|session/[\w-]+\.db|media(/[\w-]+)*/[\w.-]+)")


@dataclass(frozen=True)
class Places:
    """Where a server keeps what is worth keeping."""

    database: Path
    secret: Path
    sessions: Path
    media: Path


def write(target: IO[bytes], places: Places, now: datetime) -> None:
    """Write the archive, once each database was copied and its copy was checked.

    BackupError before anything is written if the database is damaged or there is no room for the
    copies, else OSError if the target takes no more. A link's file that is damaged is left out,
    as is logged: all the rest is worth keeping.
    """
    data = places.database.parent
    links = places.sessions.glob("*.db")
    check_room(data, room_for_copies([places.database, *links]), "a copy of the databases")
    with storage_faults_said("No back-up was written.", data):
        staged = tempfile.TemporaryDirectory(prefix=".backup-", dir=data)
    with staged as folder:
        with storage_faults_said("No back-up was written.", data):
            found = list(_found(places, Path(folder)))
        _pack(target, found, now)


def _pack(target: IO[bytes], found: list[tuple[str, Path]], now: datetime) -> None:
    sums: dict[str, str] = {}
    with (
        gzip.GzipFile(fileobj=target, mode="wb", compresslevel=3) as packed,
        tarfile.open(fileobj=packed, mode="w|") as archive,
    ):
        for name, path in found:
            with path.open("rb") as file:
                sums[name] = hashlib.file_digest(file, "sha256").hexdigest()
            archive.add(path, name, filter=_plain)
        noted = {"format": _FORMAT, "made_at": now.isoformat(), "sha256": sums}
        manifest = json.dumps(noted, indent=1).encode()
        member = tarfile.TarInfo(_MANIFEST)
        member.size, member.mtime = len(manifest), int(now.timestamp())
        archive.addfile(_plain(member), io.BytesIO(manifest))


def unpack(source: IO[bytes], folder: Path) -> datetime:
    """Lay the archive's files into a folder and return when it was made.

    BackupError if the archive, or the database in it, is damaged; OSError if the folder takes no
    more. A link's file that is damaged is left out, as is logged.
    """
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
        if is_fault_of_disk(fault):
            raise
        raise BackupError(f"The archive is damaged: {fault}. Take another one.") from None
    if noted.get("format") != _FORMAT or noted.get("sha256") != sums or "data/app.db" not in sums:
        raise BackupError("The archive is damaged: it is not what was put into it. Take another.")
    _check_unpacked(folder)
    return datetime.fromisoformat(str(noted["made_at"]))


def _check_unpacked(folder: Path) -> None:
    if found := database_check.damage_of(folder / "data" / "app.db"):
        raise BackupError(
            f"The database in the archive is damaged ({found}): it was so when the back-up was "
            "made. Take an earlier one."
        )
    for path in sorted((folder / "session").glob("*.db")):
        if found := database_check.damage_of(path):
            _warn_of_link(path, found)
            path.unlink()


def check_room_for(folder: Path, places: Places) -> None:
    """BackupError if a volume other than the data folder's has no room for its unpacked files."""
    for name, target in (("session", places.sessions), ("media", places.media)):
        while not target.exists():
            target = target.parent
        if target.stat().st_dev != folder.stat().st_dev:
            files = [path for path in (folder / name).rglob("*") if path.is_file()]
            check_room(target, sum(path.stat().st_size for path in files), "the archive")


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
    copy = folder / "app.db"
    if found := copy_database(places.database, copy):
        raise DamagedDatabaseError(found)
    yield "data/app.db", copy
    if places.secret.exists():
        yield "data/secret_key", places.secret
    for path in sorted(places.sessions.glob("*.db")):
        if found := copy_database(path, folder / path.name):
            _warn_of_link(path, found)
        else:
            yield f"session/{path.name}", folder / path.name
    for path in sorted(places.media.rglob("*")):
        name = f"media/{path.relative_to(places.media)}"
        if path.is_file() and _NAMES.fullmatch(name):
            yield name, path


def _warn_of_link(path: Path, found: str) -> None:
    log.warning(
        "The link's file %s is damaged (%s) and is left out: its phone has to be linked again. "
        "All the rest is there.",
        path.name,
        found,
    )


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
