"""The words of phrases as patterns, and their numbers."""

from datetime import time

from wasched.domain.phrases.said import Named, PhraseError
from wasched.domain.wording import MONTHS, NTH, WEEKDAYS

WEEKDAY = (
    "(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?"
    "|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
ORDINAL = "(?:first|second|third|fourth|last|1st|2nd|3rd|4th)"
DAY_NUMBER = r"(?:\d{1,2}(?:st|nd|rd|th))"
NUMBER = r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
AND = "(?: and | & | or | )"
# A number that begins a time is no day: "march 9:30", "may 9 pm".
DATE = (
    rf"(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}"
    rf"|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}})?(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:(?: of)? \d{{4}}(?![:.]))?(?![a-z])"
    rf"|{MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?![\d:.]| ?[ap]m)(?: \d{{4}}(?![:.]))?)"
)

_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def number(word: str) -> int:
    """The number of a word or of digits; `a` is one."""
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an") else _NUMBERS.index(word) + 1


def weekday(word: str) -> int:
    """The weekday of a name or its beginning; 0 is Monday."""
    return next(at for at, name in enumerate(WEEKDAYS) if name.lower().startswith(word[:3]))


def month(word: str) -> int:
    """The month of a name or its beginning, from 1."""
    return next(at for at, name in enumerate(MONTHS, 1) if name.lower().startswith(word[:3]))


def nth(word: str) -> int:
    """Which one of its month: 1 to 4, or -1 for the last."""
    if word[0].isdigit():
        return int(word[0])
    return next(at for at, name in NTH.items() if name == word)


def named(words: str) -> Named:
    """A date as it was named."""
    if "-" in words:
        year, in_year, day = map(int, words.split("-"))
        return _checked(day, in_year, year)
    if "." in words:
        first, second, last = words.split(".")
        return _checked(int(first), int(second), int(last) if last else None)
    pieces = [piece for piece in words.split() if piece not in ("of", "the")]
    at = 0 if pieces[0][0].isalpha() else 1
    day = int("".join(filter(str.isdigit, pieces[1 - at])))
    return _checked(day, month(pieces[at]), int(pieces[2]) if len(pieces) > 2 else None)


def clock(hour: str, minute: str | None, half: str | None, words: str) -> time:
    """A time of day by the 24-hour clock, or by am and pm; PhraseError if there is none."""
    hours, minutes = int(hour), int(minute or 0)
    if half and not 1 <= hours <= 12:
        hours = 24
    elif half:
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    if hours > 23 or minutes > 59:
        raise PhraseError(f'There is no time "{words.strip()}". Write it as in 18:00 or 6 pm.')
    return time(hours, minutes)


def _checked(day: int, in_year: int, year: int | None) -> Named:
    if not 1 <= in_year <= 12 or not 1 <= day <= 31:
        raise PhraseError("There is no such date. Write it as in 3 May 2027.")
    return Named(day, in_year, year)
