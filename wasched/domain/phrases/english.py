"""The words of English phrases: what each is to the grammar, and what it stands for."""

from collections.abc import Iterable

from wasched.domain.phrases.language import Language, Word
from wasched.domain.recurrence import Freq
from wasched.domain.wording import MONTHS, NTH, WEEKDAYS

_SHORT_WEEKDAYS = (
    ("mon",), ("tue", "tues"), ("wed", "weds"), ("thu", "thur", "thurs"), ("fri",), ("sat",),
    ("sun",),
)  # fmt: skip
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip

# Kind, value, and the words for it. The value of a step is its unit and how many of them.
_WORDS = (
    ("ADVERB", (Freq.DAILY, 1), ("daily", "everyday")),
    ("ADVERB", (Freq.WEEKLY, 1), ("weekly",)),
    ("ADVERB", (Freq.WEEKLY, 2), ("fortnightly",)),
    ("ADVERB", (Freq.MONTHLY, 1), ("monthly",)),
    ("ADVERB", (Freq.MONTHLY, 3), ("quarterly",)),
    ("ADVERB", (Freq.YEARLY, 1), ("yearly", "annually")),
    ("TWOFOLD", (Freq.WEEKLY, 2), ("biweekly", "bi-weekly")),
    ("TWOFOLD", (Freq.MONTHLY, 2), ("bimonthly", "bi-monthly")),
    ("MINUTE", None, ("min", "mins", "minute", "minutes")),
    ("HOUR", None, ("h", "hr", "hrs", "hour", "hours")),
    ("DAY", (Freq.DAILY, 1), ("day", "days")),
    ("WEEK", (Freq.WEEKLY, 1), ("week", "weeks")),
    ("MONTHS", (Freq.MONTHLY, 1), ("month", "months")),
    ("YEARS", (Freq.YEARLY, 1), ("year", "years")),
    ("SPAN", (Freq.WEEKLY, 2), ("fortnight", "fortnights")),
    ("SPAN", (Freq.MONTHLY, 3), ("quarter", "quarters")),
    ("WORKDAY", None, ("weekday", "workday", "working day")),
    ("WORKDAYS", None, ("weekdays", "workdays", "working days")),
    ("WEEKEND", None, ("weekend",)),
    ("WEEKENDS", None, ("weekends",)),
    ("OTHER", 2, ("other",)),
    ("A", 1, ("a", "an")),
    ("HALF", 0.5, ("half an",)),
    ("ONCE", 1, ("once",)),
    ("ONCE", 2, ("twice",)),
    ("NEAR", 0, ("today",)),
    ("NEAR", 1, ("tomorrow",)),
    ("NEAR", 2, ("day after tomorrow",)),
    ("OCLOCK", None, ("o'clock", "oclock", "o clock")),
    ("NOON", None, ("noon", "midday")),
    ("MIDNIGHT", None, ("midnight",)),
    ("ZONE", "utc", ("utc",)),
    ("ZONE", "etc/gmt", ("gmt",)),
)


def _all_words() -> Iterable[tuple[str, Word]]:
    for at, (name, shorts) in enumerate(zip(WEEKDAYS, _SHORT_WEEKDAYS, strict=True)):
        yield name.lower(), Word("WEEKDAY", at)
        yield f"{name.lower()}s", Word("WEEKDAYS", at)
        yield from ((f"{short}{s}", Word("WEEKDAY", at)) for short in shorts for s in ("", "s"))
    for at, name in enumerate(MONTHS, 1):
        yield from ((word, Word("MONTH", at)) for word in (name.lower(), name[:3].lower()))
    yield "sept", Word("MONTH", 9)
    for place, name in NTH.items():
        yield name, Word("ORDINAL" if place > 0 else "LAST", place)
    yield from ((name, Word("NUMBER", at)) for at, name in enumerate(_NUMBERS, 1))
    for kind, value, names in _WORDS:
        yield from ((name, Word(kind, value)) for name in names)


ENGLISH = Language("english", dict(_all_words()), nth="(?:st|nd|rd|th)", ampm=r"[ap]\.?m\.?")
