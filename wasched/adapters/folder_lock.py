"""Who works on a session folder: locks that end with the process, and names that stay."""

import fcntl
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from wasched.domain.errors import ConfigError

SEATS = 64
"""So many workers may share a folder; it is far more than one machine carries."""

_held: list[int] = []


@dataclass(frozen=True)
class Seat:
    """A worker's place in its session folder: its lasting name, and which place it is, from 1."""

    name: str
    number: int


def hold_folder(folder: Path) -> str:
    """Lock the folder for this process alone and return the worker's lasting name.

    A worker that is started again on the same folder has the same name, and so takes up its
    own leases at once. ConfigError when another process holds the folder or it cannot be used.
    """
    locks = [_lock(path) for path in (_path_of(folder, 1), *folder.glob("worker-*.lock"))]
    handles = [one for one in locks if one is not None]
    _held.extend(handles)
    if len(handles) < len(locks):
        raise ConfigError(
            f"Another worker uses the session folder {folder}. Stop it, or set SESSION_PATH."
        )
    return _name(handles[0])


def hold_seat(folder: Path) -> Seat:
    """Lock the first free place in a folder that several workers may share.

    ConfigError when the folder cannot be used.
    """
    for number in range(1, SEATS + 1):
        handle = _lock(_path_of(folder, number))
        if handle is not None:
            _held.append(handle)
            return Seat(_name(handle), number)
    raise ConfigError(f"{SEATS} workers use the session folder {folder}. Set SESSION_PATH.")


def hold_database(folder: Path) -> None:
    """Lock the folder of an SQLite database for the one worker that it may have.

    ConfigError when another process is that worker.
    """
    handle = _lock(folder / "database.lock")
    if handle is None:
        raise ConfigError(
            f"Another worker uses the database in {folder}. With SQLite there is one worker: stop "
            "it, or set DATABASE_URL to a PostgreSQL, which several may share."
        )
    _held.append(handle)


def _path_of(folder: Path, number: int) -> Path:
    return folder / ("worker.lock" if number == 1 else f"worker-{number}.lock")


def _lock(path: Path) -> int | None:
    """Hold a file; None if another process does. ConfigError if it cannot be used."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise ConfigError(
            f"The session folder {path.parent} cannot be used: {fault}. Make it writable for this "
            "user."
        ) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def _name(handle: int) -> str:
    name = os.pread(handle, 100, 0).decode("ascii", "replace").strip()
    if not name:
        name = uuid.uuid4().hex
        os.pwrite(handle, name.encode(), 0)
        os.fsync(handle)
    return name
