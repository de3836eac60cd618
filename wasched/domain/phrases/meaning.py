"""From what a phrase says to one rule."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from wasched.domain import wall_clock
from wasched.domain.phrases.pieces import EXAMPLES, NamedDate, PhraseError, PhraseParts
from wasched.domain.recurrence import (
    HORIZON,
    Freq,
    Recurrence,
    RuleDay,
    RuleEnd,
    RuleParts,
    build,
    needs_month_end,
    walk_rule,
    wall_times,
)
from wasched.domain.recurrence.parts import WORKDAYS
from wasched.domain.wording import day_and_month, join_words, ordinal_word

_ON_WHICH_DAY = {
    Freq.WEEKLY: 'On which weekday? Say it as in "every week on Monday at 9".',
    Freq.MONTHLY: 'On which day of the month? Say it as in "every month on the 12th at 9".',
    Freq.YEARLY: 'On which date? Say it as in "every year on 12 March at 9".',
}
_LAST_DAY = -1
_MOMENT = timedelta(seconds=1)


def is_repeating(said: PhraseParts) -> bool:
    """Say whether the phrase names something that comes again."""
    return bool(said.steps) or said.repeats


def rule_of_phrase(
    said: PhraseParts, now: datetime, zone: str, month_end: str | None
) -> Recurrence:
    """The rule of a phrase, from its first time after `now` on."""
    is_one_day = said.days_ahead is not None or said.ahead is not None
    if is_one_day or said.is_next or said.is_this:
        raise PhraseError(
            f"One day and a repetition do not go together. Say one, as in {EXAMPLES}."
        )
    if said.at is None:
        raise PhraseError('At what time? Say it as in "every weekday at 9".')
    parts, answer = _parts(said), said.month_end or month_end
    first = _first(parts, _earliest(said, now, zone), said.start is not None, now, zone, answer)
    made = build(parts, first, zone, _end(said, first, now, zone), answer or "skip")
    if needs_month_end(made) and not answer:
        raise PhraseError(_ask_month_end(made))
    if said.month_end and not needs_month_end(made):
        raise PhraseError(
            "It goes out on days that no month (or year) lacks. Leave out what happens where there "
            "is no such day."
        )
    made = replace(made, exdates=_exceptions(said, made))
    _check_times(said, made)
    return made


def _parts(said: PhraseParts) -> RuleParts:
    freq, every = _step(said)
    days, position = _weekdays(said)
    month_days, months = list(said.month_days), list(said.months)
    if said.dates:
        month_days, months = _yearly_dates(said, freq)
    _refuse_what_does_not_fit(freq, bool(days), bool(month_days), bool(months))
    _check_how_often(said, freq, len(set(days)) if position == 0 else 1, len(set(month_days)))
    return RuleParts(freq, every, tuple(days), tuple(month_days), tuple(months), position)


def _weekdays(said: PhraseParts) -> tuple[list[RuleDay], int]:
    """The weekdays, and which one of them all: the last working day is the last of five."""
    days = [RuleDay(weekday) for weekday in said.weekdays] + said.nths
    if not said.workdays:
        return days, 0
    if len(said.workdays) > 1 or days:
        raise PhraseError("Make one schedule for each of these days.")
    return [RuleDay(weekday) for weekday in WORKDAYS], said.workdays[0]


def _refuse_what_does_not_fit(freq: Freq, days: bool, month_days: bool, months: bool) -> None:
    if freq is Freq.DAILY and (days or month_days or months):
        raise PhraseError("Every day and chosen days do not go together. Say one of them.")
    if freq is not Freq.DAILY and not (days or month_days):
        raise PhraseError(_ON_WHICH_DAY[freq])
    if freq is Freq.WEEKLY and months:
        raise PhraseError(
            "Weekdays of chosen months are not offered. Say which one of the month, as in "
            '"every year on the first Monday of September at 9".'
        )
    if freq is Freq.MONTHLY and months:
        raise PhraseError(
            'A month comes once a year: say "every year" instead of "every month", as in "every '
            'year on the first Monday of September at 9".'
        )


def _step(said: PhraseParts) -> tuple[Freq, int]:
    """How it repeats: by the week unless something else was said."""
    if not said.steps:
        return (Freq.MONTHLY if said.is_by_month else Freq.WEEKLY), 1
    step = said.steps[0]
    if said.is_by_month and step.freq is not Freq.MONTHLY:
        raise PhraseError("Say which one of the month: the first to fourth or the last.")
    return step.freq, step.every


def _check_how_often(said: PhraseParts, freq: Freq, days: int, month_days: int) -> None:
    """Refuse "twice a week" unless it names two days."""
    named = 1 if freq is Freq.DAILY else max(days, month_days)
    if said.per is not None and said.per != named:
        raise PhraseError(
            f"How often does not fit the days: {said.per} times, on {named} named. Say only one "
            "of the two, and make one schedule for each time of day."
        )


def _yearly_dates(said: PhraseParts, freq: Freq) -> tuple[list[int], list[int]]:
    """The days and months of dates that come every year."""
    days = sorted({one.day for one in said.dates})
    months = sorted({one.month for one in said.dates})
    ends = set(said.month_days)  # the last day of the same months, if any
    is_odd = bool(ends) and (ends != {_LAST_DAY} or set(said.months) != set(months))
    is_once = any(one.year or one.weekday is not None for one in said.dates)
    if freq is not Freq.YEARLY or is_once or said.nths:
        raise PhraseError('A date and a repetition: say "from" or "until" before the date.')
    if is_odd or len(days) * len(months) != len({(one.day, one.month) for one in said.dates}):
        raise PhraseError("Make one schedule for each of these dates.")
    return sorted(ends) + days, months


def _today(now: datetime, zone: str) -> date:
    return wall_clock.local(now, wall_clock.zone(zone)).date()


def _earliest(said: PhraseParts, now: datetime, zone: str) -> datetime:
    """The wall-clock time before which nothing goes out."""
    here = _today(now, zone)
    day = here if said.start is None else _day(said.start, here, here)
    if day > here + HORIZON:
        raise PhraseError("A message can be scheduled up to ten years ahead.")
    assert said.at is not None
    return datetime.combine(day, said.at)


def _first(
    parts: RuleParts,
    earliest: datetime,
    is_said: bool,
    now: datetime,
    zone: str,
    month_end: str | None,
) -> datetime:
    """The wall-clock time of the first occurrence, from which every so many days are counted.

    A start that was said (`is_said`) counts even if it is over: the first is the next one in its
    steps. Else the first is whatever comes next.
    """
    end = month_end or "skip"
    plain = build(replace(parts, interval=1), earliest, zone, month_end=end)
    begins = wall_clock.instant(earliest, wall_clock.zone(zone)) - _MOMENT
    first = next(walk_rule(plain, begins if is_said else max(now, begins)), None)
    if first is not None and first[0] <= now:
        first = next(walk_rule(build(parts, first[1], zone, month_end=end), now), None)
    if first is None:
        raise PhraseError("This never happens. Change the days or the end.")
    return first[1]


def _end(said: PhraseParts, first: datetime, now: datetime, zone: str) -> RuleEnd:
    if said.until is None:
        return RuleEnd(count=said.count)
    here = _today(now, zone)
    start = here if said.start is None else _day(said.start, here, here)
    until = _day(said.until, here, max(here, start) if said.start is not None else here)
    if until < first.date():
        raise PhraseError(
            f"The first time would be {day_and_month(first.date())} at {first:%H:%M}, after the "
            f"end on {day_and_month(until)}. Choose a later end, with its year."
        )
    return RuleEnd(until=until)


def _day(named: NamedDate | int, today: date, earliest: date) -> date:
    """A day that was named by its date, or counted from today."""
    return today + timedelta(days=named) if isinstance(named, int) else named.after(earliest)


def _ask_month_end(made: Recurrence) -> str:
    days = join_words([ordinal_word(day) for day in made.parts.month_days if day > 28])
    return (
        f"Some months have no {days}. Add "
        f'"or the last day of shorter months" or "leaving out months without it".'
    )


def _check_times(said: PhraseParts, made: Recurrence) -> None:
    """An end date and a number of times may both be said if they agree."""
    if said.until is None or said.count is None:
        return
    times = sum(1 for _ in wall_times(made, made.dtstart))
    if times != said.count:
        raise PhraseError(
            f"Until then it goes out {times} times, not {said.count}. Say only one of the two."
        )


def _exceptions(said: PhraseParts, made: Recurrence) -> tuple[datetime, ...]:
    """The days left out, also such as it does not come on: its days may be changed later."""
    at = made.dtstart.time()
    first = made.dtstart.date()
    days = {day for span in said.exceptions for day in span.days(first)}
    return tuple(datetime.combine(day, at) for day in sorted(days))
