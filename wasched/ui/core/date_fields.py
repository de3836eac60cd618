"""Date and time fields of the browser: read, and offered usual times for."""

from datetime import date, datetime, time, timedelta

from wasched.domain import typed
from wasched.domain.errors import InputError
from wasched.domain.wall_clock import coming_instant, instant, zone
from wasched.ui.core import times


def read_date(day: str, clock: str) -> tuple[date, time]:
    """The day and time of two fields; InputError names the one to fill."""
    return read_day(day), read_clock(clock)


def read_day(text: str, name: str = "day") -> date:
    """The date in the field `name`; InputError if there is none."""
    if (day := typed.read_day(text)) is None:
        raise InputError(name, "Choose a date.")
    return day


def read_clock(text: str) -> time:
    """The time of day in the field "clock", without a zone; InputError if there is none."""
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise InputError("clock", "Choose a time.") from None


def instant_of(day: date, clock: time, zone_name: str, now: datetime | None = None) -> datetime:
    """The instant (UTC) of a day and a time on the wall clock of a zone.

    Where the clock shows it twice, it is the second if the first is over at `now`.
    """
    local, where = datetime.combine(day, clock), zone(zone_name)
    return instant(local, where) if now is None else coming_instant(local, where, now)


def comes_again(day: str, clock: str, zone_name: str, now: datetime) -> bool:
    """Say whether a time is the second of two that look alike: the first is over or is now."""
    at = datetime.combine(*read_date(day, clock))
    minute = now.replace(second=0, microsecond=0)
    return instant(at, zone(zone_name)) <= minute < instant(at, zone(zone_name), fold=1)


def quick_picks(zone_name: str, now: datetime) -> list[tuple[str, str, str]]:
    """Label, day and time of the usual choices that are still to come, each instant once."""
    here = times.local_time(now, zone_name)
    soon = (now + timedelta(hours=1)).astimezone(here.tzinfo)
    monday = here.date() + timedelta(days=7 - here.weekday())
    picks = [("In an hour", soon.date(), soon.time())]
    if here.time() < time(18):
        picks.append(("Tonight 18:00", here.date(), time(18)))
    picks.append(("Tomorrow 08:00", here.date() + timedelta(days=1), time(8)))
    picks.append(("Monday 08:00", monday, time(8)))
    written = [(label, day.isoformat(), f"{at:%H:%M}") for label, day, at in picks]
    once = {(day, clock): label for label, day, clock in reversed(written)}
    return [one for one in written if once[one[1:]] == one[0]]
