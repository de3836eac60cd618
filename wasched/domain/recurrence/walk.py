"""The occurrences of a rule in order: on the wall clock, and as instants."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from typing import Any

from dateutil import rrule as rfc

from wasched.domain import wall_clock
from wasched.domain.recurrence.offer import LONGEST
from wasched.domain.recurrence.parts import Freq, RuleDay, RuleParts
from wasched.domain.recurrence.rule import MonthEnd, Recurrence

HORIZON = timedelta(days=3660)
"""Ten years: nothing further ahead is looked for."""

_FREQS: dict[Freq, Any] = {
    Freq.DAILY: rfc.DAILY,
    Freq.WEEKLY: rfc.WEEKLY,
    Freq.MONTHLY: rfc.MONTHLY,
    Freq.YEARLY: rfc.YEARLY,
}
_SHORTEST_MONTH = 28
_CYCLE = 400
"""Years after which the calendar repeats: what has not come by then, on 29 February in odd years
say, is not looked for till the end of time."""
_TWO_DAYS = timedelta(days=2)


def next_after(rule: Recurrence, after: datetime) -> datetime | None:
    """The first instant (UTC) after another one; None at the rule's end or past ten years."""
    found = occurrences(rule, after, 1)
    return found[0] if found else None


def occurrences(rule: Recurrence, after: datetime, limit: int) -> list[datetime]:
    """At most `limit` instants (UTC) of the rule after another one, in order."""
    return [instant for instant, _ in islice(walk_rule(rule, after), limit)]


def following(rule: Recurrence, local: datetime) -> tuple[datetime, datetime] | None:
    """The instant (UTC) and wall-clock time of the occurrence after one at a wall-clock time.

    Unlike `next_after`, it is not led astray when the zone's data changed since the one before
    was computed: an occurrence that moved to a later instant is not found a second time.
    """
    zone = wall_clock.zone(rule.zone)
    later = (time for time in wall_times(rule, local) if time > local)
    time = next(later, None)
    if time is None or time > local + HORIZON:
        return None
    return wall_clock.instant(time, zone), time


def walk_rule(rule: Recurrence, after: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each later instant (UTC) with its wall-clock time by the rule, for ten years.

    Where clocks jump over a whole day, two wall-clock times become one instant: it comes once.
    """
    zone = wall_clock.zone(rule.zone)
    earliest = wall_clock.local(after, zone) - _TWO_DAYS
    last = after.astimezone(UTC)
    latest = earliest + HORIZON
    for local in wall_times(rule, earliest):
        if local > latest:
            return
        instant = wall_clock.instant(local, zone)
        if instant > last:
            last = instant
            yield instant, local


def wall_times(rule: Recurrence, since: datetime) -> Iterator[datetime]:
    """The naive wall-clock times of the rule from `since` on, exceptions left out."""
    parts = rule.parts
    left_out = {one.date() for one in rule.exdates}
    start = rule.dtstart if parts.count else _near(rule.dtstart, parts, since)
    times = _distinct(heapq.merge(*_walkers(parts, start, rule.month_end)))
    for time in islice(times, parts.count):
        if parts.until is not None and time > parts.until:
            return
        if time >= since and time.date() not in left_out:
            yield time


def is_on(rule: Recurrence, day: date) -> bool:
    """Say whether the rule comes on a day of its wall clock."""
    local = datetime.combine(day, rule.dtstart.time())
    return next(wall_times(rule, local), None) == local


def _near(dtstart: datetime, parts: RuleParts, since: datetime) -> datetime:
    """A later start of the same rule, at least one step before `since`."""
    if parts.freq in (Freq.DAILY, Freq.WEEKLY):
        step = timedelta(days=parts.interval * (7 if parts.freq is Freq.WEEKLY else 1))
        return dtstart + max((since - dtstart) // step - 1, 0) * step
    step_months = parts.interval * (12 if parts.freq is Freq.YEARLY else 1)
    months = (since.year - dtstart.year) * 12 + since.month - dtstart.month
    steps = months // step_months - 1
    if steps < 1:
        return dtstart
    years, month = divmod(dtstart.month - 1 + steps * step_months, 12)
    return dtstart.replace(year=dtstart.year + years, month=month + 1, day=1)


def _walkers(parts: RuleParts, start: datetime, month_end: str) -> list[rfc.rrule]:
    """RFC 5545 rules whose occurrences together are ours.

    Each month of the year walks alone, since BYSETPOS would count through the whole year;
    so does each day that moves to the end of a shorter month.
    """
    months: tuple[int | None, ...] = parts.months or (None,)
    if not parts.month_days:
        chosen = {"byweekday": _weekdays(parts.days), "bysetpos": parts.position or None}
        return [_walker(parts, start, bymonth=month, **chosen) for month in months]
    return [
        _walker(parts, start, bymonth=month, **_by_date(day, month_end))
        for month in months
        for day in parts.month_days
        if _ever_comes(month, day, month_end)
    ]


def _ever_comes(month: int | None, day: int, month_end: str) -> bool:
    """Say whether a month ever has a day: who walks to 30 February walks through 8,000 years."""
    return month_end == MonthEnd.LAST or month is None or day <= LONGEST[month - 1]


def _by_date(day: int, month_end: str) -> dict[str, object]:
    if month_end == MonthEnd.LAST and day > _SHORTEST_MONTH:
        return {"bymonthday": range(_SHORTEST_MONTH, day + 1), "bysetpos": -1}
    return {"bymonthday": day}


def _weekdays(days: tuple[RuleDay, ...]) -> list[rfc.weekday] | None:
    return [rfc.weekday(day.weekday, day.nth or None) for day in days] or None


def _walker(parts: RuleParts, start: datetime, **chosen: Any) -> rfc.rrule:
    given = {name: value for name, value in chosen.items() if value is not None}
    until = datetime(min(start.year + _CYCLE, datetime.max.year), 12, 31)
    return rfc.rrule(*(_FREQS[parts.freq], start, parts.interval, rfc.MO), until=until, **given)


def _distinct(times: Iterable[datetime]) -> Iterator[datetime]:
    """Ordered times, each once."""
    return (time for time, _ in groupby(times))
