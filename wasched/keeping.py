"""Back-up and restore of one server, as the shell asks for them."""

import errno
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO

from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel

from wasched import beside_keeping, database_keeping, db, put_back
from wasched.adapters import age_file, archive_check, backups, damage_note, folder_lock, marks
from wasched.adapters.age_file import Source
from wasched.adapters.archive_writer import archive_chunks
from wasched.adapters.backup_faults import BackupError, DamagedDatabaseError, storage_faults_said
from wasched.adapters.backups import Elsewhere, Places
from wasched.adapters.whatsapp import session_store
from wasched.adapters.whole_file import new_file
from wasched.config import Settings, read_settings
from wasched.db.programs import refuse_running
from wasched.db.server_faults import server_faults_said
from wasched.models import Program
from wasched.services.server import after_restore, kept_back_ups, shared_secret
from wasched.services.server_stop import ServerStop

log = logging.getLogger(__name__)


def back_up_to(found: Settings, file: Path) -> None:
    """Write an archive into a new file, which has its name once it is whole; BackupError else."""
    with new_file(file) as target:
        back_up(found, target)


def back_up(found: Settings, target: IO[bytes]) -> None:
    """Write an archive of the server while it runs; BackupError if it cannot be."""
    now = datetime.now(UTC)
    with (
        archive_of(found, now) as chunks,
        storage_faults_said("The back-up is not whole.", "the place where it goes"),
    ):
        for chunk in chunks:
            target.write(chunk)
        _flush_to_disk(target)
    _note(found, now)


@contextmanager
def archive_of(found: Settings, now: datetime) -> Iterator[Iterator[bytes]]:
    """The archive of a server, a piece at a time, encrypted where a passphrase is set.

    One at a time on this server. BackupError before the first piece, as `back_up` says.
    """
    places, tables = places_of(found), known_tables().keys()
    with (
        backups.one_at_a_time(found.data_path),
        database_keeping.source_of(found) as source,
        _damage_noted(places.database, now),
        backups.staged_files(places, source, tables, _elsewhere(found)) as files,
    ):
        chunks, passphrase = archive_chunks(files, now), found.back_ups.passphrase
        yield age_file.encrypted(chunks, passphrase) if passphrase else chunks


def _elsewhere(found: Settings) -> Elsewhere:
    """What of a server is no file of this machine."""
    return Elsewhere(
        partial(beside_keeping.export_links, found) if found.session_database_url else None,
        partial(beside_keeping.stored_files, found) if found.media_to else None,
    )


def _put_elsewhere(found: Settings, staged: Path) -> None:
    """Put what an archive holds where it is kept, if that is no folder of this machine."""
    if found.session_database_url:
        beside_keeping.replace_links(found, staged / "session", datetime.now(UTC))
        shutil.rmtree(staged / "session", ignore_errors=True)
    if found.media_to:
        beside_keeping.put_files(found, staged / "media", log.info)
        shutil.rmtree(staged / "media", ignore_errors=True)


@contextmanager
def _damage_noted(database: Path, now: datetime) -> Iterator[None]:
    try:
        yield
    except DamagedDatabaseError as fault:
        damage_note.of_database(database).add(fault.what, now)
        raise


@dataclass(frozen=True)
class Restored:
    """What was restored: of when it is (UTC), and how many messages wait for a person."""

    made_at: datetime
    waiting: int


def restore_archive(environ: Mapping[str, str], source: Source, *, replace: bool) -> Restored:
    """Put an archive, decrypted, in the place of the server's data.

    BackupError, with everything as it was, if the archive is damaged, if there is a database
    already and `replace` is not said, or if a worker still runs.
    """
    found = read_settings(environ)
    places, target = places_of(found), database_keeping.target_of(found)
    target.refuse_others(replace=replace)
    target.refuse_running()
    folder_lock.hold_folder(places.sessions)
    with storage_faults_said("Nothing was changed.", places.database.parent):
        places.database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        staged = Path(tempfile.mkdtemp(prefix=".restore-", dir=places.database.parent))
    try:
        with storage_faults_said("Nothing was changed.", places.database.parent):
            made_at = backups.unpack_backup(source, staged, known_tables().keys())
            backups.check_room_for(staged, places)
            waiting = _prepare(staged, made_at, target.stopped(), target.server_stop())
        is_put = target.put(staged / "data" / "app.db")  # all of it, or nothing was changed
        for session in places.sessions.glob("*.db"):
            session_store.forget_store(
                session
            )  # else a later account of that number would take it up
        _put_elsewhere(found, staged)
        backups.move_in(staged, places, with_database=not is_put)
        marks.remove_beside(places.database)  # of what was there; what came has no mark
    finally:
        shutil.rmtree(staged)
    damage_note.of_database(places.database).clear()
    damage_note.of_links(places.database).clear()
    places.database.with_name("queue.db").unlink(missing_ok=True)
    return Restored(made_at, waiting)


