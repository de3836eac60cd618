"""How late lone messages go, side by side with other queues on the same redis-server."""

import itertools
from pathlib import Path
from random import Random

import pytest

from tests.bench.race import race

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

ROUNDS, EACH = 2, 50


def test_lateness_of_lone_messages(tmp_path: Path) -> None:
    rng = Random(20261123)
    gaps = [rng.uniform(0.05, 0.15) for _ in range(EACH)]

    runs = race(
        tmp_path, ROUNDS, 6, lambda begin: list(itertools.accumulate(gaps, initial=begin))[1:]
    )

    print(f"\nlateness of {ROUNDS * EACH} lone messages in ms     p50      p99      max")
    for name, of_one in runs.items():
        late = sorted(one for run in of_one for one in run.lateness)
        half, most = late[len(late) // 2], late[len(late) * 99 // 100 - 1]
        print(f"  {name:30} {half:10.1f} {most:8.1f} {late[-1]:8.1f}")
