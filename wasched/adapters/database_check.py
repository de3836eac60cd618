"""SQLite's own check of a database file, on a connection that only reads."""

import os
import sqlite3
import threading
from concurrent.futures import Future
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from wasched.domain import storage

_BUSY_S = 10.0
_LAST = 19  # the niceness of a thread that takes what time others leave


def damage_found_at_leisure(file: Path, *, thorough: bool = False) -> str:
    """As damage_of(), by a thread of its own that lets whatever sends messages go first."""
    found: Future[str] = Future()

    def check() -> None:
        with suppress(OSError):  # on Linux a thread has a priority of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LAST)
        try:
            found.set_result(damage_of(file, thorough=thorough))
        except Exception as fault:
            found.set_exception(fault)

    threading.Thread(target=check, name="Checking a file", daemon=True).start()
    return found.result()


def damage_of(file: Path, *, thorough: bool = False) -> str:
    """What SQLite finds damaged first, in its own words; empty if nothing is.

    A thorough check also compares every index with its table, and takes several times as long.
    Disturbs no reader and, with write-ahead logging, no writer. sqlite3.Error if the file cannot
    be checked now, because it is locked or cannot be opened.
    """
    pragma = "integrity_check" if thorough else "quick_check"
    # Opened for writing because only a writer may roll back what a killed process began.
    source = f"file:{quote(str(file))}?mode=rw"
    try:
        with closing(sqlite3.connect(source, timeout=_BUSY_S, uri=True)) as connection:
            connection.execute("PRAGMA query_only = ON")
            found = str(connection.execute(f"PRAGMA {pragma}(1)").fetchone()[0])
    except sqlite3.DatabaseError as fault:
        if damage := storage.damage_in(str(fault)):
            return damage
        raise
    return "" if found == "ok" else " ".join(found.split())
