"""Archives such as somebody makes who wants a restore to go wrong."""

import gzip
import hashlib
import io
import json
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

Files = dict[str, bytes]
MANIFEST = "manifest.json"
DATABASE = "data/app.db"
LINK = "session/account-1.db"


def files_of(archive: bytes) -> Files:
    """What is in an archive, by name."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as read:
        return {one.name: read.extractfile(one).read() for one in read}  # type: ignore[union-attr]


def packed(files: Files, *more: tarfile.TarInfo, noted: object = None, end: bytes = b"") -> bytes:
    """An archive of them with a manifest that fits, or with `noted` in its place.

    `more` are members without content, and `end` stands behind the last one, within the tar.
    """
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for name, content in files.items():
            if name != MANIFEST:
                _add(archive, name, content)
        for member in more:
            archive.addfile(member)
        _add(archive, MANIFEST, noted if isinstance(noted, bytes) else _manifest(files, noted))
        length = archive.offset
    return gzip.compress(tar.getvalue()[:length] + (end or bytes(20_480)), 1)


def with_database(files: Files, *statements: str, name: str = DATABASE) -> Files:
    """The same, after something was done to a database in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "one.db"
        file.write_bytes(files.get(name, b""))
        with closing(sqlite3.connect(file)) as connection:
            for statement in statements:
                connection.executescript(statement)
            connection.commit()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return {**files, name: file.read_bytes()}


def with_bytes(files: Files, change: Callable[[bytearray], Any], name: str = DATABASE) -> Files:
    """The same, after the bytes of a file in it were changed; a manifest will fit all the same."""
    body = bytearray(files[name])
    change(body)
    return {**files, name: bytes(body)}


def member(
    name: str, kind: bytes = tarfile.REGTYPE, link: str = "", size: int = 0
) -> tarfile.TarInfo:
    """A member as it stands in a tar, whatever it is."""
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.size = kind, link, size
    return made


def _manifest(files: Files, noted: object) -> bytes:
    sums = {n: hashlib.sha256(body).hexdigest() for n, body in files.items() if n != MANIFEST}
    fits = json.loads(files[MANIFEST]) | {"sha256": sums}
    return json.dumps(fits | noted if isinstance(noted, dict) else fits).encode()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    made = tarfile.TarInfo(name)
    made.size = len(content)
    archive.addfile(made, io.BytesIO(content))
