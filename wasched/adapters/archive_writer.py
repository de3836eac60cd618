"""Writes a back-up's archive a piece at a time: a gzipped tar whose last file is a manifest."""

import hashlib
import json
import os
import sqlite3
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from wasched.adapters.archive_check import FORMAT
from wasched.adapters.archive_reader import CHUNK, MANIFEST
from wasched.adapters.backup_faults import BackupError

DATABASE = "data/app.db"
"""What the database is called in an archive."""


def archive_chunks(files: Iterable[tuple[str, Path]], now: datetime) -> Iterator[bytes]:
    """The archive of these files under these names; one that is deleted meanwhile is left out.

    OSError if one cannot be read, BackupError if one shrinks meanwhile.
    """
    packer = zlib.compressobj(3, zlib.DEFLATED, zlib.MAX_WBITS | 16)  # 16: as gzip
    for chunk in _tar_chunks(files, now):
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()


def _tar_chunks(files: Iterable[tuple[str, Path]], now: datetime) -> Iterator[bytes]:
    sums: dict[str, str] = {}
    replies = 0
    for name, path in files:
        with suppress(FileNotFoundError), path.open("rb") as file:
            digest = hashlib.sha256()
            yield from _member_chunks(name, file, digest)
            sums[name] = digest.hexdigest()
            replies += _count_replies(path) if name == DATABASE else 0
    noted = {"format": FORMAT, "made_at": now.isoformat(), "replies": replies, "sha256": sums}
    manifest = json.dumps(noted, indent=1).encode()
    yield _head(MANIFEST, len(manifest), int(now.timestamp()))
    yield manifest + _filling(len(manifest)) + bytes(2 * tarfile.BLOCKSIZE)


def _count_replies(copy: Path) -> int:
    """How many words of others the archive holds, for who keeps it or gives it away."""
    with closing(sqlite3.connect(copy)) as connection:
        try:
            (count,) = connection.execute("SELECT count(*) FROM reply").fetchone()
        except sqlite3.OperationalError:
            return 0  # of an earlier version
    return int(count)


def _member_chunks(name: str, file: IO[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    found = os.fstat(file.fileno())
    yield _head(name, found.st_size, int(found.st_mtime))
    left = found.st_size
    while left:
        chunk = file.read(min(CHUNK, left))
        if not chunk:
            raise BackupError(f"No back-up was written: {name} became shorter meanwhile.")
        digest.update(chunk)
        yield chunk
        left -= len(chunk)
    yield _filling(found.st_size)


def _head(name: str, size: int, mtime: int) -> bytes:
    """The header of a plain file, without the names and numbers of this machine's users."""
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, mtime, 0o600
    return member.tobuf()


def _filling(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)
