"""What is to come of a schedule: its messages as they stand, and the rule beyond them.

A message that waits goes at its own time, whatever the rule says: somebody may have moved it. An
occurrence all of whose messages have gone, or were taken back, does not come. The rule alone
tells only of what is not laid out yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.domain.message import Status
from wasched.models import Message, Schedule, ScheduleRecipient
from wasched.services.schedules import occurrences, preview
from wasched.services.schedules.preview import NextTime

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class _LaidOut:
    """The messages of an occurrence that are due at one instant, and how many of them wait."""

    occurrence_at: datetime
    due_at: datetime
    waiting: int


def next_times(
    session: Session, made: Schedule, now: datetime, limit: int = preview.NEXT
) -> list[NextTime]:
    """The next times at which something of it goes out, the soonest first."""
    laid_out = _laid_out(session, made, now)
    known = {one.occurrence_at for one in laid_out}
    by_rule = _by_rule(made, now, limit + len(known))
    usual = {one.at: one for one in by_rule}
    waiting = [one for one in laid_out if one.waiting and one.due_at > now]
    found = [_as_it_waits(made, one, usual.get(one.occurrence_at)) for one in waiting]
    found += [one for one in by_rule if one.at not in known or _comes(session, made, one, laid_out)]
    return sorted(found, key=lambda one: one.at)[:limit]


def next_time(session: Session, made: Schedule, now: datetime) -> NextTime | None:
    """The soonest of them; None if nothing of it goes out any more."""
    return next(iter(next_times(session, made, now, 1)), None)


def settled_ahead(session: Session, ids: Sequence[int]) -> set[tuple[int, datetime]]:
    """The occurrences after the next one that do not come any more: all have their message of it.

    So it is where a later one was sent ahead, and an earlier one taken in again.
    """
    rows = session.execute(
        select(col(Message.schedule_id), col(Message.occurrence_at))
        .join(Schedule, col(Schedule.id) == Message.schedule_id)
        .where(col(Schedule.id).in_(ids), col(Message.occurrence_at) > Schedule.next_at)
        .distinct()
    )
    return {(row[0], row[1]) for row in rows if not _lacks(session, row[0], row[1])}


def as_it_stands(
    session: Session, made: Schedule, usual: NextTime, now: datetime
) -> NextTime | None:
    """An occurrence to come, as its messages wait if they are laid out; None if none does."""
    mine = [one for one in _laid_out(session, made, now) if one.occurrence_at == usual.at]
    if not mine:
        return usual
    waiting = [one for one in mine if one.waiting and one.due_at > now]
    if not waiting:
        return usual if _comes(session, made, usual, mine) else None
    return _as_it_waits(made, min(waiting, key=lambda one: one.due_at), usual)


def occurrence_at(made: Schedule, at: datetime, now: datetime) -> NextTime | None:
    """The occurrence that comes as usual at an instant, if it is still to come."""
    found = _by_rule(made, max(now, at - _MOMENT), 1)
    return found[0] if found and found[0].at == at else None


def _by_rule(made: Schedule, now: datetime, limit: int) -> list[NextTime]:
    """What the schedule itself says: the occurrence that is laid out and those after it."""
    if made.next_at is None or made.next_local is None:
        return []
    if not made.rrule:
        return [preview.one_time(made.next_at, made.next_local, made.zone)]
    rule = occurrences.rule_of(made)
    return preview.next_times(rule, max(now, made.next_at - _MOMENT), limit)


def _comes(session: Session, made: Schedule, one: NextTime, laid_out: Sequence[_LaidOut]) -> bool:
    """True if nothing waits of a time, but somebody has no message of it and is yet to get one."""
    if any(each.waiting for each in laid_out if each.occurrence_at == one.at):
        return False
    return _lacks(session, made.id or 0, one.at)


def _lacks(session: Session, schedule_id: int, at: datetime) -> bool:
    """True if somebody whom a schedule goes to has no message of an occurrence."""
    has_one = (
        select(Message.id)
        .where(
            col(Message.schedule_id) == schedule_id,
            col(Message.occurrence_at) == at,
            col(Message.recipient_id) == ScheduleRecipient.recipient_id,
        )
        .exists()
    )
    without = select(ScheduleRecipient.recipient_id).where(
        col(ScheduleRecipient.schedule_id) == schedule_id,
        col(ScheduleRecipient.stopped_at).is_(None),
        ~has_one,
    )
    return session.scalar(without.limit(1)) is not None


def _as_it_waits(made: Schedule, one: _LaidOut, usual: NextTime | None) -> NextTime:
    """A time at which messages wait; those that were moved say from when."""
    where = wall_clock.zone(made.zone)
    if usual is not None and one.due_at == one.occurrence_at:
        return usual
    own = usual.own if usual else wall_clock.local(one.occurrence_at, where)
    local = wall_clock.local(one.due_at, where)
    has_begun = made.next_at is None or one.occurrence_at < made.next_at
    moved = one.occurrence_at if one.due_at != one.occurrence_at else None
    return NextTime(one.due_at, local, own, moved_from=moved, has_begun=has_begun)


def _laid_out(session: Session, made: Schedule, now: datetime) -> list[_LaidOut]:
    waits = col(Message.status) == Status.SCHEDULED
    since = made.next_at or now
    rows = session.execute(
        select(col(Message.occurrence_at), col(Message.due_at), func.count().filter(waits))
        .where(
            col(Message.schedule_id) == made.id,
            or_(col(Message.occurrence_at) >= since, and_(waits, col(Message.due_at) > now)),
        )
        .group_by(col(Message.occurrence_at), col(Message.due_at))
    )
    return [_LaidOut(*row) for row in rows]
