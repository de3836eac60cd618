"""RRULE text into parts, and refusals with a sentence for what is malformed."""

import re
from collections.abc import Collection
from datetime import UTC, datetime, time

from wasched.domain.recurrence.offer import offered_rule
from wasched.domain.recurrence.parts import (
    CODES,
    COUNT_MAX,
    INTERVAL_MAX,
    Freq,
    RuleDay,
    RuleError,
    RuleParts,
)
from wasched.domain.wall_clock import local, zone

_KNOWN = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS",
}  # fmt: skip
_CLOCK = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_DAY_ENDS = time(23, 59, 59)
_NTH = (-1, 1, 2, 3, 4)


def read_rule(rrule: str, dtstart: datetime, zone_name: str) -> RuleParts:
    """The parts of an RRULE, with what RFC 5545 takes from the start said outright.

    RuleError, with a sentence, for what is malformed, not offered, or can never happen.
    """
    values = _values(rrule)
    freq = _freq(values)
    parts = RuleParts(
        freq=freq,
        interval=_number(values, "INTERVAL", INTERVAL_MAX[freq]) or 1,
        days=_days(values.get("BYDAY", "")),
        month_days=_numbers(values, "BYMONTHDAY", (-1, *range(1, 32))),
        months=_numbers(values, "BYMONTH", range(1, 13)),
        position=_position(values),
        count=_number(values, "COUNT", COUNT_MAX),
        until=_until(values.get("UNTIL", ""), zone_name),
    )
    if parts.count and parts.until:
        raise RuleError("Give an end date or a number of times, not both.")
    if parts.interval > 1 and values.get("WKST", "MO") != "MO":
        raise RuleError("Weeks begin on Monday here; leave WKST out.")
    return offered_rule(parts, dtstart)


def _values(rrule: str) -> dict[str, str]:
    text = rrule.strip().upper().removeprefix("RRULE:")
    values: dict[str, str] = {}
    for piece in filter(None, text.split(";")):
        name, _, value = piece.partition("=")
        if not value or name in values:
            raise RuleError(f'"{piece}" is no part of a rule. Write NAME=VALUE, each once.')
        if name in _CLOCK:
            raise RuleError("The time of day is that of the start. Make one schedule per time.")
        if name not in _KNOWN:
            raise RuleError(f"Rules with {name} are not offered.")
        values[name] = value
    return values


def _freq(values: dict[str, str]) -> Freq:
    name = values.get("FREQ", "")
    if name in _TOO_OFTEN:
        raise RuleError("Once a day is the most often a schedule can repeat.")
    if name not in set(Freq):
        raise RuleError("Say how often: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.")
    return Freq(name)


def _number(values: dict[str, str], name: str, most: int) -> int | None:
    text = values.get(name)
    if text is None:
        return None
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= most:
        raise RuleError(f"{name} must be a number from 1 to {most:,}.")
    return int(text)


def _numbers(values: dict[str, str], name: str, allowed: Collection[int]) -> tuple[int, ...]:
    texts = values[name].split(",") if name in values else []
    if not all(re.fullmatch("[+-]?[0-9]{1,3}", text) for text in texts):
        raise RuleError(f"{name} must be whole numbers.")
    numbers = sorted({int(text) for text in texts}, key=_order)
    if wrong := [number for number in numbers if number not in allowed]:
        raise RuleError(f"{name}={wrong[0]} is not offered.")
    return tuple(numbers)


def _order(number: int) -> tuple[bool, int]:
    """Days counted from the end of the month come last."""
    return number < 0, number


def _position(values: dict[str, str]) -> int:
    positions = _numbers(values, "BYSETPOS", _NTH)
    if len(positions) > 1:
        raise RuleError("Choose one BYSETPOS.")
    return positions[0] if positions else 0


def _days(text: str) -> tuple[RuleDay, ...]:
    found = set()
    for piece in filter(None, text.split(",")):
        match = re.fullmatch("([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)", piece)
        if match is None:
            raise RuleError(f'"{piece}" is no weekday. Write MO, TU … or -1FR for the last Friday.')
        nth = int(match[1] or 0)
        if match[1] and nth not in _NTH:
            raise RuleError("A weekday of the month is its first to fourth or its last one.")
        found.add(RuleDay(CODES.index(match[2]), nth))
    return tuple(sorted(found, key=lambda day: (_order(day.nth), day.weekday)))


def _until(text: str, zone_name: str) -> datetime | None:
    """The end as naive wall clock: a date counts whole, an end in UTC (Z) is converted."""
    if not text:
        return None
    try:
        if len(text) == 8:
            return datetime.combine(datetime.strptime(text, "%Y%m%d"), _DAY_ENDS)
        end = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")
        return local(end.replace(tzinfo=UTC), zone(zone_name)) if text.endswith("Z") else end
    except (ValueError, OverflowError):
        raise RuleError("UNTIL must be a date, as in 20270503.") from None
