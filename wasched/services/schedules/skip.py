"""Skip: single occurrences that a repeating schedule leaves out."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from wasched.domain import recurrence, sentences, wall_clock
from wasched.domain.errors import InputError, MovedOnError
from wasched.domain.reasons import Code, Reason
from wasched.domain.recurrence import Recurrence
from wasched.domain.schedule import ScheduleChoice
from wasched.models import Message, Schedule, ScheduleStatus
from wasched.services.caller import Caller
from wasched.services.schedules import occurrences
from wasched.services.schedules.already_gone import count_gone, done_words, too_late
from wasched.services.schedules.create import go_to
from wasched.services.schedules.ending import finish_schedule
from wasched.services.schedules.expand import lay_out
from wasched.services.schedules.occurrences import At
from wasched.services.schedules.steps import (
    ActionResult,
    cancelled_columns,
    change_messages,
    come_to,
    moved_on,
    note_change,
    record_on_schedule,
    take_schedule,
    undo_of,
    waiting_messages,
)
from wasched.services.schedules.upcoming import next_times

LEFT_OUT = Reason(Code.LEFT_OUT)

_DAY = timedelta(days=1)


def skip_next(session: Session, user: Caller, schedule_id: int, now: datetime) -> ActionResult:
    """Leave the next occurrence out."""
    made = take_schedule(session, user, schedule_id, now, ScheduleChoice.SKIP, narrows=True)
    come_to(session, made, now)
    times = (one for one in next_times(session, made, now) if not one.has_begun)
    following = next(times, None)
    if following is None:
        raise moved_on()
    return skip_date(session, user, schedule_id, following.own, now)


def skip_date(
    session: Session, user: Caller, schedule_id: int, local: datetime, now: datetime
) -> ActionResult:
    """Leave out the occurrence at a naive wall-clock time, the rule's own; InputError if none."""
    made = take_schedule(session, user, schedule_id, now, ScheduleChoice.SKIP, narrows=True)
    if not made.rrule:
        raise InputError("when", "It goes out only once. Cancel it instead.")
    come_to(session, made, now)
    if (at := instant_of(made, local)) <= now or made.next_at is None or at < made.next_at:
        return _stop_begun(session, user, made, at, now)
    record_on_schedule(session, user, Code.CHANGED_SCHEDULE, schedule_id, now)
    back = undo_of("skip", made, now, local)
    gone = count_gone(session, *_messages_at(made, at))
    leave_out(session, made, local, now)
    note_change(session, made, now)
    lay_out(session, made, now)
    said = f"Skips {sentences.when_words(at, wall_clock.zone(made.zone), now)}."
    return ActionResult(
        schedule_id, done_words("Skipped", gone, user, now) if gone.gone else said, back
    )


def _stop_begun(
    session: Session, user: Caller, made: Schedule, at: datetime, now: datetime
) -> ActionResult:
    """Catch what still waits of an occurrence that goes out; MovedOnError if that is nothing."""
    gone = count_gone(session, *_messages_at(made, at))
    if not gone.waiting:
        raise MovedOnError("", too_late(gone.at, user, now)) if gone.gone else moved_on()
    record_on_schedule(session, user, Code.CHANGED_SCHEDULE, made.id or 0, now)
    change_messages(
        session,
        waiting_messages(made, col(Message.occurrence_at) == at),
        **cancelled_columns(LEFT_OUT, now),
    )
    note_change(session, made, now)
    return ActionResult(made.id or 0, done_words("Skipped", gone, user, now))


def _messages_at(made: Schedule, at: datetime) -> list[ColumnElement[bool]]:
    return [col(Message.schedule_id) == made.id, col(Message.occurrence_at) == at]


def leave_out(session: Session, made: Schedule, local: datetime, now: datetime) -> None:
    """Add an exception, and go on to the occurrence after it if it was the next one."""
    at = instant_of(made, local)
    is_past = made.next_at is None or at < made.next_at  # or went out ahead of its time
    if at <= now or is_past or not _hits(occurrences.rule_of(made), local):
        raise moved_on()
    made.exdates = sorted({*made.exdates, local.isoformat()})
    change_messages(
        session,
        waiting_messages(made, col(Message.occurrence_at) == at),
        **cancelled_columns(LEFT_OUT, now),
    )
    if made.next_at == at:
        go_to(made, occurrences.next_occurrence(made))
        if made.next_at is None:
            finish_schedule(session, made, now)


def left_out(made: Schedule, now: datetime) -> list[At]:
    """The occurrences that are left out and may be taken in again, the soonest first."""
    if not made.rrule or made.status == ScheduleStatus.CANCELLED:
        return []
    days = sorted({datetime.fromisoformat(one).date() for one in made.exdates})
    found = (usual_time(made, day) for day in days if day >= now.date() - _DAY)
    return [one for one in found if one is not None and one[0] > now]


def usual_time(made: Schedule, day: date | None) -> At | None:
    """When the rule would come on a day; None if it does not, or was stopped before."""
    if day is None or not made.rrule:
        return None
    local = datetime.combine(day, made.starts_local.time())
    return (instant_of(made, local), local) if _may_come(made, local) else None


def _may_come(made: Schedule, local: datetime) -> bool:
    """True if the rule comes to that time, and the schedule was not stopped before it."""
    rule = occurrences.rule_of(made)
    if not _hits(replace(rule, exdates=()), local):
        return False
    return made.status != ScheduleStatus.ENDED or recurrence.following(rule, local) is None


def _hits(rule: Recurrence, local: datetime) -> bool:
    return next(recurrence.wall_times(rule, local), None) == local


def instant_of(made: Schedule, local: datetime) -> datetime:
    """The instant (UTC) of a wall-clock time of a schedule."""
    return wall_clock.instant(local, wall_clock.zone(made.zone))
