"""When something goes out, from what a person typed or chose."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from wasched.domain import phrases, recurrence, wall_clock
from wasched.domain.errors import InputError
from wasched.domain.recurrence import MonthEnd, Recurrence, RuleEnd, RuleError
from wasched.domain.wording import NTH, WEEKDAYS, ordinal_word

_LAST = -1
_FOURTH = 4
_WEEK = timedelta(days=7)
_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class When:
    """Wall time in an IANA zone, both None for now, with a rule if it repeats.

    `fold` is 1 for the second of two times that the clocks show when they are set back.
    """

    day: date | None
    clock: time | None
    zone: str
    rrule: str = ""
    month_end: str = MonthEnd.SKIP
    exdates: tuple[datetime, ...] = ()
    fold: int = 0


@dataclass(frozen=True)
class RepeatChoice:
    """A repetition as it is chosen, beginning on a day.

    `unit` is day, weekday, week, month or year; `weekdays` (0 is Monday) are for weeks;
    `month_by` is date, weekday, last_weekday or last_day, of the day that it begins on;
    `month_end` is last or skip for months that lack the day, None if nobody was asked.
    """

    day: date
    clock: time
    unit: str
    every: int = 1
    weekdays: tuple[int, ...] = ()
    month_by: str = "date"
    month_end: str | None = None
    count: int | None = None
    until: date | None = None


def when_typed(text: str, now: datetime, zone: str, month_end: str | None = None) -> When:
    """What a phrase means; InputError with a sentence where it is not clear.

    `month_end` ("last" or "skip") answers for months that lack the day, if it was asked.
    """
    meant = phrases.read(text, now, zone, month_end)
    if meant.rule is not None:
        return _of_rule(meant.rule)
    assert meant.at is not None
    where = wall_clock.zone(meant.zone)
    local = wall_clock.local(meant.at, where)
    return When(local.date(), local.time(), meant.zone, fold=wall_clock.fold(meant.at, where))


def asks_month_end(text: str, now: datetime, zone: str) -> bool:
    """Say whether a phrase can be read once it is known what happens in shorter months."""
    return not _is_clear(text, now, zone, None) and _is_clear(text, now, zone, MonthEnd.LAST)


def when_chosen(choice: RepeatChoice, zone: str, now: datetime) -> When:
    """What a choice means, beginning with the first time the rule hits.

    RuleError if that is never; InputError (weekdays) if none is chosen for weeks.
    """
    plain = _rule_of(choice, _start_of(choice, choice.day), zone, every=1, end=recurrence.NEVER)
    begins = max(now, wall_clock.instant(plain.dtstart, wall_clock.zone(zone)) - _MOMENT)
    first = next(recurrence.walk_rule(plain, begins), None)
    if first is None:
        raise RuleError("This never happens. Change the days or the end.")
    end = RuleEnd(choice.count, choice.until)
    if choice.count is not None and choice.until is not None:
        raise RuleError("Choose an end date or a number of times, not both.")
    # Every so many weeks are counted from the first message, not from the day first chosen.
    return _of_rule(_rule_of(choice, first[1], zone, every=choice.every, end=end))


def lacks_days(choice: RepeatChoice, zone: str) -> bool:
    """Say whether shorter months (or years) lack the day, so that it is to be asked once."""
    rule = _rule_of(choice, _start_of(choice, choice.day), zone, choice.every, recurrence.NEVER)
    return recurrence.needs_month_end(rule)


def month_choices(day: date) -> list[tuple[str, str]]:
    """The ways in which a day stands in its month, each with its words."""
    name = WEEKDAYS[day.weekday()]
    found = [("date", f"on the {ordinal_word(day.day)}")]
    if _nth_weekday(day) <= _FOURTH:
        found.append(("weekday", f"on the {NTH[_nth_weekday(day)]} {name}"))
    if (day + _WEEK).month != day.month:
        found.append(("last_weekday", f"on the last {name}"))
    if (day + timedelta(days=1)).month != day.month:
        found.append(("last_day", "on the last day"))
    return found


def _of_rule(rule: Recurrence) -> When:
    start = rule.dtstart
    return When(start.date(), start.time(), rule.zone, rule.rrule, rule.month_end, rule.exdates)


def _start_of(choice: RepeatChoice, day: date) -> datetime:
    return datetime.combine(day, choice.clock.replace(tzinfo=None, second=0, microsecond=0))


def _rule_of(
    choice: RepeatChoice, start: datetime, zone: str, every: int, end: RuleEnd
) -> Recurrence:
    match choice.unit:
        case "day":
            return recurrence.daily(start, zone, every, end)
        case "weekday":
            return recurrence.weekdays(start, zone, end)
        case "week":
            if not choice.weekdays:
                raise InputError("weekdays", "Choose at least one weekday.")
            return recurrence.weekly(start, zone, choice.weekdays, every, end)
        case "month" | "year":
            return _by_month(choice, start, zone, every, end)
        case _:
            raise RuleError("Repeat by the day, week, month or year.")


def _by_month(
    choice: RepeatChoice, start: datetime, zone: str, every: int, end: RuleEnd
) -> Recurrence:
    """On the date, the weekday or the end of the month that the chosen day stands for."""
    day, is_year = choice.day, choice.unit == "year"
    month_end = choice.month_end or MonthEnd.SKIP
    month = (day.month,) if is_year else ()
    by_weekday: Callable[..., Recurrence] = (
        recurrence.yearly_on if is_year else recurrence.monthly_on
    )
    match choice.month_by:
        case "weekday" if _nth_weekday(day) <= _FOURTH:
            return by_weekday(start, zone, *month, _nth_weekday(day), day.weekday(), every, end)
        case "last_weekday":
            return by_weekday(start, zone, *month, _LAST, day.weekday(), every, end)
        case "last_day" | "date":
            number = _LAST if choice.month_by == "last_day" else day.day
            if is_year:
                yearly = partial(recurrence.yearly, month_end=month_end)
                return yearly(start, zone, day.month, number, every=every, end=end)
            return recurrence.monthly(start, zone, (number,), month_end, every, end)
        case _:
            raise RuleError("Choose the date or a weekday of the month.")


def _nth_weekday(day: date) -> int:
    """Which one of its weekday in its month: 1 is the first."""
    return (day.day - 1) // 7 + 1


def _is_clear(text: str, now: datetime, zone: str, month_end: str | None) -> bool:
    try:
        phrases.understand_phrase(text, now, zone, month_end)
    except InputError:
        return False
    return True
