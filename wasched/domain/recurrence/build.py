"""Rules from what a person chose: days, steps and an end.

Every builder takes the naive wall-clock start (its time of day is the rule's), the IANA zone,
and an end: `count` times, or `until` the end of a date. RuleError says what makes no sense.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from wasched.domain.recurrence.parts import WORKDAYS, Freq, RuleDay, RuleError, RuleParts
from wasched.domain.recurrence.rule import MonthEnd, Recurrence, parse_rule

_DAY_ENDS = time(23, 59, 59)


@dataclass(frozen=True)
class RuleEnd:
    """When a rule ends: after `count` times, with the date `until`, or never."""

    count: int | None = None
    until: date | None = None


NEVER = RuleEnd()


def daily(start: datetime, zone: str, every: int = 1, end: RuleEnd = NEVER) -> Recurrence:
    """Every day, or every so many days from the start."""
    return build(RuleParts(Freq.DAILY, every), start, zone, end)


def weekdays(start: datetime, zone: str, end: RuleEnd = NEVER) -> Recurrence:
    """Every day from Monday to Friday."""
    return weekly(start, zone, WORKDAYS, end=end)


def weekly(
    start: datetime, zone: str, days: Iterable[int], every: int = 1, end: RuleEnd = NEVER
) -> Recurrence:
    """On chosen weekdays (0 is Monday), every so many weeks from the week of the start."""
    chosen = tuple(RuleDay(day) for day in days)
    return build(RuleParts(Freq.WEEKLY, every, chosen), start, zone, end)


def monthly(
    start: datetime,
    zone: str,
    days: Iterable[int],
    month_end: str,
    every: int = 1,
    end: RuleEnd = NEVER,
) -> Recurrence:
    """On days of the month (1 to 31, -1 the last), every so many months."""
    parts = RuleParts(Freq.MONTHLY, every, month_days=tuple(days))
    return build(parts, start, zone, end, month_end)


def monthly_on(
    start: datetime, zone: str, nth: int, weekday: int, every: int = 1, end: RuleEnd = NEVER
) -> Recurrence:
    """On the first to fourth (1 to 4) or last (-1) of a weekday (0 is Monday) of the month."""
    return build(RuleParts(Freq.MONTHLY, every, (RuleDay(weekday, nth),)), start, zone, end)


def monthly_workday(
    start: datetime, zone: str, nth: int, every: int = 1, end: RuleEnd = NEVER
) -> Recurrence:
    """On the first to fourth (1 to 4) or last (-1) day from Monday to Friday of the month."""
    days = tuple(RuleDay(day) for day in WORKDAYS)
    return build(RuleParts(Freq.MONTHLY, every, days, position=nth), start, zone, end)


def yearly(
    start: datetime,
    zone: str,
    month: int,
    day: int,
    month_end: str = MonthEnd.SKIP,
    every: int = 1,
    end: RuleEnd = NEVER,
) -> Recurrence:
    """On a date of the year; `month_end` decides about 29 February."""
    parts = RuleParts(Freq.YEARLY, every, month_days=(day,), months=(month,))
    return build(parts, start, zone, end, month_end)


def yearly_on(
    start: datetime,
    zone: str,
    month: int,
    nth: int,
    weekday: int,
    every: int = 1,
    end: RuleEnd = NEVER,
) -> Recurrence:
    """On the first to fourth or last of a weekday of a month, every so many years."""
    parts = RuleParts(Freq.YEARLY, every, (RuleDay(weekday, nth),), months=(month,))
    return build(parts, start, zone, end)


def build(
    parts: RuleParts,
    start: datetime,
    zone: str,
    end: RuleEnd = NEVER,
    month_end: str = MonthEnd.SKIP,
) -> Recurrence:
    """The checked rule of parts and an end."""
    if parts.interval < 1 or (end.count is not None and end.count < 1):
        raise RuleError("Repeat every 1 or more, and 1 or more times.")
    until = None if end.until is None else datetime.combine(end.until, _DAY_ENDS)
    return parse_rule(
        replace(parts, count=end.count, until=until).text(), start, zone, month_end=month_end
    )