def say_put_back(environ: Mapping[str, str]) -> None:
    """Let the next start treat all files as put back; ConfigError while a worker runs.

    For what no mark can tell: the snapshot of a machine, or the image of a disk.
    """
    found = read_settings(environ)
    folder_lock.hold_folder(found.session_path)
    files = [*put_back.link_stores(found.session_path), found.db_path]
    for file in files[:-1] if found.is_on_a_server else files:
        marks.spoil_mark(file)
    if found.is_on_a_server:
        _put_server_aside(found)


def _put_server_aside(found: Settings) -> None:
    """A server's database tells nobody that it is an older one, so it is treated at once."""
    engine, now = db.make_engine(found.database_url), datetime.now(UTC)

    def put_aside(session: Session) -> None:
        made_at = after_restore.last_beat(session) or now
        after_restore.put_aside(session, made_at, now, source="copy")

    with server_faults_said(engine, "Nothing was changed."):
        with engine.connect() as connection:
            refuse_running(connection, "Nothing was changed.")
        db.Database(engine).transaction(put_aside)
    engine.dispose()
    beside_keeping.begin_links_anew(found, now)


def forget_secret(found: Settings) -> bool:
    """Let the next start settle the secret of a database that machines share; False if none is."""
    engine = db.make_engine(found.database_url)
    try:
        return db.Database(engine).transaction(shared_secret.forget_secret)
    finally:
        engine.dispose()


def _flush_to_disk(target: IO[bytes]) -> None:
    target.flush()
    try:
        os.fsync(target.fileno())
    except OSError as fault:
        if fault.errno not in (None, errno.EINVAL):  # a pipe, or no file at all
            raise


def _note(found: Settings, now: datetime) -> None:
    """Tell the pages of it; an archive is as good where that cannot be written down."""
    engine = db.make_engine(found.database_url)
    with suppress(SQLAlchemyError):
        db.Database(engine).transaction(partial(kept_back_ups.note_back_up, now=now))
    engine.dispose()


def places_of(found: Settings) -> Places:
    """Where a server keeps what is worth keeping."""
    secret = found.data_path / "secret_key"
    return Places(found.db_path, secret, found.session_path, found.media_path)


def known_tables() -> dict[str, set[str]]:
    """The columns of every table that this version has."""
    import wasched.models  # noqa: F401 - the tables register themselves

    return {name: set(table.columns.keys()) for name, table in SQLModel.metadata.tables.items()}


def _prepare(
    staged: Path,
    made_at: datetime,
    stopped: list[after_restore.RestoredCounts],
    whole: ServerStop | None,
) -> int:
    """Let nothing old of an archive go out; BackupError for what cannot be done with it."""
    database = staged / "data" / "app.db"
    try:
        waiting = _put_aside(database, made_at, stopped, whole)
        for session in (staged / "session").glob("*.db"):
            session_store.forget_ratchets(session)
            marks.forget_mark(session)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as fault:
        raise BackupError(
            f"Nothing was changed: the archive holds what cannot be read ({fault}). Take another."
        ) from None
    return waiting


def _put_aside(
    database: Path,
    made_at: datetime,
    stopped: list[after_restore.RestoredCounts],
    whole: ServerStop | None,
) -> int:
    """Bring the archive's database up to date and let nothing old go out, before it is used."""
    # settings() of this process follow these from here on
    os.environ.update({"DB_PATH": str(database), "DATABASE_URL": "", "DATABASE_URL_FILE": ""})
    db.upgrade(keeps_copy=False)  # the archive is one
    archive_check.check_columns(database, known_tables())

    def put_aside(session: Session) -> int:
        session.execute(delete(Program))  # they use another database than this one
        waiting = after_restore.put_aside(session, made_at, datetime.now(UTC))
        after_restore.keep_stops(session, stopped)
        after_restore.keep_server_stop(session, whole)
        return waiting

    waiting = db.transaction(put_aside)
    db.engine().dispose()  # the last connection writes the log of the database back into it
    marks.forget_mark(database)
    return waiting
