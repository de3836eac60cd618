"""How fast a burst drains that is due at one instant, side by side with other queues."""

import statistics
from pathlib import Path

from tests.bench.contenders import ALL, BullMq, OnPostgresqlByTwo, PlainHuey
from tests.bench.race import Run, race

SMALL = (BullMq, PlainHuey, OnPostgresqlByTwo)  # test_lateness.py has ours on SQLite


def test_burst_due_at_one_instant(tmp_path: Path, full: bool) -> None:
    rounds, count, lead_s, kinds = (2, 10_000, 9, ALL) if full else (1, 20, 6, SMALL)
    runs = race(tmp_path, rounds, lead_s, lambda begin: [begin] * count, kinds)

    ours = _rate(next(iter(runs.values())))
    head = f"burst of {count:,}, {rounds} rounds"
    print(f"\n{head:32} first ms  a second  ours : theirs  CPU µs each")
    for name, of_one in runs.items():
        first = statistics.mean(run.lateness[0] for run in of_one)
        rate, work = _rate(of_one), statistics.mean(run.cpu_s for run in of_one) / count * 1e6
        print(f"  {name:30} {first:8.1f} {rate:9,.0f} {ours / rate:14.2f} {work:12.0f}")


def _rate(runs: list[Run]) -> float:
    """Messages a second, from the instant they are due to the last end told."""
    return sum(len(run.sent) for run in runs) / sum(run.told_at - run.sent[0][0] for run in runs)
