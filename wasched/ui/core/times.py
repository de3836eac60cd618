"""Times as people read them: weekday, day, 24-hour clock, in the reader's own zone.

Every function takes aware instants; zones are IANA names.
"""

from datetime import date, datetime, timedelta

from wasched.domain import sentences, wall_clock


def local_time(instant: datetime, zone: str) -> datetime:
    """The instant on the wall clock of a zone."""
    return instant.astimezone(wall_clock.zone(zone))


def zone_place(zone: str) -> str:
    """The short name of a zone, for where its whole name has no room: Berlin."""
    return zone.rpartition("/")[2].replace("_", " ")


def clock(instant: datetime, zone: str) -> str:
    """The time of day, as in 18:00."""
    return f"{local_time(instant, zone):%H:%M}"


def clock_seconds(instant: datetime, zone: str) -> str:
    """The time of day to the second, as a message's story tells it."""
    return f"{local_time(instant, zone):%H:%M:%S}"


def day_name(instant: datetime, zone: str, now: datetime) -> str:
    """Today, Tomorrow, Yesterday, else Tue 17 March; the year only when it is another one."""
    return sentences.day_words(instant, wall_clock.zone(zone), now)


def day_heading(instant: datetime, zone: str, now: datetime) -> str:
    """A day over a list: Today, or Tomorrow, Friday 13 March."""
    there, today = local_time(instant, zone).date(), local_time(now, zone).date()
    if there == today:
        return "Today"
    full = _date(there, today)
    near = sentences.near_day(there, today)
    return f"{near}, {full}" if near else full


def when_words(instant: datetime, zone: str, now: datetime) -> str:
    """A day and a time inside a sentence: today at 18:00, Tue 17 March at 18:00."""
    return sentences.when_words(instant, wall_clock.zone(zone), now)


def today_of(zone: str, now: datetime) -> str:
    """The title of Home: Thursday 12 March."""
    there = local_time(now, zone)
    return f"{there:%A} {there.day} {there:%B}"


def distance_words(instant: datetime, now: datetime) -> str:
    """How far away an instant is: in 5 days, in 3 hours, 20 minutes ago."""
    gap = instant - now
    size = _size(abs(gap))
    return f"in {size}" if gap >= timedelta() else f"{size} ago"


def _size(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    for name, length in (("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes >= length:
            count = minutes // length
            return f"{count} {name}{'s' if count > 1 else ''}"
    raise AssertionError("a gap of a minute or more has a size")


def _date(there: date, today: date) -> str:
    year = f" {there.year}" if there.year != today.year else ""
    return f"{there:%A} {there.day} {there:%B}{year}"
