"""From what a phrase says to the one instant of something that does not repeat."""

from datetime import UTC, date, datetime, time, timedelta

from wasched.domain import wall_clock
from wasched.domain.phrases.pieces import EXAMPLES, PhraseError, PhraseParts
from wasched.domain.recurrence import HORIZON
from wasched.domain.wording import WEEKDAYS, day_and_month

_DATE = "3 May at 18:00"
_LATEST_MORNING = 5
_EARLIEST_EVENING = 17
_NOON = 12


def once_at(said: PhraseParts, now: datetime, zone: str) -> datetime:
    """The one instant (UTC) of a phrase that does not repeat."""
    _refuse_parts_of_rules(said)
    found = _instant(said, now, zone)
    if found <= now:
        there = wall_clock.local(found, wall_clock.zone(zone))
        raise PhraseError(
            f"{day_and_month(there.date())}, {there:%H:%M} is over. Choose a later time."
        )
    if found > now + HORIZON:
        raise PhraseError("A message can be scheduled up to ten years ahead.")
    return found


def _refuse_parts_of_rules(said: PhraseParts) -> None:
    if said.until is not None or said.count is not None or said.start is not None:
        raise PhraseError(f"Say how often it repeats, as in {EXAMPLES}.")
    if said.months:
        raise PhraseError(
            'Once or every year? Say "every year" with it, or name the date, as in 3 May.'
        )
    if said.month_days or said.nths or said.workdays:
        raise PhraseError('Say "every month" with it, or name the day with its month.')
    if said.exceptions or said.month_end:
        raise PhraseError("Exceptions need a repetition. Say how often, as in every day at 9.")


def _instant(said: PhraseParts, now: datetime, zone: str) -> datetime:
    where = wall_clock.zone(zone)
    here = wall_clock.local(now, where)
    if said.ahead is not None:
        return _ahead(said, said.ahead, now, zone)
    day = _one_day(said, here)
    if said.at is None:
        raise PhraseError('At what time? Say it as in "tomorrow at 8".')
    return wall_clock.coming_instant(
        datetime.combine(day, _in_the_evening(said, said.at)), where, now
    )


def _ahead(said: PhraseParts, ahead: timedelta, now: datetime, zone: str) -> datetime:
    """So long from now: hours and minutes as they pass, days and weeks on the calendar."""
    if said.days_ahead is not None or said.dates or said.weekdays:
        raise PhraseError(f"The day is said twice. Say it once, as in {EXAMPLES}.")
    if said.by_clock:
        if said.at is not None:
            raise PhraseError('The time is said twice. Say it as in "in 2 hours".')
        return (now + ahead).astimezone(UTC)
    where = wall_clock.zone(zone)
    here = wall_clock.local(now, where)
    at = here.time() if said.at is None else said.at
    return wall_clock.instant(datetime.combine(here.date() + ahead, at), where)


def _one_day(said: PhraseParts, here: datetime) -> date:
    """The day meant."""
    today = here.date()
    if (said.days_ahead is not None) + len(said.dates) + len(said.weekdays) > 1:
        raise PhraseError(
            f'More than one day: make a message for each, or begin with "every", as in {EXAMPLES}.'
        )
    if said.days_ahead is not None:
        day = today + timedelta(days=said.days_ahead)
        if said.weekday_beside not in (None, day.weekday()):
            name = WEEKDAYS[day.weekday()]
            raise PhraseError(f"{day_and_month(day)} is a {name}. Which day is it?")
        return day
    if said.dates:
        return said.dates[0].after(today)
    if said.weekdays:
        return _coming(said, here)
    raise PhraseError(f"On which day? Say it as in {EXAMPLES}.")


def _coming(said: PhraseParts, here: datetime) -> date:
    """The next such weekday after today; today itself must be named so."""
    today = here.date()
    is_today = said.weekdays[0] == today.weekday()
    if is_today and said.is_this:
        return today
    if is_today and said.at is not None and said.at > here.time():
        raise PhraseError(
            f'That can be today or in a week. Say "today" or the date, as in {_DATE}.'
        )
    days = (said.weekdays[0] - today.weekday() - 1) % 7 + 1
    day = today + timedelta(days=days)
    if said.is_next and day.isocalendar()[:2] == today.isocalendar()[:2]:
        name, week = WEEKDAYS[day.weekday()], timedelta(days=7)
        raise PhraseError(
            f'"Next {name}" can be read in two ways. Say "on {name}" for '
            f"{day_and_month(day, today)}, or the date {day_and_month(day + week, today)}."
        )
    return day


def _in_the_evening(said: PhraseParts, at: time) -> time:
    """The time said; tonight at 8 is 20:00."""
    if not said.tonight or at.hour >= _EARLIEST_EVENING:
        return at
    if at.hour == _NOON:
        raise PhraseError(
            'Tonight at 12 is midnight, which can mean two days. Say "today at 23:59", or 00:00 '
            "with tomorrow's date."
        )
    if at.hour > _NOON or (said.half == "a" and at.hour > _LATEST_MORNING):
        raise PhraseError(f'{at:%H:%M} is not tonight. Say "today at {at:%H:%M}".')
    if at.hour <= _LATEST_MORNING:
        raise PhraseError("Tonight at that hour is tomorrow. Say it with its day.")
    return at.replace(hour=at.hour + _NOON)
