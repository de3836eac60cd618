"""Kept files that somebody put back by hand: noticed before anything is sent, and not trusted."""

import logging
import sqlite3
import threading
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.adapters import marks
from wasched.adapters.whatsapp import session_store
from wasched.domain.typed import read_number
from wasched.models import Account
from wasched.services.ports import Clock, Database
from wasched.services.server import after_restore

log = logging.getLogger(__name__)


def link_stores(sessions: Path) -> list[Path]:
    """The stores of all links in a session folder."""
    return sorted(sessions.glob("account-*.db"))


class KeptFiles:
    """The database and the links' stores: marked, and known again by it.

    No `file` stands for a database on a server, which nobody puts back by copying a file.
    """

    def __init__(self, file: Path | None, sessions: Path, database: Database, clock: Clock) -> None:
        self._file, self._sessions = file, sessions
        self._database, self._clock = database, clock
        self._turn = threading.Lock()
        self._changed: dict[Path, list[tuple[int, int]]] = {}  # as it was when last marked
        self._unready: set[Path] = set()  # put back, and could not be brought to new keys yet
        self._owed: set[Path] = set()  # looked at, and could not be marked yet

    def treat_put_back(self) -> None:
        """Treat each file that is not the one the worker left as a restore treats it.

        Called before anything is dialled or claimed; marks all files anew.
        """
        for store in link_stores(self._sessions):
            if self._was_put_back(store):
                self._begin_anew(store)
        if self._file and self._was_put_back(self._file):
            self._put_aside(self._file)
        for file in 2 * self._files():  # then no copy made before refers to what is beside
            self._mark(file)

    def mark_all(self) -> None:
        """Mark every file at a clean stop, after the lines have ended."""
        with self._turn:
            for file in 2 * self._files():
                self._mark_own(file)

    def mark_changed(self) -> None:
        """Mark what was written to since it was marked last; an idle link is left in peace."""
        with self._turn:
            for store in list(self._unready):
                self._begin_anew(store)
                if store not in self._unready:
                    self._mark(store)
            for file in self._files():
                if _changes(file) != self._changed.get(file):
                    self._mark_own(file)

    def _files(self) -> list[Path]:
        files = [*link_stores(self._sessions), *([self._file] if self._file else [])]
        return [file for file in files if file not in self._unready]

    def _was_put_back(self, file: Path) -> bool:
        try:
            return not marks.is_as_left(file)
        except (OSError, sqlite3.Error) as fault:
            log.warning("%s could not be looked at for its mark: %s", file.name, fault)
            return False

    def _begin_anew(self, store: Path) -> None:
        account = store.stem.removeprefix("account-")
        try:
            session_store.begin_anew(store, self._clock.now())
        except (OSError, sqlite3.Error) as fault:
            self._unready.add(store)
            log.error(
                "The link of account %s was put back from an older copy and cannot be given new "
                "keys: %s. Phones may drop what it sends until it can; it is tried every minute.",
                account,
                fault,
            )
            return
        self._unready.discard(store)
        log.warning(
            "The link of account %s was put back from an older copy. It agrees on new keys with "
            "everybody it writes to.",
            account,
        )

    def _put_aside(self, file: Path) -> None:
        now = self._clock.now()
        inside = marks.read_mark(file)

        def put_aside(session: Session) -> tuple[datetime, int, set[int | None]]:
            made_at = inside.at if inside else after_restore.last_beat(session) or now
            waiting = after_restore.put_aside(session, made_at, now, source="copy")
            return made_at, waiting, set(session.scalars(select(col(Account.id))))

        made_at, waiting, known = self._database.transaction(put_aside)
        log.warning("The database was put back from a copy of %s. %s", _day(made_at), _due(waiting))
        self._forget_strangers(known)

    def _forget_strangers(self, known: set[int | None]) -> None:
        """Delete links of accounts made after the copy: who gets their ids must not get those."""
        for store in link_stores(self._sessions):
            number = read_number(store.stem.removeprefix("account-"))
            if number is not None and number not in known:
                session_store.forget_store(store)
                log.warning("The link of account %s is of no account any more; link again", number)

    def _mark_own(self, file: Path) -> None:
        """Mark the file unless it was put there since the start; the next start then knows it."""
        if file in self._owed or not self._was_put_back(file):
            self._mark(file)
        else:
            log.warning("%s was replaced while the worker runs. Start the worker anew.", file.name)

    def _mark(self, file: Path) -> None:
        try:
            if file.stat().st_size:  # else the library is just making it
                marks.mark_file(file, self._clock.now())
            self._changed[file] = _changes(file)
            self._owed.discard(file)
        except (OSError, sqlite3.Error) as fault:  # gone, locked or full: the mark before holds
            log.info("%s could not be marked: %s; trying again", file.name, fault)
            self._owed.add(file)
            if not file.exists():
                marks.remove_beside(file)  # of a link that was ended just now


def _changes(file: Path) -> list[tuple[int, int]]:
    """When a file and SQLite's log of it were last written to, and how long they are."""
    found = []
    for path in (file, file.with_name(f"{file.name}-wal")):
        try:
            now = path.stat()
            found.append((now.st_mtime_ns, now.st_size))
        except FileNotFoundError:
            found.append((0, 0))
    return found


def _day(at: datetime) -> str:
    return f"{at:%d %B %Y, %H:%M} UTC"


def _due(waiting: int) -> str:
    if not waiting:
        return "Nothing fell due since."
    due = "1 message waits" if waiting == 1 else f"{waiting} messages wait"
    return f"{due} for you under Needs you: what fell due since may have gone out before."
