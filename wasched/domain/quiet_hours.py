"""Hours of the day in which nothing goes out, over midnight and across clock changes."""

from datetime import datetime, time

from wasched.domain import wall_clock
from wasched.domain.wall_clock import Zone

_TRIES = 4
"""A clock change can jump from the end of quiet hours into the next ones; seldom, and once."""


def is_quiet(now: datetime, start: time | None, end: time | None, zone: Zone) -> bool:
    """Say whether the wall clock stands at or after `start` and before `end`.

    No start or end, or the same for both, means no quiet hours.
    """
    if start is None or end is None or start == end:
        return False
    clock = wall_clock.local(now, zone).time()
    if start < end:
        return start <= clock < end
    return clock >= start or clock < end


def quiet_until(now: datetime, start: time | None, end: time | None, zone: Zone) -> datetime | None:
    """The first instant (UTC) from `now` on outside quiet hours; None if it is not quiet."""
    if end is None or not is_quiet(now, start, end, zone):
        return None
    until = now
    for _ in range(_TRIES):
        until = wall_clock.next_time(until, end, zone)
        if not is_quiet(until, start, end, zone):
            break
    return until


def next_quiet(now: datetime, start: time | None, end: time | None, zone: Zone) -> datetime | None:
    """The instant at which quiet hours begin next; None without quiet hours."""
    if start is None or end is None or start == end:
        return None
    return wall_clock.next_time(now, start, zone)
