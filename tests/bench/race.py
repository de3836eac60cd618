"""One contender after another, round by round, so that all share the machine's noise."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from redis import StrictRedis

from tests.bench.contenders import ALL, Contender
from tests.product import Redis, until


@dataclass(frozen=True)
class Run:
    """One contender's messages: due and handed over (seconds since 1970), and when all was told.

    `told_at` is when the commit of the last end was seen from outside, `cpu_s` what its processes
    worked from the first instant until then.
    """

    sent: list[tuple[float, float]]
    told_at: float
    cpu_s: float

    @property
    def lateness(self) -> list[float]:
        """How late each message was handed over, in milliseconds, sorted."""
        return sorted((sent - due) * 1000 for due, sent in self.sent)


def race(
    folder: Path,
    rounds: int,
    lead_s: float,
    instants: Callable[[float], list[float]],
    kinds: Sequence[type[Contender]] = ALL,
) -> dict[str, list[Run]]:
    """Let each contender send messages for the instants that follow from a beginning.

    They are given their messages so many seconds before it.
    """
    redis = Redis(folder / "redis")
    redis.start()
    runs: dict[str, list[Run]] = defaultdict(list)
    try:
        for number in range(rounds):
            for kind in kinds:
                runs[kind.name].append(
                    _run(kind, folder / f"{kind.__name__}-{number}", redis.port, lead_s, instants)
                )
    finally:
        redis.kill()
    return runs


def _run(
    kind: type[Contender],
    folder: Path,
    redis_port: int,
    lead_s: float,
    instants: Callable[[float], list[float]],
) -> Run:
    wanted = instants(time.time() + lead_s)
    with kind(folder, redis_port) as contender:
        contender.schedule(wanted)
        left_s = wanted[0] - time.time()
        if left_s > 0:
            time.sleep(left_s)
            worked_s = contender.cpu_s()
            until(lambda: not contender.is_waiting(), "all are sent", 300)
            told_at, worked_s = time.time(), contender.cpu_s() - worked_s
            sent = contender.sent()
    if left_s <= 0:  # the machine is busy
        print(f"{kind.name} was not ready in time; once more")
        StrictRedis(port=redis_port).flushall()  # its jobs would be done before their time
        again = folder.with_name(f"{folder.name}-again")
        return _run(kind, again, redis_port, 2 * lead_s, instants)
    assert len(sent) == len(wanted), f"{kind.name} sent {len(sent)}"
    early_s = min(at - due for due, at in sent)
    assert early_s > -0.001, f"{kind.name} sent {-early_s:.3f} s too early"
    return Run(sent, told_at, worked_s)
