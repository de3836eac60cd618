"""The UIDs of sends in calendars elsewhere: what is moved, or laid out, stays the same event.

An occurrence is known by its series and its day there, whatever its time of day becomes, and what
goes out once by its schedule. Where the messages of an occurrence have parted, the first part keeps
the UID of the whole.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.models import Schedule, Space
from wasched.services.messages.calendar import Coming
from wasched.services.views import Batch

Uids = dict[tuple[int, datetime], str]
"""By schedule and instant (UTC)."""


def uids_of(
    session: Session, space: Space, sends: Iterable[Batch], coming: Iterable[Coming]
) -> Uids:
    """A UID for each send, and for each occurrence that is not laid out yet (RFC 7986, 5.3)."""
    parts = [
        (one.schedule_id, one.row.due_at, one.row.occurrence_at or one.row.due_at, one.row.id)
        for one in sorted(sends, key=lambda send: send.row.id)
    ]
    parts += [(one.schedule_id, one.at, one.at, 0) for one in coming]
    days = _Days(session, {part[0] for part in parts})
    server = f"wasched {space.id} {space.created_at.isoformat()}"
    found: Uids = {}
    taken: set[str] = set()
    for schedule_id, at, occurrence_at, first_id in parts:
        name = f"{server} {days.of_occurrence(schedule_id, occurrence_at)}"
        if name in taken:
            name = f"{name} {first_id or at.isoformat()}"
        taken.add(name)
        found[schedule_id, at] = str(uuid5(NAMESPACE_URL, name))
    return found


class _Days:
    """What names an occurrence within its space: the series, and its day there."""

    def __init__(self, session: Session, schedule_ids: Iterable[int]) -> None:
        rows = session.execute(_KNOWN, {"ids": list(schedule_ids)})
        self._schedules = {row.id: row for row in rows}

    def of_occurrence(self, schedule_id: int, at: datetime) -> str:
        made = self._schedules[schedule_id]
        if made.series_id is not None:
            return f"{made.series_id} {made.series_day}"
        if not made.rrule:
            return f"{schedule_id}"
        return f"{schedule_id} {wall_clock.local(at, wall_clock.zone(made.zone)).date()}"


_KNOWN = select(
    Schedule.id, Schedule.rrule, Schedule.zone, Schedule.series_id, Schedule.series_day
).where(col(Schedule.id).in_(bindparam("ids", expanding=True)))
