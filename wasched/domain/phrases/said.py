"""What a phrase has said so far, each thing at most once."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from wasched.domain.errors import DraftError
from wasched.domain.recurrence import Day, Freq

EXAMPLES = '"every weekday at 9", "first Monday of the month 08:30" or "tomorrow at 8"'


_CENTURY = 100


class PhraseError(DraftError):
    """A phrase that is not understood, not whole, or can be read in two ways."""

    def __init__(self, sentence: str) -> None:
        super().__init__("when", sentence)


@dataclass(frozen=True)
class Named:
    """A date as it was named; without a year it is the next such date."""

    day: int
    month: int
    year: int | None = None

    def after(self, earliest: date) -> date:
        """The date meant, not before another one if no year was named."""
        years = [self.year] if self.year else range(earliest.year, earliest.year + 9)
        if self.year and abs(self.year - earliest.year) > _CENTURY:
            raise PhraseError("A message can be scheduled up to ten years ahead.")
        for year in years:
            try:
                found = date(year, self.month, self.day)
            except ValueError:
                continue
            if self.year or found >= earliest:
                return found
        raise PhraseError("There is no such date. Choose another day.")


@dataclass
class Said:
    """The pieces of a phrase; None or empty where nothing was said about it."""

    freq: Freq | None = None
    every: int = 1
    weekdays: list[int] = field(default_factory=list)
    repeats: bool = False  # "every" or a plural stood before the weekdays
    nths: list[Day] = field(default_factory=list)
    workdays: list[int] = field(default_factory=list)
    month_days: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    dates: list[Named] = field(default_factory=list)
    days_ahead: int | None = None
    ahead: timedelta | None = None
    is_next: bool = False
    tonight: bool = False
    at: time | None = None
    start: Named | int | None = None
    until: Named | int | None = None
    count: int | None = None
    exceptions: list[Named] = field(default_factory=list)
    month_end: str | None = None
    zone: str | None = None

    def once(self, name: str, value: object, words: str) -> None:
        """Set something; PhraseError if it was said already."""
        if getattr(self, name) is not None:
            raise PhraseError(f"{words} is said twice. Say it once, as in {EXAMPLES}.")
        setattr(self, name, value)

    def step(self, freq: Freq, every: int = 1) -> None:
        """Set how it repeats; PhraseError if that was said already in another way."""
        if every < 1:
            raise PhraseError(f"Repeat at least every 1, as in {EXAMPLES}.")
        if self.freq is not None and (self.freq is not freq or 1 not in (every, self.every)):
            raise PhraseError(f"How often is said twice. Say it once, as in {EXAMPLES}.")
        self.freq, self.every, self.repeats = freq, max(every, self.every), True
