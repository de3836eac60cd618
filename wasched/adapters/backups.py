"""One archive with all that a server needs to go on elsewhere, written while everything runs.

A gzipped tar: the database and the links as SQLite's online back-up leaves them, the media files,
the kept secret, and last a manifest with the SHA-256 of each.
"""

import fcntl
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO

from wasched.adapters import archive_check
from wasched.adapters.age_file import Source
from wasched.adapters.archive_reader import CHUNK, MANIFEST, NAMES, read_files
from wasched.adapters.archive_writer import DATABASE
from wasched.adapters.backup_faults import (
    BackupError,
    DamagedDatabaseError,
    check_room,
    storage_faults_said,
)
from wasched.adapters.database_copies import copy_database, room_for_copies
from wasched.domain import storage

log = logging.getLogger(__name__)

_STAGED = ".backup-"
_ANY = 1 << 60  # bytes: what is not laid anywhere needs no room


@dataclass(frozen=True)
class Places:
    """Where a server keeps what is worth keeping."""

    database: Path
    secret: Path
    sessions: Path
    media: Path


@dataclass(frozen=True)
class DatabaseSource:
    """What writes a database, as it is at one instant, into a new SQLite file."""

    write: Callable[[Path], str]
    """Returns what is damaged in it, in SQLite's words, or nothing."""

    size: int
    """How many bytes the file takes at most."""

    secret: str = ""
    """What the database itself keeps instead of a file beside it."""


@dataclass(frozen=True)
class Elsewhere:
    """What reads what is worth keeping and is no file of this machine; None where all are."""

    links: Callable[[Path], list[Path]] | None = None
    """Writes each link as a file into a folder."""

    files: Callable[[], Iterator[tuple[str, Path]]] | None = None
    """Attached files by their names in the archive, each there while it is asked for."""


def file_source(database: Path) -> DatabaseSource:
    """The source that a SQLite file is."""
    return DatabaseSource(partial(copy_database, database), room_for_copies([database]))


@contextmanager
def staged_files(
    places: Places, source: DatabaseSource, tables: Set[str], elsewhere: Elsewhere = Elsewhere()
) -> Iterator[Iterable[tuple[str, Path]]]:
    """Every file worth keeping by its name in the archive, once each copied database was checked.

    `tables` are those that the database may have. BackupError if it is damaged, if a restore would
    refuse it, or if there is no room for the copies, which are gone after the block. A link's file
    that is damaged is left out, as is logged: all the rest is worth keeping.
    """
    data = places.database.parent
    links = room_for_copies(places.sessions.glob("*.db"))
    check_room(data, source.size + links, "a copy of the databases")
    with room_beside(data) as folder:
        with storage_faults_said("No back-up was written.", data):
            found = list(_found(places, source, tables, folder, elsewhere.links))
        yield chain(found, (elsewhere.files or partial(_media, places))())


@contextmanager
def room_beside(data: Path) -> Iterator[Path]:
    """A folder of its own in the data folder, which is gone after the block."""
    with storage_faults_said("No back-up was written.", data):
        folder = tempfile.TemporaryDirectory(prefix=_STAGED, dir=data)
    with folder as path:
        yield Path(path)


