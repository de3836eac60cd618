"""When a new message goes out: what the fields say, as a sentence, and quick picks for them."""

from datetime import date, datetime, time, timedelta

from wasched.domain.errors import DraftError
from wasched.domain.wall_clock import UnknownZone, instant, zone
from wasched.ui import times

LATE_CHOICES = (
    (300, "Up to 5 min"),
    (1800, "Up to 30 min"),
    (7200, "Up to 2 h"),
    (43200, "Up to 12 h"),
    (365 * 86400, "Whenever it can"),
)
"""Seconds a message may be late, and their words."""


def read(day: str, clock: str) -> tuple[date, time]:
    """The day and time of two fields; DraftError names the one to fill."""
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise DraftError("day", "Choose a date.") from None
    try:
        return chosen, time.fromisoformat(clock)
    except ValueError:
        raise DraftError("clock", "Choose a time.") from None


def instant_of(day: date, clock: time, zone_name: str) -> datetime:
    """The instant (UTC) of a day and a time on the wall clock of a zone."""
    return instant(datetime.combine(day, clock), zone(zone_name))


def sentence(day: str, clock: str, zone_name: str, now: datetime) -> tuple[str, str]:
    """What the fields mean, and a smaller line about it; the first is empty while incomplete."""
    try:
        chosen, at = read(day, clock)
        first = instant(datetime.combine(chosen, at), zone(zone_name))
    except (DraftError, UnknownZone) as fault:
        return "", str(fault)
    if first < now - timedelta(minutes=1):
        return "", "That is over. Choose a later time."
    words = f"{times.day(first, zone_name, now)} at {times.clock(first, zone_name)}"
    moved = times.local(first, zone_name).time() != at
    about = f"{zone_name}, {times.distance(first, now)}."
    if moved:
        about += f" The clocks jump then, so {at:%H:%M} becomes {times.clock(first, zone_name)}."
    return words, about


def quick_picks(zone_name: str, now: datetime) -> list[tuple[str, str, str]]:
    """Label, day and time of the usual choices that are still to come."""
    here = times.local(now, zone_name)
    soon = (now + timedelta(hours=1)).astimezone(here.tzinfo)
    monday = here.date() + timedelta(days=7 - here.weekday())
    picks = [("In an hour", soon.date(), soon.time())]
    if here.time() < time(18):
        picks.append(("Tonight 18:00", here.date(), time(18)))
    picks.append(("Tomorrow 08:00", here.date() + timedelta(days=1), time(8)))
    picks.append(("Monday 08:00", monday, time(8)))
    return [(label, day.isoformat(), f"{at:%H:%M}") for label, day, at in picks]
