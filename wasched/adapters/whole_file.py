"""A new file that is there whole, or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from wasched.adapters.backup_faults import BackupError, storage_faults_said


@contextmanager
def new_file(file: Path) -> Iterator[IO[bytes]]:
    """A file that bears its name only once it is whole; one that is there already is left alone."""
    if file.exists():
        raise BackupError(f"There is a file {file} already. Give the back-up another name.")
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    with storage_faults_said("No back-up was written.", file.parent):
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as target:
                yield target
                target.flush()
                os.fsync(target.fileno())
            part.rename(file)
        finally:
            part.unlink(missing_ok=True)
