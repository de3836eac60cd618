"""What there is to decide before saving where the pace lets not all go in time."""

from dataclasses import dataclass
from datetime import timedelta

from wasched.services.schedules.estimate import Estimate
from wasched.services.schedules.requests import LATE_MAX, Start

_HOUR, _HALF_A_DAY, _DAY = timedelta(hours=1), timedelta(hours=12), timedelta(days=1)
_SPARE = 1.05
"""Gaps are random; told with their mean, they may come to a little more."""


@dataclass(frozen=True)
class Spread:
    """How many of how many would go in time, and how late (seconds) they may be for all to go.

    None if that is longer than a message may be late.
    """

    in_time: int
    total: int
    late_s: int | None

    @property
    def sentence(self) -> str:
        """What would become of it as it is."""
        missed = self.total - self.in_time
        rest = "it" if self.total == 1 else "the last one" if missed == 1 else "the others"
        return f"{self.in_time:,} of {self.total:,} would go in time; {rest} would be missed."


def spread_of(start: Start, reached: int, ahead: Estimate, days: int) -> Spread | None:
    """What there is to decide where not all can go in time; None where they can.

    `days` is over how many days all of it is spread.
    """
    if ahead.in_time >= reached:
        return None
    return Spread(ahead.in_time, reached, _enough(start, ahead, days))


def _enough(start: Start, ahead: Estimate, days: int) -> int | None:
    """How late (seconds) the last one may be, in whole hours or days, with some to spare."""
    if ahead.last_at is None:
        return None
    takes = (ahead.last_at - start.first[0]) * _SPARE
    step = _DAY if takes > _HALF_A_DAY else _HOUR
    found = max(-(-takes // step) * step, days * _DAY if step is _DAY else _HOUR)
    return int(found.total_seconds()) if found <= LATE_MAX else None
