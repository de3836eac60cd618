"""What a phrase says, piece by piece, before it is known what all of it means."""

import calendar
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from wasched.domain.errors import InputError
from wasched.domain.recurrence import Freq, RuleDay
from wasched.domain.wording import WEEKDAYS, day_and_month

EXAMPLES = '"every weekday at 9", "first Monday of the month 08:30" or "tomorrow at 8"'
WITH_COLON = "Write the time with a colon, as in 09:00."

_CENTURY = 100
_LAST = -1
_LONGEST_SPAN = 366


class PhraseError(InputError):
    """A phrase that is not understood, not whole, or can be read in two ways."""

    def __init__(self, sentence: str) -> None:
        super().__init__("when", sentence)


@dataclass
class NamedDate:
    """A date as it was named; without a year it is the next such date.

    `day` is -1 for the last of the month; `weekday` (0 is Monday) was said beside it, if any.
    """

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def after(self, earliest: date) -> date:
        """The date meant, not before another one if no year was named."""
        if self.year and self.year < earliest.year - _CENTURY:
            raise PhraseError(f'"{self.year}" was read as a year. {WITH_COLON}')
        if self.year and self.year > earliest.year + _CENTURY:
            raise PhraseError("A message can be scheduled up to ten years ahead.")
        years = [self.year] if self.year else range(earliest.year, earliest.year + 9)
        for year in years:
            found = self._in(year)
            if found is not None and (self.year or found >= earliest):
                return self._checked(found)
        raise PhraseError("There is no such date. Choose another day.")

    def before(self, latest: date) -> date:
        """The date meant, not after another one if no year was named."""
        years = [self.year] if self.year else range(latest.year, latest.year - 9, -1)
        for year in years:
            found = self._in(year)
            if found is not None and (self.year or found <= latest):
                return self._checked(found)
        raise PhraseError("There is no such date. Choose another day.")

    def _in(self, year: int) -> date | None:
        last = calendar.monthrange(year, self.month)[1]
        day = last if self.day == _LAST else self.day
        return date(year, self.month, day) if day <= last else None

    def _checked(self, found: date) -> date:
        if self.weekday is not None and found.weekday() != self.weekday:
            name = WEEKDAYS[found.weekday()]
            raise PhraseError(f"{day_and_month(found)} is a {name}. Which day is it?")
        return found


@dataclass
class DaySpan:
    """The days from one date to another; a single date is both."""

    first: NamedDate
    last: NamedDate

    @property
    def is_one_day(self) -> bool:
        """True as long as no other last day was named."""
        return self.first is self.last

    def days(self, earliest: date) -> list[date]:
        """All of its days; those before another day only if one alone was named by its year."""
        if self.is_one_day:
            return [self.last.after(earliest)]
        last = self.last.after(self.first.after(earliest) if self.first.year else earliest)
        first = self.first.before(last)
        if first > last:
            raise PhraseError(
                f"{day_and_month(last)} is before {day_and_month(first)}. Say the first day first."
            )
        number = (last - first).days + 1
        if number > _LONGEST_SPAN:
            raise PhraseError("At most a year can be left out at once. Choose an earlier last day.")
        every = (first + timedelta(days=one) for one in range(number))
        return [day for day in every if day >= earliest]


@dataclass(frozen=True)
class PhraseStep:
    """How it repeats: every so many days, weeks, months or years, and the words that say so."""

    freq: Freq
    every: int
    words: str


@dataclass
class PhraseParts:
    """The pieces of a phrase; None or empty where nothing was said about it."""

    steps: list[PhraseStep] = field(default_factory=list)
    is_by_month: bool = False  # "of the month" was said, which is no step of its own
    weekdays: list[int] = field(default_factory=list)
    repeats: bool = False  # "every" or a plural stood before the weekdays
    nths: list[RuleDay] = field(default_factory=list)
    workdays: list[int] = field(default_factory=list)
    month_days: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    dates: list[NamedDate] = field(default_factory=list)
    days_ahead: int | None = None
    weekday_beside: int | None = None  # "tomorrow, Friday": it has to be one
    ahead: timedelta | None = None
    by_clock: bool = False  # the time ahead was said in hours or minutes
    is_next: bool = False
    is_this: bool = False
    tonight: bool = False
    at: time | None = None
    half: str = ""  # a or p, of am and pm
    start: NamedDate | int | None = None
    until: NamedDate | int | None = None
    count: int | None = None
    per: int | None = None  # how often in each step
    exceptions: list[DaySpan] = field(default_factory=list)
    month_end: str | None = None
    zone: str | None = None

    def once(self, name: str, value: object, words: str) -> None:
        """Set something; PhraseError if it was said already."""
        if getattr(self, name) is not None:
            raise PhraseError(f"{words} is said twice. Say it once, as in {EXAMPLES}.")
        setattr(self, name, value)

    def step(self, freq: Freq, every: int, words: str) -> None:
        """Add how it repeats; PhraseError if it was said already in another way."""
        if every < 1:
            raise PhraseError(f"Repeat at least every 1, as in {EXAMPLES}.")
        for other in self.steps:
            if (other.freq, other.every) != (freq, every):
                raise PhraseError(
                    f'How often is said twice: "{other.words}" and "{words}". Say one of them, '
                    "or make two schedules."
                )
        self.steps.append(PhraseStep(freq, every, words))
