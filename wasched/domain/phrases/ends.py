"""The parts of a phrase about its start and end, exceptions, short months and the zone."""

import re
from collections.abc import Callable
from functools import cache

from wasched.domain import wall_clock
from wasched.domain.phrases.said import Named, Said
from wasched.domain.phrases.words import AND, DATE, NUMBER, WEEKDAY, named, number
from wasched.domain.recurrence import MonthEnd

NEAR_DAYS = {
    "today": 0, "tomorrow": 1, "day after tomorrow": 2, "the day after tomorrow": 2
}  # fmt: skip


def _zone(said: Said, match: re.Match[str]) -> None:
    name = _zones().get(match[1])
    said.once("zone", name or wall_clock.zone(match[1]).key, "The time zone")


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in wall_clock.names()}


def _last_day(said: Said, match: re.Match[str]) -> None:
    said.once("month_end", MonthEnd.LAST, "What happens in shorter months")


def _left_out(said: Said, match: re.Match[str]) -> None:
    said.once("month_end", MonthEnd.SKIP, "What happens in shorter months")


def _exceptions(said: Said, match: re.Match[str]) -> None:
    said.exceptions += [named(words) for words in re.findall(DATE, match[1])]


def _until(said: Said, match: re.Match[str]) -> None:
    said.once("until", _day(match["day"]), "The end")


def _start(said: Said, match: re.Match[str]) -> None:
    said.once("start", _day(match["day"]), "The start")


def _day(words: str) -> Named | int:
    return NEAR_DAYS[words] if words in NEAR_DAYS else named(words)


def _times(said: Said, match: re.Match[str]) -> None:
    said.once("count", number(match[1]), "How many times")


def _once(said: Said, match: re.Match[str]) -> None:
    said.once("count", 1 if match[1] == "once" else 2, "How many times")


_DAY = f"(?:on )?(?:the )?(?:{WEEKDAY} )?(?P<day>{DATE}|today|tomorrow)"

PATTERNS: list[tuple[str, Callable[[Said, re.Match[str]], None]]] = [
    ("(?:in )?([a-z_]+/[a-z_/+-]+[0-9]*|utc)", _zone),
    ("or (?:on )?(?:the )?last day (?:of|in) shorter months", _last_day),
    ("or (?:on )?28 february in other years", _last_day),
    (r"leaving out months without (?:it|one|an? \d\d[a-z]{2}(?: or \d\d[a-z]{2})*)", _left_out),
    ("(?:in leap years only|leaving out dates that do not exist)", _left_out),
    (f"except (?:on )?({DATE}(?:{AND}(?:on )?{DATE})*)", _exceptions),
    (f"(?:until|till|til|ending|up to|through) {_DAY}", _until),
    (f"(?:from|starting|beginning|as of) {_DAY}(?: on)?", _start),
    (f"(?:for )?({NUMBER}) times", _times),
    ("(once|twice)", _once),
]
