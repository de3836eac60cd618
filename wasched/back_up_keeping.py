"""Back-ups that are kept in a place of their own: made, read back and checked, and cleared up."""

import getpass
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from wasched import db, keeping
from wasched.adapters import backups
from wasched.adapters.age_file import Source, opened_archive
from wasched.adapters.back_up_places import S3, BackUpPlace, newest_back_up, open_place
from wasched.adapters.backup_faults import BackupError, storage_faults_said
from wasched.config import Settings, read_settings
from wasched.domain import wall_clock
from wasched.domain.back_ups import back_up_name, back_ups_to_keep, made_at
from wasched.domain.errors import WaschedError
from wasched.services.server import kept_back_ups
from wasched.services.server.kept_back_ups import KeptBackUp

_TRIES = 3
"""How often somebody is asked for a passphrase."""


@dataclass(frozen=True)
class Rehearsal:
    """What a back-up has been shown to bring back; `made_at` is UTC."""

    made_at: datetime
    messages: int
    people: int
    links: int
    files: int
    took_s: float


def keep_back_up(found: Settings) -> str:
    """Make a back-up where BACKUP_TO says, check what is there, and delete those not kept longer.

    Returns its name. BackupError says what went wrong, which is noted for the pages as well; then
    older ones stay.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    _note(lambda session: kept_back_ups.note_begun(session, now))
    try:
        kept = _make(found, now)
    except WaschedError as fault:
        said = str(fault)
        _note(lambda session: kept_back_ups.note_failed(session, said, datetime.now(UTC)))
        raise
    where = found.back_ups.to
    _note(lambda session: kept_back_ups.note_kept(session, kept, where, now, datetime.now(UTC)))
    return kept[0].name


@contextmanager
def opened_back_up(found: Settings, where: str) -> Iterator[Source]:
    """A back-up from a file, from a folder or an s3:// address, of which the newest is taken.

    What is read is decrypted: with BACKUP_PASSPHRASE, else somebody is asked. BackupError if
    there is none.
    """
    with _source(found, where) as source:
        yield opened_archive(source, _passphrases(found.back_ups.passphrase))


def rehearse_restore(environ: Mapping[str, str], where: str) -> Rehearsal:
    """Restore a back-up into a folder that is thrown away; BackupError if that cannot be done."""
    found, begun = read_settings(environ), time.monotonic()
    with (
        storage_faults_said("The rehearsal failed.", found.data_path),
        TemporaryDirectory(prefix=".rehearsal-", dir=found.data_path) as folder,
        opened_back_up(found, where or found.back_ups.to) as source,
    ):
        data = Path(folder)
        places = {
            "DB_PATH": str(data / "app.db"),
            "SESSION_PATH": str(data / "session"),
            "MEDIA_PATH": str(data / "media"),
            "DATABASE_URL": "",
            "DATABASE_URL_FILE": "",
            "SESSION_DATABASE_URL": "",
            "MEDIA_TO": "",
        }
        with _process_uses(places):
            restored = keeping.restore_archive({**environ, **places}, source, replace=False)
        counts = _counts(data / "app.db")
        links = len(list((data / "session").glob("*.db")))
        files = sum(one.is_file() for one in (data / "media").rglob("*"))
        return Rehearsal(restored.made_at, *counts, links, files, time.monotonic() - begun)


@contextmanager
def _process_uses(places: Mapping[str, str]) -> Iterator[None]:
    """Have settings() of this process follow these variables while the block runs."""
    before = dict(os.environ)
    os.environ.update(places)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _make(found: Settings, now: datetime) -> Sequence[KeptBackUp]:
    """Make one; returns all that are there afterwards, the newest first."""
    plan = found.back_ups
    if not plan.to:
        raise BackupError("No back-up is kept by itself: BACKUP_TO does not say where.")
    place = open_place(plan)
    name = back_up_name(now, is_encrypted=bool(plan.passphrase))
    with keeping.archive_of(found, now) as chunks:
        place.put(name, chunks)
    _check(found, place, name)
    return _clear_up(place, wall_clock.zone(found.zone))


def _check(found: Settings, place: BackUpPlace, name: str) -> None:
    """Read back what was written; BackupError, and it is gone, unless a restore would take it."""
    data, tables = found.data_path, keeping.known_tables().keys()
    try:
        with (
            backups.one_at_a_time(data),
            backups.room_beside(data) as folder,
            place.opened(name) as source,
            storage_faults_said("The back-up cannot be checked.", data),
        ):
            plain = opened_archive(source, [found.back_ups.passphrase])
            backups.check_backup(plain, folder, tables)
    except BackupError as fault:
        with suppress(BackupError):
            place.remove(name)
        raise BackupError(f"It was written, but is no good where it lies: {fault}") from None


def _clear_up(place: BackUpPlace, zone: wall_clock.Zone) -> Sequence[KeptBackUp]:
    sizes = dict(place.sizes())
    times = {name: at for name in sizes if (at := made_at(name))}
    kept = back_ups_to_keep(times.values(), zone)
    for name in [one for one, at in times.items() if at not in kept]:
        place.remove(name)
        del times[name]
    newest_first = sorted(times, key=lambda name: times[name], reverse=True)
    return [KeptBackUp(name, sizes[name]) for name in newest_first]


@contextmanager
def _source(found: Settings, where: str) -> Iterator[Source]:
    if not where:
        raise BackupError("Say which back-up: a file, a folder, or s3://BUCKET/FOLDER.")
    folder, _, name = where.rpartition("/")
    if where.startswith(S3) and made_at(name):
        place = open_place(replace(found.back_ups, to=folder))
    elif where.startswith(S3) or Path(where).is_dir():
        place = open_place(replace(found.back_ups, to=where))
        name = newest_back_up(place, where)
    else:
        with _file(where) as file:
            yield file
        return
    with place.opened(name) as source:
        yield source


@contextmanager
def _file(where: str) -> Iterator[Source]:
    if where == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(where).open("rb")  # noqa: SIM115 - faults of the block are none of this
    except OSError as fault:
        raise BackupError(f"{where} cannot be opened: {fault.strerror}.") from None
    with file:
        yield file


def _passphrases(known: str) -> Iterator[str]:
    """The one that is set, then what somebody types."""
    if known:
        yield known
    _need_terminal()
    for _ in range(_TRIES):
        yield getpass.getpass("The passphrase of this back-up: ")


def _need_terminal() -> None:
    """BackupError where nobody can be asked: getpass would read the archive on stdin instead."""
    try:
        Path("/dev/tty").open("rb").close()
    except OSError:
        raise BackupError(
            "The back-up is encrypted. Give its passphrase in BACKUP_PASSPHRASE, or name a file "
            "that holds it in BACKUP_PASSPHRASE_FILE. Nothing was changed."
        ) from None


def _counts(database: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(database)) as restored:
        tables = ("message", "recipient")
        one, two = (
            restored.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
        )
    return one, two


def _note(note: Callable[[Session], None]) -> None:
    """Tell the pages; a back-up is as good where that cannot be written down."""
    with suppress(SQLAlchemyError):
        db.transaction(note)
