"""What a table of batches would give to lists and the month, and what it would cost each step."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from tests.bench import batch_table
from tests.bench.library import NOW, build
from tests.bench.test_rows import FIRST

TIMES = 15


def test_a_table_of_batches(tmp_path: Path, full: bool) -> None:
    path = tmp_path / "library.db"
    build(path, 1_000_000 if full else 1_000).dispose()
    found: dict[str, list[float]] = {}
    with closing(sqlite3.connect(path)) as connection:
        for place, change in enumerate(("", batch_table.KEY, batch_table.tallies())):
            size, begun = path.stat().st_size, time.process_time()
            connection.executescript(f"BEGIN; {change} COMMIT; PRAGMA wal_checkpoint(TRUNCATE);")
            found.setdefault("to upgrade, s", []).append(time.process_time() - begun)
            found.setdefault("larger, MB", []).append((path.stat().st_size - size) / 1e6)
            _ask(connection, place, found)
    print(f"\nprocessor, ms, the median of {TIMES}    messages        key    tallies")
    for name, figures in found.items():
        print(f"  {name:34}" + "".join(f" {one:10.2f}" for one in figures))


def _ask(connection: sqlite3.Connection, place: int, found: dict[str, list[float]]) -> None:
    """Ask every question of one of the three, and step some messages on."""
    begin = datetime.combine(FIRST, NOW.timetz())
    end = begin + timedelta(days=42)
    span = {"since": _stored(begin), "until": _stored(end), "now": _stored(NOW)}
    for name, statements in batch_table.QUESTIONS.items():
        asked = statements[place]
        took = _median(lambda asked=asked: connection.execute(asked, span).fetchall())
        found.setdefault(name, []).append(took)
    waiting = "SELECT id FROM message WHERE status = 'scheduled' ORDER BY due_at LIMIT 500"
    ids = [row[0] for row in connection.execute(waiting)]
    took = _median(lambda: batch_table.step(connection, ids))
    found.setdefault("a step of a message, µs", []).append(took * 1e3 / max(1, 2 * len(ids)))


def _median(deed: Callable[[], object]) -> float:
    """Milliseconds of the processor: what else the machine does is left out."""
    times = []
    for _ in range(TIMES):
        begun = time.thread_time()
        deed()
        times.append((time.thread_time() - begun) * 1e3)
    return sorted(times)[TIMES // 2]


def _stored(at: datetime) -> str:
    """An instant as a column has it."""
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"
