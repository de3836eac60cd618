"""Pause, resume, end, cancel and send again: what a person does with a schedule."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import NO_REASON, Code, because
from wasched.domain.schedule import ScheduleChoice
from wasched.models import Approval, Message, ScheduleStatus
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.schedules import approval, nudges, occurrences
from wasched.services.schedules.already_gone import (
    already_gone,
    done_words,
    require_not_gone,
)
from wasched.services.schedules.create import go_to
from wasched.services.schedules.ending import WAS_PAUSED
from wasched.services.schedules.expand import lay_out
from wasched.services.schedules.landing import say_of_schedule, say_what_holds
from wasched.services.schedules.send_now import late_window
from wasched.services.schedules.steps import (
    ActionResult,
    cancelled_columns,
    change_messages,
    count_messages,
    held_messages,
    moved_on,
    note_change,
    record_on_schedule,
    take_schedule,
    take_to_send,
    undo_of,
    unsent_messages,
    waiting_messages,
)

_ACTIVE, _PAUSED, _ENDED = ScheduleStatus.ACTIVE, ScheduleStatus.PAUSED, ScheduleStatus.ENDED


def pause_schedule(session: Session, user: Caller, schedule_id: int, now: datetime) -> ActionResult:
    """Let nothing of it go out until it is resumed, and nothing be missed for it."""
    done = hold_schedule(session, user, schedule_id, now)
    record_on_schedule(session, user, Code.PAUSED_SCHEDULE, schedule_id, now)
    return done


def hold_schedule(session: Session, user: Caller, schedule_id: int, now: datetime) -> ActionResult:
    """The same as a part of what somebody does with many, which the audit log has once."""
    made = take_schedule(session, user, schedule_id, now, ScheduleChoice.PAUSE, stops=True)
    gone = already_gone(session, made, now)
    require_not_gone(gone, made, user, now)
    if made.status == _ENDED and not count_messages(session, unsent_messages(made)):
        raise moved_on()
    back = undo_of("pause", made, now)
    made.status = _PAUSED
    change_messages(session, waiting_messages(made), try_at=NO_TRY)
    nudges.hold_all(session, made, now)
    note_change(session, made, now)
    return ActionResult(schedule_id, done_words("Paused", gone, user, now), back)


def resume_schedule(
    session: Session, user: Caller, schedule_id: int, now: datetime
) -> ActionResult:
    """Let it go on; what came due meanwhile goes if it is not too late, else it is missed.

    Of a repeating schedule only the occurrence that was laid out can be missed so: those that
    the pause passed over were not wanted.
    """
    made = take_schedule(session, user, schedule_id, now, ScheduleChoice.RESUME)
    record_on_schedule(session, user, Code.RESUMED_SCHEDULE, schedule_id, now)
    back = undo_of("resume", made, now)
    missed = change_messages(
        session,
        held_messages(made, col(Message.late_at) < now),
        status=Status.MISSED,
        reason=WAS_PAUSED,
        settled_at=now,
    )
    change_messages(session, held_messages(made), try_at=Message.due_at)
    if made.next_at is not None and made.next_at <= now:
        go_to(
            made,
            occurrences.first_occurrence(occurrences.rule_of(made), now) if made.rrule else None,
        )
    made.status = _ENDED if made.next_at is None else _ACTIVE
    nudges.let_all_go_on(session, made, now)
    note_change(session, made, now)
    lay_out(session, made, now)
    said = say_of_schedule(session, made, _goes_on(missed))
    return ActionResult(schedule_id, said, back)


def end_schedule(session: Session, user: Caller, schedule_id: int, now: datetime) -> ActionResult:
    """Let a repeating schedule end; what is due already still goes."""
    made = take_schedule(session, user, schedule_id, now, ScheduleChoice.END, stops=True)
    record_on_schedule(session, user, Code.ENDED_SCHEDULE, schedule_id, now)
    back = undo_of("end", made, now)
    if made.status == _PAUSED:  # what it held back and is due goes
        approval.ask_anew(session, user, made, now)
    ahead = waiting_messages(made, col(Message.due_at) > now)
    change_messages(
        session, ahead, **cancelled_columns(because(Code.STOPPED_BY, user=user.name), now)
    )
    change_messages(session, waiting_messages(made), try_at=Message.due_at)
    made.status = _ENDED
    go_to(made, None)
    nudges.withdraw_all(session, made, now)
    note_change(session, made, now)
    return ActionResult(schedule_id, "Stopped.", back)


def cancel_schedule(
    session: Session, user: Caller, schedule_id: int, now: datetime
) -> ActionResult:
    """Take back everything of a schedule that has not gone out."""
    made = take_schedule(session, user, schedule_id, now, ScheduleChoice.CANCEL, stops=True)
    record_on_schedule(session, user, Code.CANCELLED_SCHEDULE, schedule_id, now)
    back = undo_of("cancel", made, now)
    is_refused = made.approval == Approval.REFUSED  # whose author is done with it
    gone = already_gone(session, made, now)
    require_not_gone(gone, made, user, now)
    if made.status == _ENDED and not (is_refused or count_messages(session, unsent_messages(made))):
        raise moved_on()
    change_messages(
        session,
        waiting_messages(made),
        **cancelled_columns(because(Code.CANCELLED_BY, user=user.name), now),
    )
    made.status = ScheduleStatus.CANCELLED
    go_to(made, None)
    note_change(session, made, now)
    return ActionResult(schedule_id, done_words("Cancelled", gone, user, now), back)


def resend_failed(session: Session, user: Caller, schedule_id: int, now: datetime) -> ActionResult:
    """Send once more to those whom the last one did not reach."""
    made = take_to_send(session, user, schedule_id, now, ScheduleChoice.RESEND)
    failed = [
        col(Message.schedule_id) == made.id,
        col(Message.status) == Status.FAILED,
        col(Message.dismissed_at).is_(None),
    ]
    last = session.scalar(select(func.max(Message.occurrence_at)).where(*failed))
    if last is None:
        raise moved_on()
    again = change_messages(
        session,
        [*failed, col(Message.occurrence_at) == last],
        status=Status.SCHEDULED,
        reason=NO_REASON,
        due_at=now,
        try_at=now,
        late_at=now + late_window(made),
        settled_at=None,
    )
    note_change(session, made, now - timedelta(microseconds=1))
    record_deed(session, user, because(Code.SENT_AGAIN, count=again, schedule_id=schedule_id), now)
    said = "Goes out again." if again == 1 else f"{again:,} go out again."
    held = approval.say_held(made)
    said = say_what_holds(session, [made.account_id], said, held, is_now=True)
    return ActionResult(schedule_id, said)


def _goes_on(missed: int) -> str:
    if not missed:
        return "Goes on."
    return f"Goes on. {missed:,} {'was' if missed == 1 else 'were'} missed meanwhile."
