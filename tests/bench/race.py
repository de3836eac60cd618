"""One contender after another, round by round, so that all share the machine's noise."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.contenders import ALL
from tests.product import Redis, until


@dataclass(frozen=True)
class Run:
    """One contender's messages: due and handed over (seconds since 1970), and when all was told.

    `told_at` is when the commit of the last end was seen from outside.
    """

    sent: list[tuple[float, float]]
    told_at: float

    @property
    def lateness(self) -> list[float]:
        """How late each message was handed over, in milliseconds, sorted."""
        return sorted((sent - due) * 1000 for due, sent in self.sent)


def race(
    folder: Path, rounds: int, lead_s: float, instants: Callable[[float], list[float]]
) -> dict[str, list[Run]]:
    """Let each contender send messages for the instants that follow from a beginning.

    They are given their messages so many seconds before it.
    """
    redis = Redis(folder / "redis")
    redis.start()
    runs: dict[str, list[Run]] = defaultdict(list)
    try:
        for number in range(rounds):
            for kind in ALL:
                wanted = instants(time.time() + lead_s)
                with kind(folder / f"{kind.__name__}-{number}", redis.port) as contender:
                    contender.schedule(wanted)
                    assert time.time() < wanted[0], f"{kind.name} was not ready in time"
                    time.sleep(wanted[0] - time.time())
                    until(lambda one=contender: not one.is_waiting(), "all are sent", 300)
                    told_at = time.time()
                    sent = contender.sent()
                assert len(sent) == len(wanted), f"{kind.name} sent {len(sent)}"
                early = min(at - due for due, at in sent)
                assert early > -0.001, f"{kind.name} sent {-early:.3f} s too early"
                runs[kind.name].append(Run(sent, told_at))
    finally:
        redis.kill()
    return runs
