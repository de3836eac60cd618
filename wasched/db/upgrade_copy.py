"""A copy of the database as it was, kept beside it before an upgrade changes anything."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from wasched.domain import storage
from wasched.domain.errors import UnusableDatabaseError

_NAME = ".before-"


def keep_copy(database: Path, target: str) -> None:
    """Copy the database to a file that is named by the version it is upgraded to.

    It takes the place of the copy that was kept before. UnusableDatabaseError, with everything as
    it was, if there is no room for it and for the upgrade.
    """
    kept = database.with_name(f"{database.name}{_NAME}{target}")
    part = kept.with_name(f"{kept.name}.part")
    part.unlink(missing_ok=True)  # of an upgrade that was cut off
    _check_room(database)
    try:
        _copy(database, part)
    except (OSError, sqlite3.Error) as fault:
        part.unlink(missing_ok=True)
        raise UnusableDatabaseError(_not_copied(fault)) from fault
    part.replace(kept)
    for other in database.parent.glob(f"{database.name}{_NAME}*"):
        if other != kept:
            other.unlink()


def kept_copies(database: Path) -> list[Path]:
    """The copies of a database from before upgrades, the newest last; there is one at most."""
    begin = f"{database.name}{_NAME}"
    found = sorted(database.parent.glob(f"{begin}*"))
    return [one for one in found if one.name.removeprefix(begin).isalnum()]  # no .part, no log


def _check_room(database: Path) -> None:
    """The copy takes what the database takes, and the log of the upgrade as much at most."""
    files = (database, database.with_name(f"{database.name}-wal"))
    wanted = 2 * sum(file.stat().st_size for file in files if file.exists()) + storage.ROOM
    free = shutil.disk_usage(database.parent).free
    if free < wanted:
        raise UnusableDatabaseError(
            f"The database has to be upgraded, and that needs {_megabytes(wanted)} free in "
            f"{database.parent}, for a copy of it as it is and for the work; {_megabytes(free)} "
            "are free. Nothing was changed. Make room; wasched goes on by itself."
        )


def _copy(database: Path, copy: Path) -> None:
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with (
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(copy)) as here,
    ):
        there.backup(here)


def _not_copied(fault: Exception) -> str:
    return (
        f"The database was not upgraded, because no copy of it could be kept first: {fault}. "
        "Nothing was changed. Mend that; wasched goes on by itself."
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
