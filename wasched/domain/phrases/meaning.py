"""From the pieces of a phrase to one rule or one instant."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from wasched.domain import wall_clock
from wasched.domain.phrases.said import EXAMPLES, Named, PhraseError, Said
from wasched.domain.recurrence import (
    HORIZON,
    Day,
    End,
    Freq,
    Parts,
    Recurrence,
    build,
    needs_month_end,
    walk,
    wall_times,
)
from wasched.domain.recurrence.parts import WORKDAYS
from wasched.domain.wording import WEEKDAYS, day_and_month, joined, ordinal

_ON_WHICH_DAY = {
    Freq.WEEKLY: 'On which weekday? Say it as in "every week on Monday at 9".',
    Freq.MONTHLY: 'On which day of the month? Say it as in "every month on the 12th at 9".',
    Freq.YEARLY: 'On which date? Say it as in "every year on 12 March at 9".',
}
_DATE = "3 May at 18:00"
_LATEST_MORNING = 5
_LAST_DAY = -1


def repeats(said: Said) -> bool:
    """Say whether the phrase names something that comes again."""
    return said.freq is not None or said.repeats


def rule(said: Said, now: datetime, zone: str, month_end: str | None) -> Recurrence:
    """The rule of a phrase, from its first time after `now` on."""
    if said.days_ahead is not None or said.ahead is not None or said.is_next:
        raise PhraseError(
            f"One day and a repetition do not go together. Say one, as in {EXAMPLES}."
        )
    if said.at is None:
        raise PhraseError('At what time? Say it as in "every weekday at 9".')
    parts = _parts(said)
    start = _first(parts, said, said.at, now, zone)
    made = build(
        parts, start, zone, _end(said, start.date()), said.month_end or month_end or "skip"
    )
    if needs_month_end(made) and not (said.month_end or month_end):
        raise PhraseError(_ask_month_end(made))
    _check_times(said, made)
    return replace(made, exdates=_exceptions(said, made))


def once(said: Said, now: datetime, zone: str) -> datetime:
    """The one instant (UTC) of a phrase that does not repeat."""
    if said.until is not None or said.count is not None or said.start is not None:
        raise PhraseError(f"Say how often it repeats, as in {EXAMPLES}.")
    if said.month_days or said.nths or said.workdays or said.months:
        raise PhraseError('Say "every month" with it, or name the day with its month.')
    if said.exceptions or said.month_end:
        raise PhraseError("Exceptions need a repetition. Say how often, as in every day at 9.")
    found = _instant(said, now, zone)
    if found <= now:
        raise PhraseError(f"{_spoken(found, zone)} is over. Choose a later time.")
    if found > now + HORIZON:
        raise PhraseError("A message can be scheduled up to ten years ahead.")
    return found


def _parts(said: Said) -> Parts:
    freq = said.freq or Freq.WEEKLY
    days = [Day(weekday) for weekday in said.weekdays] + said.nths
    month_days, months = list(said.month_days), list(said.months)
    if said.dates:
        month_days, months = _yearly_dates(said, freq)
    if freq is Freq.DAILY and (days or month_days or months or said.workdays):
        raise PhraseError("Every day and chosen days do not go together. Say one of them.")
    position = 0
    if said.workdays:
        if len(said.workdays) > 1 or days:
            raise PhraseError("Make one schedule for each of these days.")
        days, position = [Day(weekday) for weekday in WORKDAYS], said.workdays[0]
    if freq is not Freq.DAILY and not (days or month_days):
        raise PhraseError(_ON_WHICH_DAY[freq])
    return Parts(freq, said.every, tuple(days), tuple(month_days), tuple(months), position)


def _yearly_dates(said: Said, freq: Freq) -> tuple[list[int], list[int]]:
    """The days and months of dates that come every year."""
    days = sorted({one.day for one in said.dates})
    months = sorted({one.month for one in said.dates})
    ends = set(said.month_days)  # the last day of the same months, if any
    is_odd = bool(ends) and (ends != {_LAST_DAY} or set(said.months) != set(months))
    if freq is not Freq.YEARLY or any(one.year for one in said.dates) or is_odd:
        raise PhraseError('A date and a repetition: say "from" or "until" before the date.')
    if len(days) * len(months) != len(set(said.dates)):
        raise PhraseError("Make one schedule for each of these dates.")
    return sorted(ends) + days, months


def _first(parts: Parts, said: Said, at: time, now: datetime, zone: str) -> datetime:
    """The wall-clock time of the first occurrence, from which every so many days are counted."""
    here = wall_clock.local(now, wall_clock.zone(zone)).date()
    earliest = here if said.start is None else _day(said.start, here)
    start = datetime.combine(earliest, at)
    if start.date() > here + HORIZON:
        raise PhraseError("A message can be scheduled up to ten years ahead.")
    plain = build(replace(parts, interval=1), start, zone)
    begins = max(now, wall_clock.instant(start, wall_clock.zone(zone)) - timedelta(seconds=1))
    first = next(walk(plain, begins), None)
    if first is None:
        raise PhraseError("This never happens. Change the days or the end.")
    return first[1]


def _end(said: Said, first: date) -> End:
    if said.until is not None:
        return End(until=_day(said.until, first))
    return End(count=said.count)


def _day(named: Named | int, earliest: date) -> date:
    return earliest + timedelta(days=named) if isinstance(named, int) else named.after(earliest)


def _ask_month_end(made: Recurrence) -> str:
    days = joined([ordinal(day) for day in made.parts.month_days if day > 28])
    return (
        f"Some months have no {days}. Add "
        f'"or the last day of shorter months" or "leaving out months without it".'
    )


def _check_times(said: Said, made: Recurrence) -> None:
    """An end date and a number of times may both be said if they agree."""
    if said.until is None or said.count is None:
        return
    times = sum(1 for _ in wall_times(made, made.dtstart))
    if times != said.count:
        raise PhraseError(
            f"Until then it goes out {times} times, not {said.count}. Say only one of the two."
        )


def _exceptions(said: Said, made: Recurrence) -> tuple[datetime, ...]:
    at = made.dtstart.time()
    days = (one.after(made.dtstart.date()) for one in said.exceptions)
    left_out = tuple(sorted({datetime.combine(day, at) for day in days}))
    for one in left_out:
        if next(wall_times(made, one), None) != one:
            raise PhraseError(f"It does not go out on {day_and_month(one.date())} anyway.")
    return left_out


def _instant(said: Said, now: datetime, zone: str) -> datetime:
    where = wall_clock.zone(zone)
    here = wall_clock.local(now, where)
    if said.ahead is not None:
        return _ahead(said, said.ahead, now, zone)
    day = _one_day(said, here)
    if said.at is None:
        raise PhraseError('At what time? Say it as in "tomorrow at 8".')
    return wall_clock.instant(datetime.combine(day, _evening(said.at, said.tonight)), where)


def _ahead(said: Said, ahead: timedelta, now: datetime, zone: str) -> datetime:
    if said.days_ahead is not None or said.dates or said.weekdays:
        raise PhraseError(f"The day is said twice. Say it once, as in {EXAMPLES}.")
    if ahead % timedelta(days=1):
        if said.at is not None:
            raise PhraseError('The time is said twice. Say it as in "in 2 hours".')
        return (now + ahead).astimezone(UTC)
    where = wall_clock.zone(zone)
    here = wall_clock.local(now, where)
    at = here.time() if said.at is None else said.at
    return wall_clock.instant(datetime.combine(here.date() + ahead, at), where)


def _one_day(said: Said, here: datetime) -> date:
    """The day meant; a weekday beside a date must be that date's."""
    today = here.date()
    if len(said.dates) + (said.days_ahead is not None) > 1 or len(said.weekdays) > 1:
        raise PhraseError(f'Say one day, or begin with "every", as in {EXAMPLES}.')
    if said.days_ahead is not None:
        day = today + timedelta(days=said.days_ahead)
    elif said.dates:
        day = said.dates[0].after(today)
    elif said.weekdays:
        return _coming(said, here)
    else:
        raise PhraseError(f"On which day? Say it as in {EXAMPLES}.")
    if said.weekdays and said.weekdays[0] != day.weekday():
        raise PhraseError(f"{day_and_month(day)} is a {WEEKDAYS[day.weekday()]}. Which day is it?")
    return day


def _coming(said: Said, here: datetime) -> date:
    """The next such weekday after today; today itself must be named so."""
    today = here.date()
    if said.weekdays[0] == today.weekday() and said.at is not None and said.at > here.time():
        raise PhraseError(
            f'That can be today or in a week. Say "today" or the date, as in {_DATE}.'
        )
    days = (said.weekdays[0] - today.weekday() - 1) % 7 + 1
    day = today + timedelta(days=days)
    if said.is_next and day.isocalendar()[:2] == today.isocalendar()[:2]:
        name = WEEKDAYS[day.weekday()]
        raise PhraseError(
            f'"Next {name}" can be read in two ways. Say "on {name}" for '
            f"{day_and_month(day, today)}, or the date."
        )
    return day


def _evening(at: time, tonight: bool) -> time:
    """The time said; tonight at 8 is 20:00."""
    if not tonight or at.hour >= 12:
        return at
    if at.hour <= _LATEST_MORNING:
        raise PhraseError("Tonight at that hour is tomorrow. Say it with its day.")
    return at.replace(hour=at.hour + 12)


def _spoken(found: datetime, zone: str) -> str:
    there = wall_clock.local(found, wall_clock.zone(zone))
    return f"{day_and_month(there.date())}, {there:%H:%M}"
