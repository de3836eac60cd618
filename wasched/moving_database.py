"""A server's data from SQLite's file to PostgreSQL, as the shell asks for it.

Cut off at any moment, it goes on where it was: rows are copied in the order of their keys, and the
last one that is there tells where. The old database is marked as moved once all has been compared
with it, and the new one can be used only after that: no two ever send.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, Table

from wasched import beside_keeping, db
from wasched.adapters import archive_check, folder_lock
from wasched.adapters.backup_faults import storage_faults_said
from wasched.config import Settings, read_settings
from wasched.db import bulk_sqlite, move_target, table_copy
from wasched.db.dialects import dialect_of
from wasched.db.moved import Moved, mark_moved, moved_sentence, read_moved
from wasched.db.programs import refuse_running
from wasched.db.server_faults import server_faults_said, where_of
from wasched.domain.errors import WaschedError
from wasched.services.files import uploads

_WORTH_TELLING = 10_000  # rows of a table
_AGAIN = "The SQLite file is as it was. Then try again: it goes on where it was."

Say = Callable[[str], None]
"""Hears a sentence about what is being done."""


@dataclass(frozen=True)
class Moving:
    """What was moved where."""

    rows: int
    cleaned: int  # texts that held what PostgreSQL does not keep
    source: Path
    target: str


class MoveError(WaschedError):
    """The data cannot be moved; says what to do."""


def migrate_database(environ: Mapping[str, str], say: Say) -> Moving:
    """Move all that the SQLite file at DB_PATH holds into the database of DATABASE_URL.

    Links go where links are kept then, and attached files to MEDIA_TO if that is set. A
    WaschedError, with the SQLite file as it was, if it runs still, is of another version or
    damaged, or if the target holds something else.
    """
    found = read_settings(environ)
    _refuse_settings(found)
    folder_lock.hold_folder(found.session_path)
    source, target = (
        db.make_engine(f"sqlite:///{found.db_path}"),
        db.make_engine(found.database_url),
    )
    try:
        with server_faults_said(target, _AGAIN), dialect_of(target).upgrade_turn(target):
            return _Move(found, source, target, say).run()
    finally:
        source.dispose()
        target.dispose()


class _Move:
    def __init__(self, found: Settings, source: Engine, target: Engine, say: Say) -> None:
        self._found, self._source, self._target, self._say = found, source, target, say
        self._tables = table_copy.own_tables()
        self._steps, self._step = 5 + bool(found.media_to), 0

    def run(self) -> Moving:
        state = _state_of(self._found.db_path)
        with self._source.connect() as source, self._turn_held(source):
            if moved := read_moved(self._found.db_path):
                return self._finish_marked(moved)
            cleaned = bulk_sqlite.read_cleaned(source)
            self._check_source(source)
            self._copy(source, state)
            before = cleaned()
            rows = self._compare(source)  # which reads each text once more
            found = cleaned() - before
            self._move_beside()
            mark_moved(source, Moved(where_of(self._target), datetime.now(UTC), state))
            source.commit()  # from here on it starts no more, and the other one is not used yet
        self._finish()
        return self._moved(rows, found)

    @contextmanager
    def _turn_held(self, source: Connection) -> Iterator[None]:
        """Let nobody write to the file meanwhile; a MoveError while somebody else does."""
        with storage_faults_said("Nothing was moved.", self._found.data_path):
            source.begin()
        yield

    def _check_source(self, source: Connection) -> None:
        self._next("Looking whether the SQLite file is whole")
        _refuse_version(source, self._found.db_path)
        refuse_running(source, "Nothing was moved.")
        _refuse_damage(self._found.db_path, {one.name for one in self._tables})

    def _copy(self, source: Connection, state: str) -> None:
        self._next("Copying the rows")
        if move_target.begin_target(self._target, state):
            self._say("It goes on where it was cut off.")
        for table, tell in self._each_table(source):
            table_copy.copy_in_batches(source, self._target, table, tell)
        self._next("Making indexes and references")
        for table, _tell in self._each_table(source):
            with self._target.begin() as target:
                table_copy.add_indexes(target, table)
        for table in self._tables:  # once all have their keys
            with self._target.begin() as target:
                table_copy.add_references(target, table)
        with self._target.begin() as target:
            table_copy.go_on_counting(source, target)

    def _compare(self, source: Connection) -> int:
        self._next("Comparing every row")
        rows = 0
        with self._target.connect().execution_options(readonly=True) as target:
            table_copy.keep_reading(target)
            for table, tell in self._each_table(source):
                rows += table_copy.compare_table(source, target, table, tell)
        return rows

    def _move_beside(self) -> None:
        self._next("Moving the links")
        beside_keeping.put_links(self._found, self._found.session_path, self._say)
        if self._found.media_to:
            self._next("Copying attached files")
            tokens = db.Database(self._source).answer(uploads.open_tokens)
            beside_keeping.put_files(self._found, self._found.media_path, self._say, tokens)

    def _finish_marked(self, moved: Moved) -> Moving:
        """It was cut off after its very last look at the rows, or went elsewhere before."""
        if not move_target.is_unfinished(self._target, moved.state):
            raise MoveError(moved_sentence(self._found.db_path))
        with self._target.connect() as target:
            rows = sum(table_copy.count_rows(target, one) for one in self._tables)
        self._finish()
        return self._moved(rows, 0)

    def _finish(self) -> None:
        secret = self._found.data_path / "secret_key"
        with self._target.begin() as target:
            if secret.exists():
                move_target.keep_secret(target, secret.read_text(encoding="ascii").strip())
            move_target.finish_target(target)

    def _moved(self, rows: int, cleaned: int) -> Moving:
        return Moving(rows, cleaned, self._found.db_path, where_of(self._target))

    def _next(self, what: str) -> None:
        self._step += 1
        self._say(f"Step {self._step} of {self._steps}: {what}.")

    def _each_table(self, source: Connection) -> Iterator[tuple[Table, table_copy.Tell]]:
        """Each table, and what says how far it is where that takes longer than a moment."""
        for table in self._tables:
            whole = table_copy.count_rows(source, table)
            yield table, partial(self._tell, table.name, whole)

    def _tell(self, name: str, whole: int, rows: int) -> None:
        if whole > _WORTH_TELLING:
            self._say(f"  {name}: {rows:,} of {whole:,} rows")


def _refuse_settings(found: Settings) -> None:
    if not found.is_on_a_server:
        raise MoveError(
            "Say where to: set DATABASE_URL to postgresql://USER:PASSWORD@HOST/DATABASE, an empty "
            "database. DB_PATH says where the SQLite file is."
        )
    if not found.db_path.exists():
        raise MoveError(f"There is no SQLite file at {found.db_path}. Say by DB_PATH where it is.")


def _refuse_version(source: Connection, file: Path) -> None:
    version = db.version_in(source)
    if not version:
        raise MoveError(f"{file} is no database of wasched's. Say by DB_PATH where that is.")
    if db.steps_from(version):
        raise MoveError(
            f"{file} is of an older version ({version}; this one is {db.HEAD}). Start wasched on "
            "it once without DATABASE_URL, so that it is upgraded; then try again."
        )
    if version != db.HEAD:
        raise MoveError(
            f"{file} was made by a newer wasched ({version}; this one is {db.HEAD}). Move it with "
            "that version."
        )


def _refuse_damage(file: Path, known: set[str]) -> None:
    with storage_faults_said("Nothing was moved.", file.parent):
        if wrong := archive_check.damage_in_whole(file):
            raise MoveError(f"{file} is damaged ({wrong}). Restore a back-up, and move that.")
        if strange := archive_check.strange_in(file, known):
            raise MoveError(
                f"{file} holds {strange}, which is not wasched's and would stay behind. Remove it, "
                "then try again."
            )


def _state_of(file: Path) -> str:
    """What is another one as soon as anybody has written to the file."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = file.stat()
    return f"{db.HEAD} {found.st_ino} {found.st_size} {found.st_mtime_ns}"
