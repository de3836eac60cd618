"""Going back to the database as it was before an update, as the shell asks for it."""

import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from wasched.adapters import database_check, folder_lock
from wasched.adapters.backup_faults import BackupError, storage_faults_said
from wasched.config import Settings, read_settings
from wasched.db import moved_sentence, upgrade_copy


def roll_back(environ: Mapping[str, str]) -> tuple[Path, Path]:
    """Put the copy that the last upgrade kept in the place of the database.

    Returns where the newer database lies now, and the one in its place. The next start notices
    that it is an older one, as after a restore. BackupError, with everything as it was, if there
    is no copy or it is damaged; ConfigError while a worker runs.
    """
    found = read_settings(environ)
    database = found.db_path
    _refuse_elsewhere(found)
    folder_lock.hold_folder(found.session_path)
    copies = upgrade_copy.kept_copies(database)
    if not copies:
        raise BackupError(
            f"There is no copy from before an update beside {database}. Restore a back-up instead."
        )
    copy = copies[-1]
    aside = database.with_name(f"{database.name}.after-{copy.name.rpartition('-')[2]}")
    with storage_faults_said("Nothing was changed.", database.parent):
        if database_check.damage_of(copy):
            raise BackupError(
                f"{copy} is damaged, so nothing was changed. Restore a back-up instead."
            )
        _write_log_back(database)
        _keep(database, aside)
        copy.replace(database)  # from here on it is the older one, whole at every moment
    return aside, database


def _refuse_elsewhere(found: Settings) -> None:
    if found.is_on_a_server:
        raise BackupError(
            "roll-back puts a SQLite file back, and this database is on a PostgreSQL server. "
            "Restore a back-up from before the update instead."
        )
    if elsewhere := moved_sentence(found.db_path):
        raise BackupError(elsewhere)


def _write_log_back(database: Path) -> None:
    """Leave nothing in the log, which would be read as that of the older database."""
    with closing(sqlite3.connect(database)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _keep(database: Path, aside: Path) -> None:
    aside.unlink(missing_ok=True)
    try:
        os.link(database, aside)
    except OSError:  # not every file system can
        shutil.copy2(database, aside)
