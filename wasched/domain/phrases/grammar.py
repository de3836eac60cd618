"""The grammar of phrases: patterns tried in order at the front of what is left."""

import re
from collections.abc import Callable
from datetime import timedelta

from wasched.domain.phrases import ends
from wasched.domain.phrases.said import EXAMPLES, PhraseError, Said
from wasched.domain.phrases.words import (
    AND,
    DATE,
    DAY_NUMBER,
    NUMBER,
    ORDINAL,
    WEEKDAY,
    clock,
    month,
    named,
    nth,
    number,
    weekday,
)
from wasched.domain.phrases.words import MONTH as MONTH_NAME
from wasched.domain.recurrence import Day, Freq
from wasched.domain.recurrence.parts import WORKDAYS

_LONGEST = 300
"""Characters of a phrase."""

Handler = Callable[[Said, re.Match[str]], None]

_UNITS = {"day": Freq.DAILY, "week": Freq.WEEKLY, "month": Freq.MONTHLY, "year": Freq.YEARLY}
_ADVERBS = {
    "daily": (Freq.DAILY, 1), "weekly": (Freq.WEEKLY, 1), "fortnightly": (Freq.WEEKLY, 2),
    "every fortnight": (Freq.WEEKLY, 2), "monthly": (Freq.MONTHLY, 1),
    "quarterly": (Freq.MONTHLY, 3), "every quarter": (Freq.MONTHLY, 3),
    "yearly": (Freq.YEARLY, 1), "annually": (Freq.YEARLY, 1), "everyday": (Freq.DAILY, 1),
}  # fmt: skip
_WORKDAY = "(?:weekday|working day|workday)"


def _adverb(said: Said, match: re.Match[str]) -> None:
    said.step(*_ADVERBS[match[1]])


def _step(said: Said, match: re.Match[str]) -> None:
    said.step(_UNITS[match["unit"]], 2 if match["n"] == "other" else number(match["n"] or "one"))


def _step_by_place(said: Said, match: re.Match[str]) -> None:
    """Every second day: every 2 days, there is no other reading."""
    said.step(_UNITS[match["unit"]], nth(match["n"]))


def _other_weekday(said: Said, match: re.Match[str]) -> None:
    said.step(Freq.WEEKLY, 2)
    said.weekdays.append(weekday(match[1]))


def _every_nth(said: Said, match: re.Match[str]) -> None:
    places = [nth(word) for word in re.findall(ORDINAL, match["n"])]
    if len(places) == 1 and places[0] > 1 and not match["month"]:
        day = match["day"].capitalize()
        raise PhraseError(
            f'"{match[0]}" can be read in two ways. Say "every {places[0]} weeks on {day}" or '
            f'"the {match["n"]} {day} of the month".'
        )
    said.step(Freq.MONTHLY)
    for place in places:
        _add_nth(said, place, match["day"])


def _nth(said: Said, match: re.Match[str]) -> None:
    for word in re.findall(ORDINAL, match["n"]):
        _add_nth(said, nth(word), match["day"])


def _add_nth(said: Said, place: int, day: str) -> None:
    if re.fullmatch(_WORKDAY, day):
        said.workdays.append(place)
    elif day == "day":
        said.month_days.append(place)
    else:
        said.nths.append(Day(weekday(day), place))


def _of_the_month(said: Said, match: re.Match[str]) -> None:
    said.step(Freq.MONTHLY)


def _of_months(said: Said, match: re.Match[str]) -> None:
    said.months += [month(word) for word in re.findall(MONTH_NAME, match[1])]


def _every_date(said: Said, match: re.Match[str]) -> None:
    said.step(Freq.YEARLY)


def _dates(said: Said, match: re.Match[str]) -> None:
    said.dates.append(named(match[1]))


def _slashes(said: Said, match: re.Match[str]) -> None:
    raise PhraseError(f'"{match[0]}" can be read in two ways. Write it as in 3 May 2027.')


def _month_days(said: Said, match: re.Match[str]) -> None:
    said.month_days += [int(digits) for digits in re.findall(r"\d+", match[0])]


def _near_day(said: Said, match: re.Match[str]) -> None:
    said.once("days_ahead", ends.NEAR_DAYS[match[1]], "The day")


def _tonight(said: Said, match: re.Match[str]) -> None:
    said.once("days_ahead", 0, "The day")
    said.tonight = True


def _workdays(said: Said, match: re.Match[str]) -> None:
    said.weekdays += WORKDAYS
    said.repeats = True


def _weekend(said: Said, match: re.Match[str]) -> None:
    said.weekdays += (5, 6)
    said.repeats = True


def _weekday_range(said: Said, match: re.Match[str]) -> None:
    first, last = weekday(match["first"]), weekday(match["last"])
    said.weekdays += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    said.repeats = True


def _weekdays(said: Said, match: re.Match[str]) -> None:
    words = re.findall(f"{WEEKDAY}s?", match["days"])
    said.weekdays += [weekday(word) for word in words]
    said.is_next = said.is_next or match["next"] == "next "
    plural = any(re.fullmatch("[a-z]+days", word) for word in words)
    said.repeats = said.repeats or bool(match["every"]) or plural


def _ahead(said: Said, match: re.Match[str]) -> None:
    n = 0.5 if match["n"] == "half an" else number(match["n"])
    unit = match["unit"]
    if unit.startswith("m"):
        step = timedelta(minutes=n)
    elif unit.startswith("h"):
        step = timedelta(hours=n)
    else:
        step = timedelta(days=n) if unit.startswith("d") else timedelta(weeks=n)
    said.once("ahead", step, "The day")


