"""Folders that are gone as soon as whoever made them is, however that ends."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Its stdin ends with the maker's life, be it by SIGKILL: only another process can clean up then.
_SWEEPER = ("/bin/sh", "-c", 'cat; rm -rf -- "$1"', "sweeper")


@contextmanager
def throwaway_folder(prefix: str) -> Iterator[Path]:
    """A new temporary folder; it is removed when the block or this process ends, even by a kill."""
    folder = tempfile.mkdtemp(prefix=prefix)
    with subprocess.Popen(
        [*_SWEEPER, folder],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # a Ctrl-C is not for it
    ):
        yield Path(folder)
