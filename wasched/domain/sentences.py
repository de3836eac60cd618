"""Rules and instants in plain English, in words that `phrases` reads back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from wasched.domain import wall_clock, wording
from wasched.domain.errors import InputError
from wasched.domain.recurrence import (
    Freq,
    MonthEnd,
    Recurrence,
    RuleDay,
    RuleParts,
    needs_month_end,
    wall_times,
)
from wasched.domain.recurrence.parts import WORKDAYS
from wasched.domain.wall_clock import Zone
from wasched.domain.wording import MONTHS, NTH, WEEKDAYS, day_and_month, join_words, ordinal_word

UNREADABLE = "Repeats by a rule that cannot be read."

_EXCEPTIONS_NAMED = 3
_TIMES_COUNTED = 999
_DATES_NAMED = 6
_NEAR = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}


def rule_sentence(rule: Recurrence) -> str:
    """The rule without its zone, as in: Every 2 weeks on Monday and Thursday at 18:00, 12 times.

    Never raises: a rule that cannot be read says so.
    """
    try:
        parts = rule.parts
        main = f"{_every(parts)} at {rule.dtstart:%H:%M}"
        tails = (_short_months(rule, parts), _exceptions(rule), _end(rule, parts))
    except (InputError, ValueError, OverflowError):
        return UNREADABLE
    return ", ".join([main, *filter(None, tails)])


def when_words(instant: datetime, zone: Zone, now: datetime) -> str:
    """Day and time of an instant within a sentence: tomorrow at 08:00, Tue 17 March at 18:00."""
    name = day_words(instant, zone, now)
    said = name.lower() if is_near(name) else name
    return f"{said} at {wall_clock.local(instant, zone):%H:%M}"


def once_words(instant: datetime, zone: Zone, now: datetime) -> str:
    """The sentence of what goes out a single time, as in: Once, tomorrow at 08:00."""
    return f"Once, {when_words(instant, zone, now)}"


def day_words(instant: datetime, zone: Zone, now: datetime) -> str:
    """Today, Tomorrow, Yesterday, else Tue 17 March; the year only when it is another one."""
    there, here = wall_clock.local(instant, zone).date(), wall_clock.local(now, zone).date()
    return near_day(there, here) or f"{WEEKDAYS[there.weekday()][:3]} {day_and_month(there, here)}"


def near_day(day: date, today: date) -> str:
    """Yesterday, Today or Tomorrow; empty for any other day."""
    return _NEAR.get((day - today).days, "")


def is_near(name: str) -> bool:
    """True for the name of a day that is no date: within a sentence it begins small."""
    return name in _NEAR.values()


def last_day(until: datetime, dtstart: datetime) -> date:
    """The last date that counts: the end's own only if it is not before the time of day."""
    days = 0 if until.time() >= dtstart.time() else 1
    return until.date() - timedelta(days=days)


def times_words(count: int) -> str:
    """How often in all, as in: 12 times."""
    return "once" if count == 1 else f"{count} times"


def exception_words(spans: Sequence[wording.Span]) -> str:
    """The days left out, as in: except on 24 December 2026 and 2 to 6 January 2027."""
    on = "" if wording.is_long(spans[0]) else "on "
    return f"except {on}{join_words([wording.span_words(one) for one in spans])}"


def _every(parts: RuleParts) -> str:
    match parts.freq:
        case Freq.DAILY:
            return _step("day", parts.interval)
        case Freq.WEEKLY:
            return _weekly(parts)
        case Freq.MONTHLY if parts.interval == 1 and _is_last_weekday(parts):
            return f"Every last {WEEKDAYS[parts.days[0].weekday]}"
        case Freq.MONTHLY:
            return f"{_step('month', parts.interval)} on {join_words(_days_of_month(parts))}"
        case Freq.YEARLY:
            return f"{_step('year', parts.interval)} on {_days_of_year(parts)}"


def _step(unit: str, interval: int) -> str:
    return f"Every {unit}" if interval == 1 else f"Every {interval} {unit}s"


def _weekly(parts: RuleParts) -> str:
    weekdays = tuple(day.weekday for day in parts.days)
    if parts.interval == 1 and weekdays == WORKDAYS:
        return "Every weekday"
    named = join_words([WEEKDAYS[weekday] for weekday in weekdays])
    if parts.interval == 1:
        return f"Every {named}"
    return f"{_step('week', parts.interval)} on {named}"


def _is_last_weekday(parts: RuleParts) -> bool:
    return len(parts.days) == 1 and parts.days[0].nth == -1


def _days_of_month(parts: RuleParts) -> list[str]:
    if parts.position:
        return [f"the {NTH[parts.position]} weekday"]
    if parts.days:
        return [_nth_weekday(one) for one in parts.days]
    return ["the last day" if one < 0 else f"the {ordinal_word(one)}" for one in parts.month_days]


def _nth_weekday(day: RuleDay) -> str:
    return f"the {NTH[day.nth]} {WEEKDAYS[day.weekday]}"


def _days_of_year(parts: RuleParts) -> str:
    months = [MONTHS[month - 1] for month in parts.months]
    if len(months) > 1 and len(months) * len(parts.month_days) > _DATES_NAMED:
        return f"{join_words(_days_of_month(parts))} of {join_words(months)}"
    if parts.month_days and parts.month_days[0] > 0:
        dates = [(month, one) for month in parts.months for one in parts.month_days if one > 0]
        ends = [f"the last day of {month}" for month in months if -1 in parts.month_days]
        return join_words([f"{one} {MONTHS[month - 1]}" for month, one in dates] + ends)
    return f"{join_words(_days_of_month(parts))} of {join_words(months)}"


def _short_months(rule: Recurrence, parts: RuleParts) -> str:
    """What happens where the chosen day does not exist, if that can be."""
    if not needs_month_end(rule):
        return ""
    last = rule.month_end == MonthEnd.LAST
    if parts.months == (2,) and parts.month_days == (29,):
        return "or 28 February in other years" if last else "in leap years only"
    if last:
        return "or the last day of shorter months"
    if parts.months:
        return "leaving out dates that do not exist"
    lacking = [ordinal_word(day) for day in parts.month_days if day > 28]
    return f"leaving out months without a {' or '.join(lacking)}"


def _exceptions(rule: Recurrence) -> str:
    if not rule.exdates:
        return ""
    spans = wording.spans(one.date() for one in rule.exdates)
    if len(spans) > _EXCEPTIONS_NAMED:
        return f"except on {len(rule.exdates)} days"
    return exception_words(spans)


def _end(rule: Recurrence, parts: RuleParts) -> str:
    if parts.count is not None:
        return times_words(parts.count)
    if parts.until is None:
        return ""
    until = f"until {day_and_month(last_day(parts.until, rule.dtstart))}"
    many = len(list(islice(wall_times(rule, rule.dtstart), _TIMES_COUNTED + 1)))
    return f"{until}, {times_words(many)}" if 0 < many <= _TIMES_COUNTED else until
