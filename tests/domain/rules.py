"""Rules of every kind we offer for property tests, and a plain day-by-day reading of them."""

import calendar
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from wasched.domain import wall_clock
from wasched.domain.recurrence import Freq, MonthEnd, Recurrence, RuleDay, RuleEnd, RuleParts, build
from wasched.domain.recurrence.parts import WORKDAYS

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
         "Asia/Kolkata", "America/Havana", "Pacific/Apia", "UTC")  # fmt: skip

weekdays = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(sorted)
nths = st.sampled_from([1, 2, 3, 4, -1])
months = st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True).map(sorted)
month_days = st.lists(
    st.sampled_from([*range(1, 32), 29, 30, 31, -1]), min_size=1, max_size=3, unique=True
)
starts = st.builds(
    lambda day, minutes: datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes),
    st.dates(date(2026, 1, 1), date(2031, 12, 31)),
    st.integers(0, 24 * 60 - 1),
)


KINDS = ("daily", "weekly", "by date", "by late date", "by weekday", "by working day")


@st.composite
def parts(draw: st.DrawFn, kind: str = "") -> RuleParts:
    """A rule of some kind without an end."""
    kind = kind or draw(st.sampled_from(KINDS))
    every = draw(st.integers(1, 5))
    if kind == "daily":
        return RuleParts(Freq.DAILY, every)
    if kind == "weekly":
        return RuleParts(Freq.WEEKLY, every, tuple(RuleDay(day) for day in draw(weekdays)))
    freq = draw(st.sampled_from([Freq.MONTHLY, Freq.YEARLY]))
    chosen = tuple(draw(months)) if freq is Freq.YEARLY else ()
    if kind == "by weekday":
        named = tuple(RuleDay(day, draw(nths)) for day in draw(weekdays)[:2])
        return RuleParts(freq, every, named, months=chosen)
    if kind == "by working day":
        working = tuple(RuleDay(day) for day in WORKDAYS)
        return RuleParts(freq, every, working, months=chosen, position=draw(nths))
    days = tuple(draw(month_days))
    if kind == "by late date":
        days = (*days, draw(st.integers(29, 31)))
    if chosen and max(days) > 29:  # January has them all, lest the rule be refused
        chosen = tuple(sorted({*chosen, 1}))
    return RuleParts(freq, every, month_days=tuple(sorted(set(days))), months=chosen)


@st.composite
def rules(draw: st.DrawFn, kind: str = "") -> Recurrence:
    """A rule of some kind with a start, a zone, and perhaps an end."""
    start = draw(starts)
    end = draw(
        st.just(RuleEnd())
        | st.builds(RuleEnd, count=st.integers(1, 30))
        | st.builds(
            RuleEnd, until=st.integers(0, 900).map(lambda one: start.date() + timedelta(one))
        )
    )
    month_end = draw(st.sampled_from(MonthEnd))
    zone = draw(st.sampled_from(ZONES) | st.sampled_from(sorted(wall_clock.zone_names())))
    return build(draw(parts(kind)), start, zone, end, month_end)


def day_by_day(rule: Recurrence, until: date) -> Iterator[datetime]:
    """The wall-clock times of a rule, found by asking of every day whether it is one."""
    one, found = rule.dtstart.date(), 0
    while one <= until:
        time = datetime.combine(one, rule.dtstart.time())
        one += timedelta(days=1)
        if not _fits(rule, time.date()):
            continue
        found += 1
        if rule.parts.count and found > rule.parts.count:
            return
        if rule.parts.until and time > rule.parts.until:
            return
        if time not in rule.exdates:
            yield time


def _fits(rule: Recurrence, day: date) -> bool:
    made, start = rule.parts, rule.dtstart.date()
    match made.freq:
        case Freq.DAILY:
            return (day - start).days % made.interval == 0
        case Freq.WEEKLY:
            weeks = (_monday(day) - _monday(start)).days // 7
            return weeks % made.interval == 0 and RuleDay(day.weekday()) in made.days
        case Freq.MONTHLY:
            steps = (day.year - start.year) * 12 + day.month - start.month
        case Freq.YEARLY:
            steps = day.year - start.year
    in_month = not made.months or day.month in made.months
    return in_month and steps % made.interval == 0 and _fits_month(rule, day)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _fits_month(rule: Recurrence, day: date) -> bool:
    made, length = rule.parts, calendar.monthrange(day.year, day.month)[1]
    if made.position:
        all_days = (day.replace(day=one) for one in range(1, length + 1))
        working = [one for one in all_days if one.weekday() < 5]
        return day == working[made.position - (made.position > 0)]
    if made.days:
        from_start, from_end = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
        return any(RuleDay(day.weekday(), nth) in made.days for nth in (from_start, from_end))
    is_last = day.day == length
    moved = is_last and rule.month_end == MonthEnd.LAST and max(made.month_days) > length
    return day.day in made.month_days or (is_last and -1 in made.month_days) or moved
