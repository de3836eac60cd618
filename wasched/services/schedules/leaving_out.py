"""Skip: single occurrences that a repeating schedule leaves out, and takes in again."""

from datetime import datetime

from sqlmodel import Session, col

from wasched.domain import recurrence, sentences, wall_clock
from wasched.domain.errors import DraftError
from wasched.domain.message import Status
from wasched.models import Message, Schedule, ScheduleStatus
from wasched.services import occurrences
from wasched.services.delivery.late import PUT_AWAY
from wasched.services.laying_out import lay_out, take_in
from wasched.services.schedules.steps import (
    Steered,
    cancelled,
    change,
    changed,
    moved_on,
    take,
    undo_of,
    waiting,
)
from wasched.services.scheduling import go_to
from wasched.services.views import SignedIn

LEFT_OUT = "This one is left out."

_ALIVE = (ScheduleStatus.ACTIVE, ScheduleStatus.PAUSED)


def skip_next(session: Session, user: SignedIn, schedule_id: int, now: datetime) -> Steered:
    """Leave the next occurrence out."""
    made = take(session, user, schedule_id, now, *_ALIVE)
    if made.next_local is None:
        raise moved_on()
    return skip(session, user, schedule_id, made.next_local, now)


def skip(
    session: Session, user: SignedIn, schedule_id: int, local: datetime, now: datetime
) -> Steered:
    """Leave out the occurrence at a naive wall-clock time; DraftError if there is none."""
    made = take(session, user, schedule_id, now, *_ALIVE)
    if not made.rrule:
        raise DraftError("when", "It goes out only once. Cancel it instead.")
    back = undo_of("skip", made, now, local)
    leave_out(session, made, local, now)
    changed(session, made, now)
    lay_out(session, made, now)
    said = sentences.when(_instant(made, local), wall_clock.zone(made.zone), now)
    return Steered(schedule_id, made.account_id, f"Skips {said}.", back)


def leave_out(session: Session, made: Schedule, local: datetime, now: datetime) -> None:
    """Add an exception, and go on to the occurrence after it if it was the next one."""
    at = _instant(made, local)
    rule = occurrences.rule_of(made)
    if at <= now or next(recurrence.wall_times(rule, local), None) != local:
        raise moved_on()
    made.exdates = sorted({*made.exdates, local.isoformat()})
    change(session, waiting(made, col(Message.occurrence_at) == at), **cancelled(LEFT_OUT, now))
    if made.next_at == at:
        go_to(made, occurrences.following(made))
        if made.next_at is None:
            made.status = ScheduleStatus.ENDED


def unskip(
    session: Session, user: SignedIn, schedule_id: int, local: datetime, now: datetime
) -> Steered:
    """Take an occurrence in again that was left out and is still to come."""
    made = take(session, user, schedule_id, now, *_ALIVE, ScheduleStatus.ENDED)
    at = _instant(made, local)
    if local.isoformat() not in made.exdates or at <= now:
        raise moved_on()
    made.exdates = [one for one in made.exdates if one != local.isoformat()]
    left_out = [
        col(Message.schedule_id) == made.id,
        col(Message.occurrence_at) == at,
        col(Message.status) == Status.CANCELLED,
        col(Message.reason) == LEFT_OUT,
    ]
    try_at = PUT_AWAY if made.status == ScheduleStatus.PAUSED else Message.due_at
    change(session, left_out, status=Status.SCHEDULED, reason="", settled_at=None, try_at=try_at)
    if made.next_at is None or at < made.next_at:
        _go_back_to(session, made, at, local)
    changed(session, made, now)
    lay_out(session, made, now)
    said = sentences.when(at, wall_clock.zone(made.zone), now)
    return Steered(schedule_id, made.account_id, f"Goes out {said} after all.", wake=True)


def _go_back_to(session: Session, made: Schedule, at: datetime, local: datetime) -> None:
    """Let an earlier occurrence be the next one; the one laid out meanwhile comes later."""
    if made.next_at is not None:
        take_in(session, made, made.next_at)
    if made.status == ScheduleStatus.ENDED:
        made.status = ScheduleStatus.ACTIVE
    go_to(made, (at, local))


def _instant(made: Schedule, local: datetime) -> datetime:
    return wall_clock.instant(local, wall_clock.zone(made.zone))
