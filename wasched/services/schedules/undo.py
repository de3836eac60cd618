"""Taking back what was decided about a schedule, where nothing happened since."""

from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col

from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import NO_REASON, Code
from wasched.models import Message, ScheduleStatus
from wasched.services.caller import Caller
from wasched.services.schedules import nudges, restore_dates, schedule_actions
from wasched.services.schedules.create import go_to
from wasched.services.schedules.ending import begin_again
from wasched.services.schedules.expand import lay_out
from wasched.services.schedules.landing import say_of_schedule
from wasched.services.schedules.skip import leave_out, usual_time
from wasched.services.schedules.steps import (
    ActionResult,
    Undo,
    change_messages,
    moved_on,
    note_change,
    record_on_schedule,
    take_schedule,
)


def undo_action(session: Session, user: Caller, given: Undo, now: datetime) -> ActionResult:
    """Take a decision back; InputError if the schedule was changed since."""
    made = take_schedule(session, user, given.schedule_id, now, narrows=True)
    if made.changed_at != given.at:
        raise moved_on()
    match given.kind:
        case "pause":
            return schedule_actions.resume_schedule(session, user, given.schedule_id, now)
        case "resume":
            return schedule_actions.pause_schedule(session, user, given.schedule_id, now)
        case "skip" if given.local is not None:
            return restore_dates.unskip_date(
                session, user, given.schedule_id, given.local, now, given.status
            )
        case "usual":
            return _part_again(session, user, given, now)
        case "end" | "cancel":
            return _revive(session, user, given, now)
        case _:
            raise moved_on()


def _part_again(session: Session, user: Caller, given: Undo, now: datetime) -> ActionResult:
    """Let a date go on its own again that was put back to the usual."""
    own = take_schedule(session, user, given.schedule_id, now)
    series = take_schedule(session, user, own.series_id or 0, now, narrows=True)
    usual = usual_time(series, own.series_day)
    if series.changed_at != given.at or usual is None:
        raise moved_on()
    restore_dates.hand_over(session, (series, usual[0]), (own, given.next_at or usual[0]), now)
    leave_out(session, series, usual[1], now)
    note_change(session, series, now)
    lay_out(session, series, now)
    return _revive(session, user, given, now)


def _revive(session: Session, user: Caller, given: Undo, now: datetime) -> ActionResult:
    """Let a schedule go on that was ended or cancelled, with the messages taken back then."""
    made = take_schedule(session, user, given.schedule_id, now)
    after = (given.next_at, given.next_local) if given.next_at and given.next_local else None
    go_to(made, after)
    taken_back = [
        col(Message.schedule_id) == made.id,
        col(Message.status) == Status.CANCELLED,
        col(Message.settled_at) == given.at,
        or_(col(Message.late_at) >= now, col(Message.try_at) == NO_TRY),
    ]
    change_messages(session, taken_back, status=Status.SCHEDULED, reason=NO_REASON, settled_at=None)
    record_on_schedule(session, user, Code.RESUMED_SCHEDULE, given.schedule_id, now)
    begin_again(session, made, given.status, now)
    note_change(session, made, now)
    lay_out(session, made, now)
    nudges.lay_out_missing(session, made, now)
    said = "It is back." if made.status == ScheduleStatus.PAUSED else "Goes on."
    return ActionResult(given.schedule_id, say_of_schedule(session, made, said))
