"""Facts that several pages tell in the same words: a term and its value."""

from dataclasses import dataclass
from datetime import datetime

from wasched.services.schedules.schedule_views import Series
from wasched.ui.core import times


@dataclass(frozen=True)
class Fact:
    """A term and its value."""

    term: str
    value: str


def instead_of(series: Series | None, now: datetime) -> str:
    """Instead of which usual one a changed date goes."""
    if series is None or series.at is None:
        return ""
    return f"Instead of the one {times.when_words(series.at, series.zone, now)}."


def made_by(name: str) -> list[Fact]:
    """Who made it, unless they have been removed."""
    return [Fact("Made by", name)] if name else []


def lateness(seconds: int) -> str:
    """How late a message may go, in words."""
    if seconds < 60:
        return "Not at all"
    for name, length in (("day", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length and seconds % length == 0:
            count = seconds // length
            plural = "s" if name == "day" and count > 1 else ""
            return f"Up to {count} {name}{plural} late"
    return f"Up to {seconds // 60} min late"
