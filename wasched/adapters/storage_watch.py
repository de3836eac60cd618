"""Watching what a process writes to: whether the database can be locked, and disks have room."""

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from wasched.domain import storage

log = logging.getLogger(__name__)

_ASK_S = 0.2  # how long one look waits for whoever writes just then
_LONG_S = 5.0  # our own writers are quicker by far


class StorageWatch:
    """Looks whenever it is told to, and remembers what is wrong.

    A look takes the database's write lock for a moment and writes nothing. A `database` that is no
    file says itself what is wrong with it now. `folders` are those that must be writable, by their
    part ("storage", "links", "media", "log"); `stores` names the files of links, which must not be
    locked either.
    """

    def __init__(
        self,
        database: Path | Callable[[], str],
        folders: dict[str, Path],
        *,
        stores: Callable[[], Iterable[Path]] = tuple,
        long_s: float = _LONG_S,
    ) -> None:
        self._database, self._folders, self._stores = database, folders, stores
        self._long_s = long_s
        self._wrong_since: dict[object, float] = {}
        self._faults: tuple[tuple[str, str], ...] = ()

    @property
    def faults(self) -> Sequence[tuple[str, str]]:
        """What is wrong now: the part ("database", or that of a folder) and its sentence."""
        return self._faults

    def look(self) -> None:
        """Look once, and say in the log what has begun and what is over."""
        found = tuple((part, says) for part, says in self._looks() if says)
        for _, says in found:
            if says not in dict(self._faults).values():
                log.error(says)
        for part, _ in self._faults:
            if part not in dict(found):
                log.warning("It is over: the %s can be written to again", _NAMES[part])
        self._faults = found

    def _looks(self) -> list[tuple[str, str]]:
        disks = {
            _disk_of(folder): (part, folder) for part, folder in reversed(self._folders.items())
        }
        found = [(part, _folder_fault(part, folder)) for part, folder in disks.values()]
        found.append(("database", self._lasting(self._database, storage.LOCKED)))
        found += [
            ("links", self._lasting(store, storage.LOCKED_LINK.format(file=store.name)))
            for store in self._stores()
        ]
        return found

    def _lasting(self, database: Path | Callable[[], str], locked: str) -> str:
        """What has been wrong with a database for long; `locked` says that its file is."""
        if isinstance(database, Path):
            wrong = locked if _is_locked(database) else ""
        else:
            wrong = database()
        if not wrong:
            self._wrong_since.pop(database, None)
            return ""
        now = time.monotonic()
        is_long = now - self._wrong_since.setdefault(database, now) >= self._long_s
        return wrong if is_long else ""


_NAMES = {
    "database": "database",
    "storage": "data folder",
    "links": "folder of the links",
    "media": "folder of attached files",
    "log": "folder of the log",
}
_OUTCOMES = {
    "media": "no file can be attached or converted; texts go out",
    "log": "Health does not show what is warned of; messages go out",
}


def _disk_of(folder: Path) -> object:
    """The same for folders on one disk, which is looked at once, as the first of them."""
    try:
        return folder.stat().st_dev
    except OSError:
        return folder


def _folder_fault(part: str, folder: Path) -> str:
    try:
        found = os.statvfs(folder)
    except FileNotFoundError:
        return ""  # not made yet; whoever needs it makes it
    except OSError as fault:
        return f"The {_NAMES[part]} cannot be reached: {fault.strerror}."
    return storage.sentence_at(
        free=found.f_bavail * found.f_frsize,
        is_read_only=bool(found.f_flag & os.ST_RDONLY),
        folder=_NAMES[part],
        outcome=_OUTCOMES.get(part, storage.NOTHING_IS_SENT),
    )


def _is_locked(database: Path) -> bool:
    """True if somebody holds the write lock; whatever else is wrong is said by who meets it."""
    try:
        # Made anew each time: a connection that is kept would keep a deleted file alive.
        with closing(sqlite3.connect(f"file:{database}?mode=rw", _ASK_S, uri=True)) as connection:
            connection.isolation_level = None
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as fault:
        return "locked" in str(fault)
    except sqlite3.Error:
        return False
    return False
