"""Dates and times of day as phrases name them."""

import calendar
from collections.abc import Mapping
from datetime import time
from functools import cache

from wasched.domain import wall_clock
from wasched.domain.phrases.language import Piece
from wasched.domain.phrases.pieces import NamedDate, PhraseError
from wasched.domain.wording import MONTHS, ordinal_word

PLACES = ("ORDINAL", "LAST", "NTH")
_MONTHS_IN_A_YEAR = 12


def month_place(piece: Piece) -> int:
    """Which one of its month: 1 to 31, or -1 for the last."""
    found = piece.value(*PLACES)
    return found if isinstance(found, int) else int("".join(filter(str.isdigit, found)))


def named_date(piece: Piece) -> NamedDate:
    """The date in a piece; PhraseError if there is none such, or it may be one of two."""
    kind, text = next((word.kind, word.value) for word in piece.words if word.kind != "MONTH")
    match kind:
        case "ISO":
            year, month, day = map(int, text.split("-"))
            return _checked(day, month, year)
        case "DOTTED":
            first, second, last = text.split(".")
            return _checked(int(first), int(second), int(last) if last else None)
        case "SLASHED":
            return _slashed(text)
        case _:
            day = int(text) if kind == "INT" else month_place(piece)
            return _checked(day, piece.value("MONTH"), None)


def first_and_last(piece: Piece) -> tuple[NamedDate, NamedDate]:
    """The two dates of "22 to 26 December"; PhraseError if there is none such."""
    month = piece.value("MONTH")
    first, last = (int(word.value) for word in piece.words if word.kind == "INT")
    if first >= last:
        words = f"The {ordinal_word(first)} is not before the {ordinal_word(last)}."
        raise PhraseError(f"{words} Say the first day first.")
    return _checked(first, month, None), _checked(last, month, None)


def clock_time(piece: Piece, words: str) -> time:
    """A time of day by the 24-hour clock, or by am and pm; PhraseError if there is none."""
    text, half = piece.value("CLOCK", "INT"), piece.value("AMPM")
    hour, _, minute = text.replace("h", ":").replace(".", ":").partition(":")
    hours, minutes = int(hour), int(minute or 0)
    if half and not 1 <= hours <= 12:
        hours = 24
    elif half:
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    if hours > 23 or minutes > 59:
        raise PhraseError(f'There is no time "{words}". Write it as in 18:00 or 6 pm.')
    return time(hours, minutes)


def month_name(month: int) -> str:
    """The name of a month, from 1."""
    return MONTHS[month - 1]


def last_day_before(month: int) -> str:
    """The last date before a month, as in 31 May; 28 February, which every year has."""
    before = (month - 2) % _MONTHS_IN_A_YEAR + 1
    return f"{calendar.monthrange(2027, before)[1]} {month_name(before)}"


@cache
def zone_names() -> Mapping[str, str]:
    """The names of zones by their lower case."""
    return {name.lower(): name for name in wall_clock.zone_names()}


def _slashed(text: str) -> NamedDate:
    """A date with strokes, whose day and month are only told apart by a number above 12."""
    numbers = [int(one) for one in text.split("/")]
    if len(text.split("/")[0]) == 4 and len(numbers) == 3:
        return _checked(numbers[2], numbers[1], numbers[0])
    first, second = numbers[:2]
    year = numbers[2] if len(numbers) == 3 else None
    if year is not None and len(text.split("/")[2]) != 4:
        raise PhraseError(f'"{text}" can be read in several ways. Write it as in 3 May 2027.')
    if first <= _MONTHS_IN_A_YEAR and second <= _MONTHS_IN_A_YEAR and first != second:
        one, other = _checked(first, second, None), _checked(second, first, None)
        raise PhraseError(
            f'"{text}" can be read in two ways. Say "{one.day} {month_name(one.month)}" or '
            f'"{other.day} {month_name(other.month)}".'
        )
    return _checked(max(first, second), min(first, second), year)


def _checked(day: int, in_year: int, year: int | None) -> NamedDate:
    if not 1 <= in_year <= _MONTHS_IN_A_YEAR or not 1 <= day <= 31:
        raise PhraseError("There is no such date. Write it as in 3 May 2027.")
    return NamedDate(day, in_year, year)