def _clock(said: Said, match: re.Match[str]) -> None:
    at = clock(match["h"], match["m"], match["half"], match[0])
    said.once("at", at, "The time")


def _noon(said: Said, match: re.Match[str]) -> None:
    said.once("at", clock("12", None, None, ""), "The time")


def _midnight(said: Said, match: re.Match[str]) -> None:
    raise PhraseError("Midnight can mean two days. Say 00:00, where a day begins, or 23:59.")


def _biweekly(said: Said, match: re.Match[str]) -> None:
    raise PhraseError(f'"{match[0]}" can be read in two ways. Say "every 2 weeks".')


def _nothing(said: Said, match: re.Match[str]) -> None:
    """Words that join others."""


_EVERY = "(?:every|each) "
_HALF = r"(?P<half>[ap])\.?m\.?"

_PATTERNS: list[tuple[str, Handler]] = [
    *ends.PATTERNS,
    ("(bi-?weekly|bi-?monthly)", _biweekly),
    (f"({'|'.join(_ADVERBS)})", _adverb),
    (rf"{_EVERY}(?:(?P<n>\d{{1,4}}|other|{NUMBER}) )?(?P<unit>day|week|month|year)s?", _step),
    (f"{_EVERY}(?P<n>second|third|fourth|2nd|3rd|4th) (?P<unit>day|week|month|year)"
     "(?! of)", _step_by_place),
    (f"{_EVERY}other ({WEEKDAY})", _other_weekday),
    (f"{_EVERY}(?P<n>{ORDINAL}(?:{AND}{ORDINAL})*) (?P<day>{WEEKDAY}|{_WORKDAY}|day)"
     "(?P<month> (?:of|in) (?:the|each|every|a) month)?", _every_nth),
    (f"(?:on )?(?:the )?(?P<n>{ORDINAL}(?:{AND}{ORDINAL})*) (?P<day>{WEEKDAY}|{_WORKDAY}|day)",
     _nth),
    ("(?:of|in) (?:the|each|every|a) month", _of_the_month),
    (rf"(?:of|in) ({MONTH_NAME}(?:{AND}{MONTH_NAME})*)(?! ?\d)", _of_months),
    (f"(?:every|each)(?= {DATE})", _every_date),
    (f"(?:every|each)(?= {DAY_NUMBER})", _of_the_month),
    (f"(?:on )?(?:the )?({DATE})", _dates),
    (r"\d{1,4}/\d{1,2}(?:/\d{1,4})?", _slashes),
    (f"(?:on )?(?:the )?{DAY_NUMBER}(?:{AND}(?:the )?{DAY_NUMBER})*", _month_days),
    ("(today|tomorrow|day after tomorrow|the day after tomorrow)", _near_day),
    ("tonight", _tonight),
    (f"(?:{_EVERY}{_WORKDAY}|(?:on )?(?:weekdays|working days|workdays))", _workdays),
    (f"(?:{_EVERY}weekend|(?:on |at )?weekends)", _weekend),
    (f"(?:{_EVERY}|on |from )?(?P<first>{WEEKDAY})s?(?: to | through | till | until | ?[-\u2013] ?)"
     f"(?P<last>{WEEKDAY})s?", _weekday_range),
    (f"(?P<every>{_EVERY})?(?:on )?(?P<next>next |this |coming )?"
     f"(?P<days>{WEEKDAY}s?(?:{AND}{WEEKDAY}s?)*)", _weekdays),
    (rf"in (?P<n>half an|{NUMBER}) (?P<unit>min(?:ute)?s?|h(?:ou)?rs?|h|days?|weeks?)", _ahead),
    (rf"at (?P<h>\d{{1,2}})(?:[:.h](?P<m>\d{{2}}))?(?: ?{_HALF})?(?: ?o.?clock)?", _clock),
    (rf"(?P<h>\d{{1,2}})[:.h](?P<m>\d{{2}})(?: ?{_HALF})?", _clock),
    (rf"(?P<h>\d{{1,2}})(?P<m>) ?{_HALF}", _clock),
    ("(?:at )?(?:noon|midday)", _noon),
    ("(?:at )?midnight", _midnight),
    ("(?:and|on)", _nothing),
]  # fmt: skip

_COMPILED = [(re.compile(rf"{pattern}(?![a-z0-9:])"), handler) for pattern, handler in _PATTERNS]


def listen(text: str) -> Said:
    """What a phrase says; PhraseError quotes what is not understood."""
    said, rest = Said(), _plain(text)
    if not 0 < len(rest) <= _LONGEST:
        raise PhraseError(f"Say when in a few words, as in {EXAMPLES}.")
    while rest:
        for pattern, handle in _COMPILED:
            if match := pattern.match(rest):
                handle(said, match)
                rest = rest[match.end() :].lstrip()
                break
        else:
            raise PhraseError(f'"{rest}" is not understood. Write it as in {EXAMPLES}.')
    return said


def _plain(text: str) -> str:
    """The phrase in lower case, its commas as "and", without a full stop at the end."""
    words = " ".join(re.sub("[,;]", " and ", text.lower()).split())
    words = re.sub(r"\band( and)+\b", "and", words)
    words = words.rstrip("!? ")
    return words if re.search(r"\d\.\d{1,2}\.$", words) else words.rstrip(". ")
