"""Figures of the server for a monitor: what is measured, and histograms of seconds."""

import threading
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Labels = tuple[tuple[str, str], ...]


class FigureKind(StrEnum):
    """Whether a figure is as it is now, or only ever grows."""

    GAUGE = "gauge"
    COUNTER = "counter"


@dataclass(frozen=True)
class Figure:
    """One figure, with a value for each set of labels."""

    name: str
    about: str
    kind: FigureKind
    values: Mapping[Labels, float]


@dataclass(frozen=True)
class Histogram:
    """How often something took so long, for each set of labels; seconds."""

    name: str
    about: str
    bounds: Sequence[float]
    values: "Mapping[Labels, Spread]"


@dataclass
class Spread:
    """How many were up to each bound and beyond the last one, and their sum."""

    counts: list[int]
    total: float = 0.0


@dataclass
class SecondsTally:
    """Counts seconds by bounds and labels, from any thread; it grows by a list for new labels."""

    bounds: Sequence[float]
    _spreads: dict[Labels, Spread] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, seconds: float, labels: Labels = ()) -> None:
        """Count one more."""
        with self._lock:
            spread = self._spreads.get(labels)
            if spread is None:
                spread = self._spreads[labels] = Spread([0] * (len(self.bounds) + 1))
            spread.counts[bisect_left(self.bounds, seconds)] += 1
            spread.total += seconds

    def values(self) -> dict[Labels, Spread]:
        """What was counted up to now."""
        with self._lock:
            return {
                labels: Spread(list(one.counts), one.total) for labels, one in self._spreads.items()
            }


def one_value(value: float) -> dict[Labels, float]:
    """The value of a figure that has no labels."""
    return {(): value}


def by_label(name: str, values: Mapping[str, float]) -> dict[Labels, float]:
    """The values of a figure that has one label."""
    return {((name, key),): value for key, value in values.items()}
