"""The occurrences of a schedule, computed by the recurrence rules of the domain.

An occurrence is an instant (UTC) with what the wall clock of the schedule's zone shows there.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from wasched.domain import recurrence, wall_clock
from wasched.domain.recurrence import Recurrence
from wasched.models import Schedule

At = tuple[datetime, datetime]
"""An instant (UTC) and its naive wall-clock time."""


def rule_of(made: Schedule) -> Recurrence:
    """The rule of a repeating schedule."""
    left_out = tuple(datetime.fromisoformat(one) for one in made.exdates)
    return Recurrence(made.rrule, made.starts_local, made.zone, left_out, made.month_end)


def first_occurrence(rule: Recurrence, after: datetime) -> At | None:
    """The first occurrence of a rule after an instant; None if it never happens."""
    return next(recurrence.walk_rule(rule, after), None)


def next_occurrence(made: Schedule) -> At | None:
    """The occurrence after the one that is laid out; None at the end."""
    if not made.rrule or made.next_at is None:
        return None
    local = made.next_local or wall_clock.local(made.next_at, wall_clock.zone(made.zone))
    found = recurrence.following(rule_of(made), local)
    while found is not None and found[0] <= made.next_at:  # the clocks jumped over a whole day
        found = recurrence.following(rule_of(made), found[1])
    return found


def later_occurrences(made: Schedule, since: datetime | None = None) -> Iterator[At]:
    """The occurrences after the one that is laid out, in one walk; after `since` if that is later.

    The same as `following` from one to the next, which would begin to walk anew each time.
    """
    if not made.rrule or made.next_at is None:
        return
    local = made.next_local or wall_clock.local(made.next_at, wall_clock.zone(made.zone))
    for at in recurrence.walk_rule(rule_of(made), max(made.next_at, since or made.next_at)):
        if at[1] > local:  # by the wall clock, as in `following`: the zone's data may have changed
            yield at


def go_to(made: Schedule, at: At | None) -> None:
    """Let an occurrence be the next one, computed with the zone data of now."""
    made.next_at, made.next_local = at or (None, None)
    made.tzdata = tzdata_version()


@cache
def tzdata_version() -> str:
    """Which edition of the zone data instants are computed with."""
    try:
        return version("tzdata")
    except PackageNotFoundError:
        return "system"
