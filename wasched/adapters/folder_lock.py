"""One worker a session folder: a lock that ends with the process, and a name that stays."""

import fcntl
import os
import uuid
from pathlib import Path

from wasched.domain.errors import ConfigError

_held: list[int] = []


def hold_folder(folder: Path) -> str:
    """Lock the folder for this process and return the worker's lasting name.

    A worker that is started again on the same folder has the same name, and so takes up its
    own leases at once. ConfigError when another process holds the folder or it cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / "worker.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise ConfigError(
            f"The session folder {folder} cannot be used: {fault}. Make it writable for this user."
        ) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ConfigError(
            f"Another worker uses the session folder {folder}. Stop it, or set SESSION_PATH."
        ) from None
    _held.append(handle)
    return _name(handle)


def _name(handle: int) -> str:
    name = os.pread(handle, 100, 0).decode("ascii", "replace").strip()
    if not name:
        name = uuid.uuid4().hex
        os.pwrite(handle, name.encode(), 0)
        os.fsync(handle)
    return name
