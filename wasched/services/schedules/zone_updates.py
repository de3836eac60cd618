"""New zone data: instants computed anew, the wall-clock times stay as they were chosen."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Row, select, update
from sqlmodel import Session, col

from wasched.domain.wall_clock import instant, local, zone
from wasched.models import LIVE_STATUSES, Message, Schedule
from wasched.services.schedules import occurrences
from wasched.services.schedules.expand import move_occurrence

AT_ONCE = 5_000
"""So many schedules are looked at in one transaction; nearly all of them stay where they are."""

_A_DAY = timedelta(days=1)

Outdated = Row[tuple[int, datetime, datetime | None, str, str]]


def relay_instants(session: Session, limit: int = AT_ONCE) -> int:
    """Compute the next instants anew where the zones' data has changed; returns how many.

    The wall-clock time stays, the instant follows the new rules of its zone, the soonest first.
    What has come due by the old ones and has not gone out moves as well; what went stays as it
    went.
    """
    outdated = _outdated_schedules(session, limit)
    for one in outdated:
        if one.next_local is not None:
            at = _instant_of(one, one.next_local)
            if at != one.next_at:
                _move_instants(session, session.get_one(Schedule, one.id), one.next_at, at)
    session.execute(
        update(Schedule)
        .where(col(Schedule.id).in_([one.id for one in outdated]))
        .values(tzdata=occurrences.tzdata_version())
    )
    return len(outdated)


def _instant_of(one: Outdated, shown: datetime) -> datetime:
    """The instant of a wall-clock time; a single one may be the second of two that look alike."""
    before: datetime = one.next_at
    if not one.rrule and local(before, zone(one.zone)) == shown:
        return before
    return instant(shown, zone(one.zone))


def _outdated_schedules(session: Session, limit: int) -> Sequence[Outdated]:
    """The soonest of the schedules whose next instant an older edition of the data led to."""
    return session.execute(
        select(Schedule.id, Schedule.next_at, Schedule.next_local, Schedule.zone, Schedule.rrule)
        .where(
            col(Schedule.status).in_(LIVE_STATUSES),
            col(Schedule.tzdata) != occurrences.tzdata_version(),
            col(Schedule.next_at).is_not(None),
        )
        .order_by(col(Schedule.next_at))
        .limit(limit)
    ).all()


def _move_instants(session: Session, made: Schedule, old: datetime, new: datetime) -> None:
    move_occurrence(session, made, old, new)
    made.next_at = new
    session.add(made)
    for ahead in _laid_out_ahead(session, made, old):
        later = islice(occurrences.later_occurrences(made, ahead - 2 * _A_DAY), 5)
        instants = [at for at, _ in later if abs(at - ahead) < _A_DAY]
        if instants:  # its own instant by the new data is the nearest one
            move_occurrence(session, made, ahead, min(instants, key=lambda at: abs(at - ahead)))


def _laid_out_ahead(session: Session, made: Schedule, after: datetime) -> Sequence[datetime]:
    """Occurrences with messages beyond the next one: while a schedule is behind, see catching_up.

    Left where they are they would come once more at their new instant.
    """
    return session.scalars(
        select(col(Message.occurrence_at))
        .where(col(Message.schedule_id) == made.id, col(Message.occurrence_at) > after)
        .order_by(col(Message.occurrence_at))
        .distinct()
    ).all()
