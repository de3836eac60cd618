"""What a schedule has laid out, carried along when its times change or another one takes over.

A rule comes once a day at most, so the day names the occurrence: it stays the one of its day
whatever its time of day becomes. Where its day is none any more, the next one moves to the first
of the new times, as from Thursday to Friday; unless that is the day of another one by the old
rule, as tomorrow is of a daily one that is too late for today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain import recurrence, wall_clock
from wasched.domain.recurrence import Recurrence
from wasched.models import Message, Schedule
from wasched.services.schedules import occurrences
from wasched.services.schedules.expand import move_occurrence, take_in


@dataclass(frozen=True)
class RowsBefore:
    """How a schedule was laid out before a change.

    `since` is the instant (UTC) of the first occurrence that changes; `rule` is None for one
    that did not repeat.
    """

    since: datetime
    zone: str
    rule: Recurrence | None

    @classmethod
    def of(cls, made: Schedule, since: datetime) -> "RowsBefore":
        """How it is laid out now, from an occurrence on."""
        return cls(since, made.zone, occurrences.rule_of(made) if made.rrule else None)


def carry_over(session: Session, made: Schedule, before: RowsBefore, target: Schedule) -> None:
    """Let every row from an occurrence on follow it to where `target` has it now.

    `target` is the schedule itself or the one that takes over, at its first occurrence. Rows
    that nobody has touched are taken in where it lays them out later, or not at all. Whoever
    had a message keeps its row, and so gets no other for that occurrence.
    """
    pairs = [(old, _new_instant(before, old, target)) for old in _laid_out(session, made, before)]
    for old, new in sorted(pairs, key=lambda pair: _later_first(*pair)):
        if new is None or new != target.next_at:
            take_in(session, made, old)
        if new is not None and (made.id, old) != (target.id, new):
            move_occurrence(session, made, old, new, target)


def _laid_out(session: Session, made: Schedule, before: RowsBefore) -> Sequence[datetime]:
    return session.scalars(
        select(col(Message.occurrence_at))
        .where(col(Message.schedule_id) == made.id, col(Message.occurrence_at) >= before.since)
        .order_by(col(Message.occurrence_at))
        .distinct()
    ).all()


def _later_first(old: datetime, new: datetime | None) -> tuple[bool, float]:
    """The order in which none moves onto one that has yet to move away."""
    is_later = new is not None and new > old
    return (is_later, -old.timestamp() if is_later else old.timestamp())


def _new_instant(before: RowsBefore, old: datetime, target: Schedule) -> datetime | None:
    """Where an occurrence is in the new times; None if it is not in them."""
    assert target.next_at is not None and target.next_local is not None
    if before.rule is None:
        return target.next_at
    same_day = _on_day(target, wall_clock.local(old, wall_clock.zone(before.zone)).date())
    if same_day is not None or old != before.since:
        return same_day
    is_anothers = recurrence.is_on(before.rule, target.next_local.date())
    return None if is_anothers else target.next_at


def _on_day(target: Schedule, day: date) -> datetime | None:
    """The instant at which it goes out on a day that is still to come."""
    assert target.next_at is not None and target.next_local is not None
    if target.next_local.date() == day:
        return target.next_at
    if not target.rrule or not recurrence.is_on(occurrences.rule_of(target), day):
        return None
    local = datetime.combine(day, target.starts_local.time())
    at = wall_clock.instant(local, wall_clock.zone(target.zone))
    return at if at > target.next_at else None
