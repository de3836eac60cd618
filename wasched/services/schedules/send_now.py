"""Send now: what waits of an occurrence goes ahead of its time, and the series goes on after it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from wasched.domain.message import Status
from wasched.domain.reasons import NO_REASON, Code
from wasched.domain.schedule import ScheduleChoice
from wasched.models import Message, Schedule
from wasched.services import effects
from wasched.services.caller import Caller
from wasched.services.delivery import send_holds
from wasched.services.schedules import approval
from wasched.services.schedules.create import step_schedule
from wasched.services.schedules.landing import say_on_its_way
from wasched.services.schedules.steps import (
    ActionResult,
    change_messages,
    come_to,
    count_messages,
    moved_on,
    record_on_schedule,
    take_to_send,
    waiting_messages,
)

LEAST_LATE = timedelta(minutes=5)
"""What a person sends now may at least be this late, however short its own window is."""


def send_now(session: Session, user: Caller, schedule_id: int, now: datetime) -> ActionResult:
    """Let the next one go now instead of at its time; a repeating schedule goes on after it."""
    made = take_to_send(session, user, schedule_id, now, ScheduleChoice.SEND_NOW)
    nearest = session.scalar(select(func.min(Message.occurrence_at)).where(*waiting_messages(made)))
    if nearest is None:
        raise moved_on()
    record_on_schedule(session, user, Code.SENT_NOW, schedule_id, now)
    return _send(session, made, nearest, now)


def send_message_now(
    session: Session, user: Caller, message: Message, now: datetime
) -> ActionResult:
    """The same for one person's message alone; others of that time get theirs as before."""
    made = take_to_send(session, user, message.schedule_id, now, ScheduleChoice.SEND_NOW)
    if message.status != Status.SCHEDULED:
        raise moved_on()
    record_on_schedule(session, user, Code.SENT_NOW, message.schedule_id, now)
    return _send(session, made, message.occurrence_at, now, col(Message.id) == message.id)


def late_window(made: Schedule) -> timedelta:
    """How late what a person sends now may be."""
    return max(timedelta(seconds=made.late_window_s), LEAST_LATE)


def _send(
    session: Session, made: Schedule, at: datetime, now: datetime, *which: ColumnElement[bool]
) -> ActionResult:
    """Let what waits of an occurrence go; once nothing of it waits for its time, go on."""
    send_holds.require_not_held(session, (made.id or 0, at))
    come_to(session, made, now)
    of_it = waiting_messages(made, col(Message.occurrence_at) == at)
    # Changed first: what a person sends after pausing is not held up by the pause.
    made.changed_at = now - timedelta(microseconds=1)
    values = {"due_at": now, "try_at": now, "late_at": now + late_window(made), "reason": NO_REASON}
    sent = change_messages(session, [*of_it, *which], **values)
    if at == made.next_at and not count_messages(session, [*of_it, col(Message.due_at) > now]):
        step_schedule(session, made, now)
    session.add(made)
    approval.hold_back(session, made)
    effects.wake(session, made.account_id, now)
    said = say_on_its_way(session, [made.account_id], sent, held=approval.say_held(made))
    return ActionResult(made.id or 0, said)
