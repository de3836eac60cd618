"""The instants of a schedule, computed by the recurrence rules of the domain."""

from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from wasched.domain import recurrence
from wasched.models import Schedule


def next_after(made: Schedule, after: datetime) -> datetime | None:
    """The first instant of the schedule after another one (UTC), None at its end."""
    if not made.rrule:
        return None
    rule = _rule(made.rrule, made.starts_local, made.zone, made.month_end, made.exdates)
    return recurrence.next_after(rule, after)


def first_of_rule(
    rrule: str, starts_local: datetime, zone: str, month_end: str, now: datetime
) -> datetime | None:
    """The first instant of a rule that is not over, None if it never happens."""
    return recurrence.next_after(_rule(rrule, starts_local, zone, month_end, []), now)


@cache
def tzdata_version() -> str:
    """Which edition of the zone data instants are computed with."""
    try:
        return version("tzdata")
    except PackageNotFoundError:
        return "system"


def _rule(
    rrule: str, starts_local: datetime, zone: str, month_end: str, exdates: list[str]
) -> recurrence.Recurrence:
    skipped = tuple(datetime.fromisoformat(one) for one in exdates)
    return recurrence.Recurrence(rrule, starts_local, zone, skipped, month_end)
