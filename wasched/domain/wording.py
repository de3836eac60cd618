"""Small words that sentences are made of."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

Span = tuple[date, date]
"""The first and the last of days that follow each other."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def ordinal_word(number: int) -> str:
    """A number as a place in a row: 1st, 2nd, 3rd, 11th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def join_words(words: Sequence[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def count_words(number: int, one: str, many: str) -> str:
    """A number with the word that goes with it: 1 message waits, 4 messages wait."""
    return f"{number:,} {one if number == 1 else many}"


def day_and_month(day: date, now: date | None = None) -> str:
    """A date as in 3 May 2027; without its year if that is the year of `now`."""
    name = f"{day.day} {MONTHS[day.month - 1]}"
    return name if now is not None and now.year == day.year else f"{name} {day.year}"


def spans(days: Iterable[date]) -> list[Span]:
    """Days, the earliest first, as spans; two days alone are no span, but one after the other."""
    found: list[Span] = []
    for day in sorted(set(days)):
        is_next = found and day == found[-1][1] + timedelta(days=1)
        found[-1:] = [(found[-1][0], day)] if is_next else [*found[-1:], (day, day)]
    return [part for one in found for part in ([one] if is_long(one) else _alone(one))]


def is_long(span: Span) -> bool:
    """True for three days and more, which are named by the first and the last."""
    return (span[1] - span[0]).days > 1


def span_words(span: Span) -> str:
    """A span of days as in 22 December 2026 to 6 January 2027, or 22 to 26 December 2026."""
    first, last = span
    if first == last:
        return day_and_month(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_and_month(last)}"
    return f"{day_and_month(first, last)} to {day_and_month(last)}"


def _alone(span: Span) -> list[Span]:
    return [(day, day) for day in dict.fromkeys(span)]
