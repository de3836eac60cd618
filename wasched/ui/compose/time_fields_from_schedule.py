"""From a time that was saved back to the fields that would choose it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from wasched.domain import phrases, recurrence, wall_clock
from wasched.domain.errors import InputError
from wasched.domain.recurrence import Freq, Recurrence, RuleParts
from wasched.domain.recurrence.parts import WORKDAYS
from wasched.services.schedules import timing
from wasched.services.schedules.timing import When
from wasched.ui.compose import time_fields
from wasched.ui.compose.time_fields import NOW, ONCE, REPEAT, TYPED, Fields

_UNITS = {Freq.DAILY: "day", Freq.WEEKLY: "week", Freq.MONTHLY: "month", Freq.YEARLY: "year"}
_WAYS = ("date", "weekday", "last_weekday", "last_day")
_MOMENT = timedelta(seconds=1)


def fields_of(saved: When, local: datetime | None = None) -> Fields:
    """The fields for a time; a repetition from its occurrence at a naive wall-clock time on.

    What the fields cannot choose becomes the phrase that says the same, with its begin.
    """
    if saved.day is None or saved.clock is None:
        return Fields(mode=NOW, zone=saved.zone)
    start = datetime.combine(saved.day, saved.clock)
    once = _at(local or start, saved.zone)
    if not saved.rrule:
        return replace(once, fold="yes" if saved.fold else "")
    rule = Recurrence(saved.rrule, start, saved.zone, saved.exdates, saved.month_end)
    rule = replace(recurrence.rest_of_rule(rule, local) if local else rule, exdates=())
    fitting = (one for one in _candidates(once, rule) if _means(one, rule))
    said = replace(once, mode=TYPED, phrase=phrases.say_rule(rule))
    return next(fitting, said)


def with_changes(fields: Fields, before: Fields, after: Fields) -> Fields:
    """Fields with what was changed in others; the way of choosing only if both began alike."""
    changed = {name: value for name, value in vars(after).items() if vars(before)[name] != value}
    if fields.mode != before.mode:
        changed.pop("mode", None)
    return replace(fields, **changed)


def single_time_fields(fields: Fields) -> Fields:
    """The fields of a single occurrence."""
    return replace(fields, mode=ONCE)


def _at(local: datetime, zone: str) -> Fields:
    return Fields(mode=ONCE, day=local.date().isoformat(), clock=f"{local:%H:%M}", zone=zone)


def _candidates(once: Fields, rule: Recurrence) -> Iterator[Fields]:
    """The choices that may mean the rule, the likeliest first."""
    parts = rule.parts
    weekdays = tuple(day.weekday for day in parts.days)
    plain = replace(
        once,
        mode=REPEAT,
        unit=_UNITS[parts.freq],
        every=str(parts.interval),
        weekdays=tuple(sorted(set(weekdays))) or (rule.dtstart.weekday(),),
        short_months=rule.month_end if recurrence.needs_month_end(rule) else "",
        **_end(parts, rule.dtstart),
    )
    if weekdays == WORKDAYS and parts.interval == 1:
        yield replace(plain, unit="weekday")
    if parts.freq in (Freq.DAILY, Freq.WEEKLY):
        yield plain
        return
    for way in _WAYS:
        yield replace(plain, month_by=way)


def _end(parts: RuleParts, start: datetime) -> dict[str, str]:
    if parts.count is not None:
        return {"ends": "count", "count": str(parts.count)}
    if parts.until is None:
        return {}
    days = 0 if parts.until.time() >= start.time() else 1
    return {"ends": "date", "until": (parts.until.date() - timedelta(days=days)).isoformat()}


def _means(fields: Fields, rule: Recurrence) -> bool:
    """Say whether the fields choose exactly this rule."""
    before = wall_clock.instant(rule.dtstart, wall_clock.zone(rule.zone)) - _MOMENT
    try:
        found = timing.when_chosen(time_fields.choice_of(fields), fields.zone, before)
    except InputError:
        return False
    assert found.day is not None and found.clock is not None
    start = datetime.combine(found.day, found.clock)
    chosen = Recurrence(found.rrule, start, found.zone, month_end=found.month_end)
    return (start, chosen.month_end, _by_day(chosen.parts)) == (
        rule.dtstart,
        rule.month_end,
        _by_day(rule.parts),
    )


def _by_day(parts: RuleParts) -> RuleParts:
    """The parts with the end by its day alone, which is what the fields name."""
    until = parts.until.replace(hour=0, minute=0, second=0) if parts.until else None
    return replace(parts, until=until)
