"""Which combinations of parts we offer, each brought into its one plain form."""

from dataclasses import replace
from datetime import datetime

from wasched.domain.recurrence.parts import CODES, WORKDAYS, Freq, RuleDay, RuleError, RuleParts
from wasched.domain.wording import MONTHS

LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days that each month can have."""


def offered_rule(parts: RuleParts, dtstart: datetime) -> RuleParts:
    """The same rule with everything said outright; RuleError for what we do not offer."""
    match parts.freq:
        case Freq.DAILY:
            return _daily(parts)
        case Freq.WEEKLY:
            return _weekly(parts, dtstart)
        case Freq.MONTHLY:
            return _monthly(parts, dtstart)
        case Freq.YEARLY:
            return _yearly(parts, dtstart)


def _daily(parts: RuleParts) -> RuleParts:
    _refuse_month_parts(parts, "days")
    if not parts.days:
        return parts
    if parts.interval > 1:
        raise RuleError("Choose weekdays or every so many days, not both.")
    return _weekly(replace(parts, freq=Freq.WEEKLY), None)


def _weekly(parts: RuleParts, dtstart: datetime | None) -> RuleParts:
    _refuse_month_parts(parts, "weeks")
    if any(day.nth for day in parts.days):
        raise RuleError("The first or last weekday of a month needs a rule by the month.")
    if parts.interval == 1 and len(parts.days) == len(CODES):
        return replace(parts, freq=Freq.DAILY, days=())
    if parts.days or dtstart is None:
        return parts
    return replace(parts, days=(RuleDay(dtstart.weekday()),))


def _refuse_month_parts(parts: RuleParts, unit: str) -> None:
    if parts.month_days or parts.months or parts.position:
        raise RuleError(f"A rule by {unit} cannot name days of the month or months.")


def _monthly(parts: RuleParts, dtstart: datetime) -> RuleParts:
    if parts.months:
        raise RuleError("For chosen months, repeat by the year.")
    return _within_months(parts, dtstart)


def _yearly(parts: RuleParts, dtstart: datetime) -> RuleParts:
    if not parts.months:
        if parts.days or parts.month_days:
            raise RuleError("Say in which month of the year.")
        parts = replace(parts, months=(dtstart.month,))
    return _within_months(parts, dtstart)


def _within_months(parts: RuleParts, dtstart: datetime) -> RuleParts:
    """Days of a month, by date or by weekday."""
    if parts.days and parts.month_days:
        raise RuleError("Choose days of the month or weekdays, not both.")
    if parts.days:
        return _by_weekday(parts)
    if parts.position:
        raise RuleError("BYSETPOS needs weekdays to choose from.")
    if not parts.month_days:
        parts = replace(parts, month_days=(dtstart.day,))
    _refuse_never(parts)
    return parts


def _by_weekday(parts: RuleParts) -> RuleParts:
    """The last Friday, the first and third Monday, or the last working day."""
    named = [day.nth for day in parts.days]
    if parts.position == 0 and all(named):
        return parts
    if parts.position == 0 or any(named):
        raise RuleError("Say which weekday of the month: the first to fourth or the last.")
    if len(named) == 1:
        return replace(parts, days=(RuleDay(parts.days[0].weekday, parts.position),), position=0)
    if tuple(day.weekday for day in parts.days) != WORKDAYS:
        raise RuleError("Choose one weekday of the month, or Monday to Friday.")
    return parts


def _refuse_never(parts: RuleParts) -> None:
    longest = max(LONGEST[month - 1] for month in parts.months or range(1, 13))
    if all(day > longest for day in parts.month_days):
        never = f"{parts.month_days[0]} {MONTHS[parts.months[0] - 1]}"
        raise RuleError(f"There is no {never}. Choose another day.")
