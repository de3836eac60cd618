"""Whether the first part of a send is clearly worse than its account's own past: a group test.

A send is looked at when so many of its first messages have been observed as `LOOKS` says. Each look
is Fisher's exact test, one-sided: were the account's past and this send of one kind, how seldom
would so many of what went badly be in this send? It is exact however little past there is, for it
takes the past as a sample and not as a truth (R. A. Fisher, *Statistical Methods for Research
Workers*, 5th ed. 1934, § 21.02).

Looking often would find something by chance sooner or later, so each look has its own share of
`FALSE_ALARMS` to spend, and the shares add up to it (the alpha spending of K. K. G. Lan and D. L.
DeMets, *Discrete sequential boundaries for clinical trials*, Biometrika 70, 1983, here by the sum
of the shares, which holds whatever the looks have to do with each other). A look always is about
the same messages, the first ones, so that asking again, or after a restart, is no further look.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import exp, lgamma

FALSE_ALARMS = 0.001
"""Of good sends so large a share is stopped at most, over all looks of all measures together."""

LOOKS = (30, 42, 49, 65, 98, 150, 300)
"""After so many observed messages it is looked; never after fewer, and no more after the last."""

_OF_LOOKS = (0.05, 0.3, 0.3, 0.15, 0.12, 0.05, 0.03)
"""Which share of what a measure may spend each look has: most of it when 150 are a third done."""

CLEARLY = 0.1
"""However sure it is, nothing less than ten points more than in the past stops a send."""


class Measure(StrEnum):
    """What may go badly with a message."""

    REFUSED = "refused"  # it was not taken, or could not be sent
    SLOW = "slow"  # not on the phone after two minutes
    UNDELIVERED = "undelivered"  # not on the phone after ten


_OF_MEASURES = {Measure.REFUSED: 0.35, Measure.SLOW: 0.5, Measure.UNDELIVERED: 0.15}


@dataclass(frozen=True)
class Tally:
    """So many went badly, of so many."""

    bad: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1; 0 of nothing."""
        return self.bad / self.of if self.of else 0.0


@dataclass(frozen=True)
class Alarm:
    """What was seen of a send, beside how it went in the account's past."""

    measure: Measure
    seen: Tally
    past: Tally


def find_alarm(
    past: Mapping[Measure, Tally], first: Mapping[Measure, Sequence[bool]]
) -> Alarm | None:
    """What is clearly worse of a send than in the past, at the first look that finds it.

    `first` has of each measure its observed messages in the order in which they went: True for one
    that went badly.
    """
    for measure in Measure:
        before = past.get(measure, Tally())
        for seen in _looks(first.get(measure, ())):
            at = LOOKS.index(seen.of)
            allowed = FALSE_ALARMS * _OF_MEASURES[measure] * _OF_LOOKS[at]
            if _is_clearly_worse(seen, before, allowed):
                return Alarm(measure, seen, before)
    return None


def chance_of_worse(seen: Tally, past: Tally) -> float:
    """How seldom a part gets so much, or more, of all that went badly by chance."""
    all_bad, everything = seen.bad + past.bad, seen.of + past.of
    most = min(all_bad, seen.of)
    whole = _log_ways(everything, seen.of)
    return sum(
        exp(_log_ways(all_bad, bad) + _log_ways(everything - all_bad, seen.of - bad) - whole)
        for bad in range(max(seen.bad, seen.of - (everything - all_bad)), most + 1)
    )


def _looks(observed: Sequence[bool]) -> list[Tally]:
    """What was seen at each look that has come."""
    bad = list(accumulate(observed[: LOOKS[-1]], initial=0))
    return [Tally(bad[one], one) for one in LOOKS if one < len(bad)]


def _is_clearly_worse(seen: Tally, past: Tally, allowed: float) -> bool:
    if seen.share < past.share + CLEARLY:
        return False
    return chance_of_worse(seen, past) <= allowed


def _log_ways(of: int, chosen: int) -> float:
    """The logarithm of in how many ways so many can be chosen."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)
