"""The first two weeks of a number on this server: its caps begin small and grow day by day."""

from dataclasses import dataclass
from datetime import date

DAYS = 14
"""For so many days a new number warms up; the first is the day on which it was linked."""

_FULL = DAYS + 1


@dataclass(frozen=True)
class Caps:
    """The most that goes out on a day; `day` counts those of the warm-up, 0 for none."""

    messages: int
    strangers: int  # so many of them may go to people written to for the first time
    day: int = 0


def day_of_warm_up(first: date, today: date) -> int:
    """Which day of the warm-up a day is, from 1 on; 0 once it is over.

    A clock that was wrong when the phone was linked makes no day before the first.
    """
    day = max((today - first).days + 1, 1)
    return day if day <= DAYS else 0


def caps_of_day(day: int, messages: int, strangers: int) -> Caps:
    """The caps of a day of the warm-up, for an account whose own caps are these.

    Ten more messages and one or two more people each day; where the account's own caps are far
    above that, with the square of the days, so that the last step is no leap.
    """
    if not day:
        return Caps(messages, strangers)
    return Caps(
        min(messages, max(10 * day, messages * day**2 // _FULL**2)),
        min(strangers, max(-(-3 * day // 2), strangers * day**2 // _FULL**2)),
        day,
    )
