"""How a number is doing: its last week beside its own four weeks before, and what that comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wasched.domain.early_stop import Tally, chance_of_worse

BY_CHANCE = 0.01
"""What comes about by chance more often than this is no news."""

LEAST_NOW, LEAST_BEFORE = 20, 50
"""Of fewer messages nothing is said."""


class Vital(StrEnum):
    """What is counted of messages, the most telling first."""

    REFUSED = "refused"
    ARRIVED = "arrived"  # within an hour
    OPTED_OUT = "opted_out"
    READ = "read"
    ANSWERED = "answered"


BAD = frozenset({Vital.REFUSED, Vital.OPTED_OUT})
"""Of these more is worse, of all others less."""

_LEAST_POINTS = {
    Vital.REFUSED: 0.03,
    Vital.ARRIVED: 0.05,
    Vital.OPTED_OUT: 0.02,
    Vital.READ: 0.1,
    Vital.ANSWERED: 0.1,
}
"""So many points of a difference are worth a word, however sure it is."""


class Standing(StrEnum):
    """What the number comes to."""

    QUIET = "quiet"  # nothing was sent in the last week
    NEW = "new"  # too little to compare
    FINE = "fine"
    WORSE = "worse"


@dataclass(frozen=True)
class Compared:
    """One of the counts: of the last week, and of the four before it; `bad` counts what it says."""

    vital: Vital
    now: Tally
    before: Tally


@dataclass(frozen=True)
class HealthDay:
    """One day of the chart: so many of so many arrived within an hour."""

    day: date
    arrived: Tally


@dataclass(frozen=True)
class NumberHealth:
    """How a number is doing; `worse` says what is, where something is."""

    standing: Standing
    counts: tuple[Compared, ...]
    days: tuple[HealthDay, ...]
    strangers_refused: int = 0  # of what was refused in the last week: by the answer 463
    absent: int = 0  # the same: not on WhatsApp
    worse: Vital | None = None

    def of(self, vital: Vital) -> Compared:
        """One of its counts."""
        return next(one for one in self.counts if one.vital is vital)


def judge_number(
    now: Mapping[Vital, Tally],
    before: Mapping[Vital, Tally],
    days: tuple[HealthDay, ...] = (),
    strangers_refused: int = 0,
    absent: int = 0,
) -> NumberHealth:
    """What the counts of a week and of the four weeks before it come to."""
    counts = tuple(Compared(one, now[one], before[one]) for one in Vital)
    worse = next((one.vital for one in counts if is_worse(one)), None)
    tried = now[Vital.REFUSED].of
    if worse is not None:
        standing = Standing.WORSE
    elif not tried:
        standing = Standing.QUIET
    elif tried < LEAST_NOW or before[Vital.REFUSED].of < LEAST_BEFORE:
        standing = Standing.NEW
    else:
        standing = Standing.FINE
    return NumberHealth(standing, counts, days, strangers_refused, absent, worse)


def is_worse(one: Compared) -> bool:
    """True if a count is worse than before, by more than chance and by enough to matter."""
    if one.now.of < LEAST_NOW or one.before.of < LEAST_BEFORE:
        return False
    now, before = one.now, one.before
    if one.vital not in BAD:
        now, before = Tally(now.of - now.bad, now.of), Tally(before.of - before.bad, before.of)
    if now.share < before.share + _LEAST_POINTS[one.vital]:
        return False
    return chance_of_worse(now, before) <= BY_CHANCE
