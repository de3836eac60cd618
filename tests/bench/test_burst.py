"""How fast a burst drains that is due at one instant, side by side with other queues."""

import statistics
from pathlib import Path

import pytest

from tests.bench.race import Run, race

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

ROUNDS, BURST = 2, 10_000


def test_burst_due_at_one_instant(tmp_path: Path) -> None:
    runs = race(tmp_path, ROUNDS, 9, lambda begin: [begin] * BURST)

    ours = _rate(next(iter(runs.values())))
    print(
        f"\nburst of {BURST:,}, {ROUNDS} rounds     first ms  a second  ours : theirs  CPU µs each"
    )
    for name, of_one in runs.items():
        first = statistics.mean(run.lateness[0] for run in of_one)
        rate, work = _rate(of_one), statistics.mean(run.cpu_s for run in of_one) / BURST * 1e6
        print(f"  {name:25} {first:8.1f} {rate:9,.0f} {ours / rate:14.2f} {work:12.0f}")


def _rate(runs: list[Run]) -> float:
    """Messages a second, from the instant they are due to the last end told."""
    return sum(len(run.sent) for run in runs) / sum(run.told_at - run.sent[0][0] for run in runs)
