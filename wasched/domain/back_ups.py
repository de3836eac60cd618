"""Back-ups that are made by themselves: how they are called, which stay, and when one is due."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from wasched.domain.wall_clock import Zone

DAYS, WEEKS, MONTHS = 7, 4, 6
"""Of how many days, weeks and months the last back-up is kept."""

AGAIN = timedelta(hours=1)
"""After a back-up failed, so long until the next try."""

LATE = timedelta(hours=36)
"""The last good back-up is too old by then: a night went by without one."""

_NAME = re.compile(r"wasched-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)Z\.tar\.gz(\.age)?")
_AT = "%Y-%m-%dT%H-%M-%S"


@dataclass(frozen=True)
class BackUpPlan:
    """Where back-ups go by themselves (a folder, or s3://BUCKET/PREFIX), at which time of day.

    `passphrase` is empty where they are not encrypted; `s3` are settings of the store that may be
    secret.
    """

    to: str
    at: time
    passphrase: str = field(default="", repr=False)
    s3: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def back_up_name(made_at: datetime, *, is_encrypted: bool) -> str:
    """What the file of a back-up is called."""
    return f"wasched-{made_at.astimezone(UTC):{_AT}}Z.tar.gz{'.age' if is_encrypted else ''}"


def made_at(name: str) -> datetime | None:
    """When a back-up was made (UTC), by its name; None for a file that is none of ours."""
    found = _NAME.fullmatch(name)
    try:
        return datetime.strptime(found[1], _AT).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def back_ups_to_keep(made: Iterable[datetime], zone: Zone) -> set[datetime]:
    """The last one of each of the last days, weeks and months that have any."""
    newest_first = sorted(made, reverse=True)
    local = {one: one.astimezone(zone) for one in newest_first}
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    kept = set()
    for count, period_of in periods:
        last: dict[object, datetime] = {}
        for one in newest_first:
            last.setdefault(period_of(local[one]), one)
        kept |= set(list(last.values())[:count])
    return kept


def is_back_up_due(
    plan: BackUpPlan,
    zone: Zone,
    now: datetime,
    good_at: datetime | None,
    tried_at: datetime | None,
) -> bool:
    """True once the time of day has come since the last good one, also after a downtime.

    One that failed is tried again every hour. What was noted for a time to come (the clock was set
    back) counts for nothing.
    """
    since = _last_time_of_day(plan.at, zone, now)
    if good_at is not None and since <= good_at <= now:
        return False
    return tried_at is None or tried_at < since or not tried_at <= now < tried_at + AGAIN


def _last_time_of_day(at: time, zone: Zone, now: datetime) -> datetime:
    """When it was this time of day last (UTC), at most a day ago."""
    today = datetime.combine(now.astimezone(zone).date(), at, zone)
    found = today if today <= now else datetime.combine(today.date() - timedelta(days=1), at, zone)
    return found.astimezone(UTC)
