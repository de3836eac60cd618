"""Who may read what the server keeps: its own user, and nobody else."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from wasched.private import UMASK


def make_private(*places: Path) -> None:
    """Take from others what files, folders and all below them let others do.

    What belongs to another user is left as it is, and stays in `wide()`.
    """
    for path in open_modes(*places):
        with suppress(OSError):
            path.chmod(_mode(path) & ~UMASK)


def open_modes(*places: Path) -> Iterator[Path]:
    """What is there that others may read, write or enter; nothing of what cannot be looked at."""
    for place in places:
        if is_wide(place):
            yield place
        for folder, names, files in os.walk(place):
            yield from filter(is_wide, (Path(folder, name) for name in (*names, *files)))


def is_wide(path: Path) -> bool:
    """True if others may read, write or enter it."""
    with suppress(OSError):
        return not path.is_symlink() and bool(_mode(path) & UMASK)
    return False


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)
