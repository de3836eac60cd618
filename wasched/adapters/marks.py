"""A mark beside and inside a SQLite file that is kept, by which an older copy of it is known.

Inside stands which of two small files beside is meant, what is written in it, and its birth. A
copy that is put back alone names what is no longer written beside. Put back together with the
files beside, it names a file that was born another time: whatever copies a file makes a new one,
or writes over one that wasched has made anew since. Who changes owner or rights makes none.
"""

import array
import fcntl
import os
import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

_BUSY_S = 1.0
_GETVERSION = 0x80087601  # ioctl_iflags(2): the inode's generation, random at its birth
_TABLE = """
CREATE TABLE IF NOT EXISTS wasched_mark (
    one INTEGER PRIMARY KEY CHECK (one = 1), slot TEXT NOT NULL, nonce TEXT NOT NULL,
    born TEXT NOT NULL, changed_ns INTEGER NOT NULL, at TEXT NOT NULL
)
"""


@dataclass(frozen=True)
class Mark:
    """What a kept file says of the file beside it, and when (UTC) it was marked so."""

    slot: str  # a or b; empty while the very first one is made
    nonce: str
    born: str  # the inode and its generation; empty where the file system tells of none
    changed_ns: int  # when it last changed; no tool can set this
    at: datetime


def mark_file(file: Path, now: datetime) -> None:
    """Mark the file as it is; OSError or sqlite3.Error leave the mark before as good as it was."""
    note_inside(file, renew_beside(file, now))


def renew_beside(file: Path, now: datetime) -> Mark:
    """Write the file beside that nothing inside refers to; what is then to be noted inside.

    A kill or a power cut at any moment leaves the other one, which the inside does refer to.
    """
    inside = read_mark(file)
    if inside is None:  # else a kill after this would leave a mark beside alone
        note_inside(file, Mark("", "", "", 0, now))
    slot = "b" if inside is not None and inside.slot == "a" else "a"
    path = _beside(file, slot)
    path.unlink(missing_ok=True)
    _write(path, secrets.token_hex(16))
    return Mark(slot, *_traits(path), now)


def note_inside(file: Path, mark: Mark) -> None:
    """Let the file refer to what is written beside, durably before this returns."""
    with closing(_connect(file)) as connection, connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_TABLE)
        connection.execute(
            "REPLACE INTO wasched_mark VALUES (1, ?, ?, ?, ?, ?)",
            (mark.slot, mark.nonce, mark.born, mark.changed_ns, mark.at.isoformat()),
        )


def read_mark(file: Path) -> Mark | None:
    """The mark inside the file; None if it was never marked."""
    with closing(_connect(file)) as connection:
        try:
            row = connection.execute(
                "SELECT slot, nonce, born, changed_ns, at FROM wasched_mark"
            ).fetchone()
        except sqlite3.OperationalError as fault:
            if "no such table" in str(fault):
                return None
            raise
    if row is None:
        return None
    slot, nonce, born, changed_ns, at = row
    return Mark(slot, nonce, born, changed_ns, datetime.fromisoformat(at))


def is_as_left(file: Path) -> bool:
    """True unless the file, or what is beside it, was put there by somebody else.

    A file without any mark is new, or was kept by a version that made none.
    """
    inside = read_mark(file)
    if inside is None:
        return not any(_beside(file, slot).exists() for slot in "ab")
    if not inside.slot:
        return True  # killed while it was marked for the first time
    try:
        nonce, born, changed_ns = _traits(_beside(file, inside.slot))
    except FileNotFoundError:
        return False
    if nonce != inside.nonce:
        return False
    return born == inside.born if born and inside.born else changed_ns == inside.changed_ns


def forget_mark(file: Path) -> None:
    """Take the mark away, inside and beside, so that the file counts as new."""
    with closing(_connect(file)) as connection:
        connection.execute("DROP TABLE IF EXISTS wasched_mark")
    remove_beside(file)


def remove_beside(file: Path) -> None:
    """Delete what is beside; the file itself may be gone."""
    for slot in "ab":
        _beside(file, slot).unlink(missing_ok=True)


def spoil_mark(file: Path) -> None:
    """Let the file count as a copy that was put back, whatever it holds."""
    remove_beside(file)
    _write(_beside(file, "a"), "put back")


def _beside(file: Path, slot: str) -> Path:
    return file.with_name(f"{file.name}.mark-{slot}")


def _connect(file: Path) -> sqlite3.Connection:
    """Opened only if it is there, and with every commit on the disk before it returns."""
    connection = sqlite3.connect(
        f"file:{quote(str(file))}?mode=rw", timeout=_BUSY_S, isolation_level=None, uri=True
    )
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # else a power cut may take the file's name away
    finally:
        os.close(folder)


def _traits(path: Path) -> tuple[str, str, int]:
    """What is written in a file, its birth, and when it last changed."""
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        generation = _generation(file.fileno())
        born = f"{found.st_ino}.{generation}" if generation else ""
        return file.read(100).decode("ascii", "replace"), born, found.st_ctime_ns


def _generation(handle: int) -> int:
    """The inode's generation; 0 where the file system keeps none."""
    found = array.array("I", [0, 0])
    try:
        fcntl.ioctl(handle, _GETVERSION, found)
    except OSError:
        return 0
    return found[0]