@contextmanager
def one_at_a_time(data: Path) -> Iterator[None]:
    """Hold a file of the data folder, and clear up what a killed back-up has left in it."""
    with storage_faults_said("No back-up was written.", data):
        handle = os.open(data / "back-up.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(handle)
        for left in data.glob(f"{_STAGED}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BackupError("A back-up is being made already. Wait until it is done.") from None


def unpack_backup(source: Source, folder: Path, tables: Set[str]) -> datetime:
    """Lay the archive's files into a folder and return when it was made (aware).

    `tables` are those that a database of ours may have. BackupError if the archive, or what is in
    it, is damaged or strange, or needs more room than there is; OSError if the folder takes no
    more. A link's file that is damaged is left out, as is logged.
    """
    room = shutil.disk_usage(folder).free - storage.ROOM
    return _take_all(source, folder, tables, room, lambda name: True)


def check_backup(source: Source, folder: Path, tables: Set[str]) -> datetime:
    """The same, where nothing but the databases is laid into the folder; all is looked at."""
    return _take_all(source, folder, tables, _ANY, lambda name: name.endswith(".db"))


def _take_all(
    source: Source, folder: Path, tables: Set[str], room: int, is_laid: Callable[[str], bool]
) -> datetime:
    sums: dict[str, str] = {}
    manifest = None
    for name, content in read_files(source, room):
        if manifest is not None:
            raise BackupError(f"The archive holds {name!r} after its manifest.")
        if name == MANIFEST:
            manifest = archive_check.read_manifest(content)
        else:
            sums[name] = _lay(content, name, folder) if is_laid(name) else _sum_of(content)
    if manifest is None or manifest[1] != sums or DATABASE not in sums:
        raise BackupError("The archive is damaged: it is not what was put into it. Take another.")
    _check_unpacked(folder, tables)
    return manifest[0]


def _check_unpacked(folder: Path, tables: Set[str]) -> None:
    secret = folder / "data" / "secret_key"
    if secret.exists():
        archive_check.check_key(secret)
    archive_check.check_database(folder / "data" / "app.db", tables)
    for path in sorted((folder / "session").glob("*.db")):
        if found := archive_check.check_link(path):
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


def move_in(folder: Path, places: Places, *, with_database: bool = True) -> None:
    """Put the files of an unpacked archive where they belong, in place of what was there.

    The database and its secret are left where they are for who has put them elsewhere.
    """
    for path in sorted((folder / "session").glob("*.db")):
        _replace(path, places.sessions / path.name)
    for path in sorted((folder / "media").rglob("*")):
        if path.is_file():
            _replace(path, places.media / path.relative_to(folder / "media"))
    if not with_database:
        return
    secret = folder / "data" / "secret_key"
    if secret.exists():
        _replace(secret, places.secret)
    _replace(folder / "data" / "app.db", places.database)


def _found(
    places: Places,
    source: DatabaseSource,
    tables: Set[str],
    folder: Path,
    export_links: Callable[[Path], list[Path]] | None,
) -> Iterator[tuple[str, Path]]:
    """Databases and the secret, under their names in the archive."""
    copy = folder / "app.db"
    if found := source.write(copy):
        raise DamagedDatabaseError(found)
    _check_copy(copy, tables)
    yield DATABASE, copy
    if secret := _secret_file(places, source, folder):
        yield "data/secret_key", secret
    yield from _links(places, folder) if export_links is None else _exported(export_links, folder)


def _links(places: Places, folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(places.sessions.glob("*.db")):
        if found := copy_database(path, folder / path.name):
            _warn_of_link(path, found)
        else:
            yield f"session/{path.name}", folder / path.name


def _exported(
    export_links: Callable[[Path], list[Path]], folder: Path
) -> Iterator[tuple[str, Path]]:
    for path in export_links(folder):
        yield f"session/{path.name}", path


def _media(places: Places) -> Iterator[tuple[str, Path]]:
    for path in sorted(places.media.rglob("*")):
        name = f"media/{path.relative_to(places.media)}"
        if path.is_file() and NAMES.fullmatch(name):
            yield name, path


def _secret_file(places: Places, source: DatabaseSource, folder: Path) -> Path | None:
    if source.secret:
        file = folder / "secret_key"
        file.write_text(f"{source.secret}\n", encoding="ascii")
        return file
    return places.secret if places.secret.exists() else None


def _check_copy(copy: Path, tables: Set[str]) -> None:
    """BackupError if a restore would refuse it: then it is known while it can be mended."""
    if found := archive_check.strange_in(copy, tables):
        raise BackupError(
            f"No back-up was written: the database holds {found}, which is not wasched's and no "
            "restore would take. Remove it, then try again."
        )
    if found := archive_check.damage_in_whole(copy):
        raise BackupError(f"No back-up was written: the database is damaged ({found}).")


def _warn_of_link(path: Path, found: str) -> None:
    log.warning(
        "The link's file %s is damaged (%s) and is left out: its phone has to be linked again. "
        "All the rest is there.",
        path.name,
        found,
    )


def _sum_of(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _lay(content: IO[bytes], name: str, folder: Path) -> str:
    """Write one file below the folder; returns its SHA-256."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := content.read(CHUNK):
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
