"""Small words that sentences are made of."""

from collections.abc import Sequence
from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def ordinal(number: int) -> str:
    """A number as a place in a row: 1st, 2nd, 3rd, 11th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """A number with the word that goes with it: 1 message waits, 4 messages wait."""
    return f"{number:,} {one if number == 1 else many}"


def day_and_month(day: date, now: date | None = None) -> str:
    """A date as in 3 May 2027; without its year if that is the year of `now`."""
    name = f"{day.day} {MONTHS[day.month - 1]}"
    return name if now is not None and now.year == day.year else f"{name} {day.year}"
