"""Pages of 4 KB of a real database file, overwritten as a bad disk or cable would."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random

PAGE = 4096


def overwrite_some(file: Path, seed: int, count: int = 5) -> None:
    """Overwrite so many pages, whichever the seed says."""
    pages = Random(seed).sample(range(1, file.stat().st_size // PAGE + 1), count)
    overwrite(file, pages, seed)


def overwrite_table(file: Path, name: str) -> None:
    """Overwrite the root of one table or index, so that only who reads it meets the damage."""
    query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    with closing(sqlite3.connect(file)) as connection:
        [(page,)] = connection.execute(query, (name,)).fetchall()
    overwrite(file, [page], seed=1)


def overwrite(file: Path, pages: Iterable[int], seed: int) -> None:
    """Overwrite these pages, the first of which is 1, with noise."""
    noise = Random(seed)
    with file.open("r+b") as opened:
        for page in pages:
            opened.seek((page - 1) * PAGE)
            opened.write(noise.randbytes(PAGE))
