"""How late lone messages go, side by side with other queues on the same redis-server."""

import itertools
from pathlib import Path
from random import Random

from tests.bench.contenders import ALL, Wasched
from tests.bench.race import race


def test_lateness_of_lone_messages(tmp_path: Path, full: bool) -> None:
    rounds, count, lead_s, kinds = (2, 50, 6, ALL) if full else (1, 5, 4, (Wasched,))
    rng = Random(20261123)
    gaps = [rng.uniform(0.05, 0.15) for _ in range(count)]

    def instants(begin: float) -> list[float]:
        return list(itertools.accumulate(gaps, initial=begin))[1:]

    runs = race(tmp_path, rounds, lead_s, instants, kinds)

    print(f"\nlateness of {rounds * count} lone messages in ms     p50      p99      max")
    for name, of_one in runs.items():
        late = sorted(one for run in of_one for one in run.lateness)
        half, most = late[len(late) // 2], late[len(late) * 99 // 100 - 1]
        print(f"  {name:30} {half:10.1f} {most:8.1f} {late[-1]:8.1f}")
