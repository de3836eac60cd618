"""Where a back-up reads the database from, and where a restore puts it: a file, or a server."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from wasched import db
from wasched.adapters.backup_faults import BackupError
from wasched.adapters.backups import DatabaseSource, file_source
from wasched.config import Settings
from wasched.db import move_target, server_copy
from wasched.db.programs import refuse_running
from wasched.db.server_faults import server_faults_said, where_of
from wasched.services import server_stop
from wasched.services.server.after_restore import RestoredCounts
from wasched.services.server_stop import ServerStop

_UNREADABLE = (sqlite3.Error, SQLAlchemyError, ValueError)
_STOPPED = "SELECT * FROM account WHERE paused_at IS NOT NULL"
_SETTING = "SELECT value FROM setting WHERE name = :name"


@contextmanager
def source_of(found: Settings) -> Iterator[DatabaseSource]:
    """What writes the server's database into a file; BackupError if there is none."""
    if not found.is_on_a_server:
        yield _file_source(found.db_path)
        return
    server = db.make_engine(found.database_url)
    try:
        yield _server_source(server)
    finally:
        server.dispose()


def target_of(found: Settings) -> "RestoreTarget":
    """The database that a restore is for."""
    return _Server(found) if found.is_on_a_server else _File(found)


class RestoreTarget(ABC):
    """What a restore does with the database that is there."""

    @abstractmethod
    def refuse_running(self) -> None:
        """UnusableDatabaseError while an api or a worker uses it."""

    @abstractmethod
    def put(self, file: Path) -> bool:
        """Put what is in an archive's file in its place, and the secret that lies beside it.

        All of it or nothing; False, and nothing was done, if the files themselves take the place.
        """

    @abstractmethod
    def refuse_others(self, *, replace: bool) -> None:
        """BackupError if there is one already and nobody said that it may be lost."""

    @abstractmethod
    def _read(self, query: str, **values: str) -> list[dict[str, Any]]:
        """Rows of a database of any version."""

    def stopped(self) -> list[RestoredCounts]:
        """What a person had stopped in it; nothing where it cannot be read."""
        with suppress(*_UNREADABLE):
            return [_held(row) for row in self._read(_STOPPED)]
        return []

    def server_stop(self) -> ServerStop | None:
        """The same of the whole server."""
        with suppress(*_UNREADABLE):
            for row in self._read(_SETTING, name=server_stop.NAME):
                return server_stop.read_server_stop(row["value"])
        return None


class _File(RestoreTarget):
    def __init__(self, found: Settings) -> None:
        self._file = found.db_path

    def refuse_others(self, *, replace: bool) -> None:
        if self._file.exists() and not replace:
            raise BackupError(
                db.moved_sentence(self._file)
                or f"There is a database at {self._file} already. Say --replace to lose it."
            )

    def refuse_running(self) -> None:
        if self._file.exists():
            engine = db.make_engine(f"sqlite:///{self._file}")
            with suppress(SQLAlchemyError):  # of one that is damaged nobody can tell
                _refuse_running(engine)

    def put(self, _file: Path) -> bool:
        return False

    def _read(self, query: str, **values: str) -> list[dict[str, Any]]:
        if not self._file.exists():
            return []
        with closing(sqlite3.connect(self._file)) as old:
            old.row_factory = sqlite3.Row
            return [dict(row) for row in old.execute(query, values)]


class _Server(RestoreTarget):
    def __init__(self, found: Settings) -> None:
        self._engine = db.make_engine(found.database_url)

    def refuse_others(self, *, replace: bool) -> None:
        where = where_of(self._engine)
        with server_faults_said(self._engine, "Nothing was changed."):
            is_used = move_target.holds_server(self._engine)
        if is_used and not replace:
            raise BackupError(f"There is a server in {where} already. Say --replace to lose it.")

    def refuse_running(self) -> None:
        with server_faults_said(self._engine, "Nothing was changed."):
            _refuse_running(self._engine)

    def put(self, file: Path) -> bool:
        secret = file.with_name("secret_key")
        kept = secret.read_text(encoding="ascii").strip() if secret.exists() else ""
        server_copy.put_file(file, self._engine, kept)
        self._engine.dispose()
        return True

    def _read(self, query: str, **values: str) -> list[dict[str, Any]]:
        with self._engine.connect().execution_options(readonly=True) as old:
            return [dict(row) for row in old.execute(text(query), values).mappings()]


def _refuse_running(engine: Engine) -> None:
    try:
        with engine.connect().execution_options(readonly=True) as connection:
            refuse_running(connection, "Nothing was changed.")
    finally:
        engine.dispose()


def _file_source(file: Path) -> DatabaseSource:
    if not file.exists():
        raise BackupError(f"There is no database at {file} to back up.")
    if elsewhere := db.moved_sentence(file):
        raise BackupError(elsewhere)
    return file_source(file)


def _server_source(server: Engine) -> DatabaseSource:
    with server_faults_said(server, "No back-up was written."):
        if not db.version_of(server):
            raise BackupError(f"There is no server in {where_of(server)} to back up.")
        return DatabaseSource(
            partial(_write, server), server_copy.size_of(server), move_target.kept_secret(server)
        )


def _write(server: Engine, file: Path) -> str:
    server_copy.write_file(server, file)
    return ""  # what a server keeps it looks after itself


def _held(row: dict[str, Any]) -> RestoredCounts:
    made, at = (_instant(row[name]) for name in ("created_at", "paused_at"))
    return RestoredCounts(row["id"], made, at, row.get("paused_by_id"))


def _instant(kept: str | datetime) -> datetime:
    return (datetime.fromisoformat(kept) if isinstance(kept, str) else kept).replace(tzinfo=UTC)
