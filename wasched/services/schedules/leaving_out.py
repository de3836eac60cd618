"""Skip: single occurrences that a repeating schedule leaves out, and takes in again."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain import recurrence, sentences, wall_clock
from wasched.domain.errors import DraftError
from wasched.domain.message import Status
from wasched.domain.recurrence import Recurrence
from wasched.models import Message, Schedule, ScheduleRecipient, ScheduleStatus
from wasched.services import occurrences
from wasched.services.delivery.late import PUT_AWAY
from wasched.services.laying_out import lay_out, take_in
from wasched.services.occurrences import At
from wasched.services.schedules.ending import begin_again, finish
from wasched.services.schedules.steps import (
    Steered,
    cancelled,
    change,
    changed,
    come_to,
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
    come_to(session, made, now)
    if made.next_local is None:
        raise moved_on()
    return skip(session, user, schedule_id, made.next_local, now)


def skip(
    session: Session, user: SignedIn, schedule_id: int, local: datetime, now: datetime
) -> Steered:
    """Leave out the occurrence at a naive wall-clock time, the rule's own; DraftError if none."""
    made = take(session, user, schedule_id, now, *_ALIVE)
    if not made.rrule:
        raise DraftError("when", "It goes out only once. Cancel it instead.")
    come_to(session, made, now)
    back = undo_of("skip", made, now, local)
    leave_out(session, made, local, now)
    changed(session, made, now)
    lay_out(session, made, now)
    said = sentences.when(_instant(made, local), wall_clock.zone(made.zone), now)
    return Steered(schedule_id, made.account_id, f"Skips {said}.", back)


def leave_out(session: Session, made: Schedule, local: datetime, now: datetime) -> None:
    """Add an exception, and go on to the occurrence after it if it was the next one."""
    at = _instant(made, local)
    is_past = made.next_at is None or at < made.next_at  # or went out ahead of its time
    if at <= now or is_past or not _hits(occurrences.rule_of(made), local):
        raise moved_on()
    made.exdates = sorted({*made.exdates, local.isoformat()})
    change(session, waiting(made, col(Message.occurrence_at) == at), **cancelled(LEFT_OUT, now))
    if made.next_at == at:
        go_to(made, occurrences.following(made))
        if made.next_at is None:
            finish(session, made, now)


def left_out(made: Schedule, now: datetime) -> list[At]:
    """The occurrences that are left out and may be taken in again, the soonest first."""
    if not made.rrule or made.status == ScheduleStatus.CANCELLED:
        return []
    days = {datetime.fromisoformat(one).date() for one in made.exdates}
    times = [datetime.combine(day, made.starts_local.time()) for day in sorted(days)]
    found = [(_instant(made, local), local) for local in times]
    return [one for one in found if one[0] > now and _may_come(made, one[1])]


def unskip(
    session: Session,
    user: SignedIn,
    schedule_id: int,
    local: datetime,
    now: datetime,
    status: str = ScheduleStatus.ACTIVE,
) -> Steered:
    """Take an occurrence in again that was left out and is still to come.

    `status` is for a schedule that had ended by leaving its last one out.
    """
    made = take(session, user, schedule_id, now, *_ALIVE, ScheduleStatus.ENDED)
    at = _instant(made, local)
    if (at, local) not in left_out(made, now):
        raise moved_on()
    come_to(session, made, now)
    made.exdates = [one for one in made.exdates if not _is_on(one, local)]
    _take_in_again(session, made, at)
    if made.next_at is None or at < made.next_at:
        _go_back_to(session, made, (at, local), status, now)
    changed(session, made, now)
    lay_out(session, made, now)
    said = sentences.when(at, wall_clock.zone(made.zone), now)
    return Steered(schedule_id, made.account_id, f"Goes out {said} after all.", wake=True)


def _may_come(made: Schedule, local: datetime) -> bool:
    """True if the rule comes to that time, and the schedule was not stopped before it."""
    rule = occurrences.rule_of(made)
    if not _hits(replace(rule, exdates=()), local):
        return False
    return made.status != ScheduleStatus.ENDED or recurrence.following(rule, local) is None


def _hits(rule: Recurrence, local: datetime) -> bool:
    return next(recurrence.wall_times(rule, local), None) == local


def _is_on(exdate: str, local: datetime) -> bool:
    return datetime.fromisoformat(exdate).date() == local.date()


def _take_in_again(session: Session, made: Schedule, at: datetime) -> None:
    """Let go of what was cancelled: it is laid out anew, for those whom it goes to now.

    What had been tried before waits again.
    """
    theirs = [
        col(Message.schedule_id) == made.id,
        col(Message.occurrence_at) == at,
        col(Message.status) == Status.CANCELLED,
        col(Message.reason) == LEFT_OUT,
    ]
    session.execute(delete(Message).where(*theirs, col(Message.attempts) == 0))
    goes_to = select(col(ScheduleRecipient.recipient_id)).where(
        col(ScheduleRecipient.schedule_id) == made.id, col(ScheduleRecipient.stopped_at).is_(None)
    )
    try_at = PUT_AWAY if made.status == ScheduleStatus.PAUSED else Message.due_at
    change(
        session,
        [*theirs, col(Message.recipient_id).in_(goes_to)],
        status=Status.SCHEDULED,
        account_id=made.account_id,
        reason="",
        settled_at=None,
        try_at=try_at,
    )


def _go_back_to(session: Session, made: Schedule, at: At, status: str, now: datetime) -> None:
    """Let an earlier occurrence be the next one; the one laid out meanwhile comes later."""
    if made.next_at is not None:
        take_in(session, made, made.next_at)
    go_to(made, at)
    if made.status == ScheduleStatus.ENDED:
        begin_again(session, made, status, now)


def _instant(made: Schedule, local: datetime) -> datetime:
    return wall_clock.instant(local, wall_clock.zone(made.zone))
