"""Why an archive cannot be written or put back, in one sentence each."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from wasched.domain import storage
from wasched.domain.errors import WaschedError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_OF_DISKS = (*_NO_ROOM, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM)


class BackupError(WaschedError):
    """An archive cannot be written, or is not whole; says what to do."""


class DamagedDatabaseError(BackupError):
    """The database to back up is damaged; `what` is wrong, in SQLite's words."""

    def __init__(self, found: str) -> None:
        self.what = storage.damage_in(found) or storage.MALFORMED
        super().__init__(
            f"No back-up was written, so that the last good one stays. "
            f"{storage.sentence_of(self.what)}"
        )


@contextmanager
def storage_faults_said(outcome: str, place: Path | str) -> Iterator[None]:
    """Say what keeps a place from being written to, after what comes of it; a BackupError."""
    try:
        yield
    except (OSError, sqlite3.Error, SQLAlchemyError) as fault:
        raise BackupError(f"{outcome} {_why(fault, place)}") from None


def is_fault_of_disk(fault: BaseException) -> bool:
    """True if a disk is to blame, and not what was to be written to it."""
    return isinstance(fault, OSError) and fault.errno in _OF_DISKS


def check_room(folder: Path, needed: int, what_for: str) -> None:
    """BackupError unless so many bytes are free in a folder, and a little more."""
    wanted, free = needed + storage.ROOM, shutil.disk_usage(folder).free
    if free < wanted:
        raise BackupError(
            f"Too little room in {folder}: {what_for} needs {wanted / 1e6:.1f} MB there, and "
            f"{free / 1e6:.1f} MB are free. Make room, then try again. Nothing was changed."
        )


def _why(fault: Exception, place: Path | str) -> str:
    has_no_room = isinstance(fault, OSError) and fault.errno in _NO_ROOM
    if has_no_room or "disk is full" in str(fault):
        return f"There is no room left in {place}. Make room there, then try again."
    return storage.sentence_for(fault) or f"The reason: {fault}."
