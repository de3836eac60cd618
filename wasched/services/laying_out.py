"""From a schedule's next occurrence to a message for each of its recipients."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, func, insert, literal, select, update
from sqlmodel import Session, col

from wasched.domain.message import Status
from wasched.models import Message, Recipient, Schedule, ScheduleRecipient, ScheduleStatus
from wasched.services.changes import MESSAGES, announce
from wasched.services.delivery.late import PUT_AWAY
from wasched.services.delivery.withheld import OPTED_OUT

_INSTANT = Message.__table__.c.due_at.type  # type: ignore[attr-defined]


def lay_out(session: Session, made: Schedule, now: datetime) -> int:
    """Make the message rows of a schedule's next occurrence; returns how many are new.

    Safe to run twice: a row for the same schedule, occurrence and recipient is made once. One
    statement makes them all, however many recipients there are.
    """
    if made.next_at is None:
        return 0
    values = _values(made, made.next_at)
    there = select(col(Message.recipient_id)).where(
        col(Message.schedule_id) == made.id, col(Message.occurrence_at) == made.next_at
    )
    rows = (
        select(*values.values())
        .join(Recipient, col(Recipient.id) == ScheduleRecipient.recipient_id)
        .where(
            col(ScheduleRecipient.schedule_id) == made.id,
            col(ScheduleRecipient.stopped_at).is_(None),
            col(ScheduleRecipient.recipient_id).not_in(there),
        )
        .order_by(col(ScheduleRecipient.recipient_id))
    )
    done = session.exec(insert(Message).from_select(list(values), rows))
    announce(session, made.owner_id, MESSAGES, now)
    return int(done.rowcount)


def move_occurrence(
    session: Session, made: Schedule, old: datetime, new: datetime, to: Schedule | None = None
) -> None:
    """Let the messages of an occurrence belong to another instant, and go out then if unsent.

    `to` is another schedule that they belong to from now on. Whoever had the message keeps a
    row under the new instant, so that nobody gets it twice. Messages that somebody moved by
    hand stay where they were put.
    """
    target = to or made
    waits = col(Message.status) == Status.SCHEDULED
    in_place = waits & (col(Message.due_at) == old)
    try_at = PUT_AWAY if target.status == ScheduleStatus.PAUSED else new
    late_at = new + timedelta(seconds=target.late_window_s)
    if (target.id, new) != (made.id, old):
        _make_room(session, made, old, target, new)
    session.execute(
        update(Message)
        .where(col(Message.schedule_id) == made.id, col(Message.occurrence_at) == old)
        .values(
            schedule_id=target.id,
            account_id=case((waits, target.account_id), else_=Message.account_id),
            occurrence_at=new,
            due_at=case((in_place, literal(new, _INSTANT)), else_=Message.due_at),
            try_at=case((in_place, literal(try_at, _INSTANT)), else_=Message.try_at),
            late_at=case((in_place, literal(late_at, _INSTANT)), else_=Message.late_at),
        )
        .execution_options(synchronize_session=False)
    )


def _make_room(
    session: Session, made: Schedule, old: datetime, target: Schedule, new: datetime
) -> None:
    """Take away what stands where an occurrence moves to, or whom it reached there already."""
    there = [col(Message.schedule_id) == target.id, col(Message.occurrence_at) == new]
    moving = [col(Message.schedule_id) == made.id, col(Message.occurrence_at) == old]
    for rows, others in (
        (moving, [*there, col(Message.attempts) > 0]),
        (there, moving),
    ):
        also = select(col(Message.recipient_id)).where(*others)
        untouched = (col(Message.attempts) == 0, col(Message.recipient_id).in_(also))
        session.execute(
            delete(Message).where(*rows, *untouched).execution_options(synchronize_session=False)
        )


def take_in(session: Session, made: Schedule, occurrence_at: datetime) -> None:
    """Remove the messages of an occurrence that nobody has touched: it is laid out later."""
    session.execute(
        delete(Message).where(
            col(Message.schedule_id) == made.id,
            col(Message.occurrence_at) == occurrence_at,
            col(Message.status) == Status.SCHEDULED,
            col(Message.attempts) == 0,
        )
    )


def last_begun(session: Session, made: Schedule) -> datetime | None:
    """The latest occurrence of which a message was handed over, or tried."""
    return session.scalar(
        select(func.max(Message.occurrence_at)).where(
            col(Message.schedule_id) == made.id, col(Message.attempts) > 0
        )
    )


def _values(made: Schedule, at: datetime) -> dict[str, Any]:
    """Each column of a new message with what it is computed from."""
    late_at = at + timedelta(seconds=made.late_window_s)
    opted_out = col(Recipient.opted_out_at).is_not(None)
    try_at = PUT_AWAY if made.status == ScheduleStatus.PAUSED else at
    return {
        "owner_id": literal(made.owner_id),
        "schedule_id": literal(made.id),
        "account_id": literal(made.account_id),
        "recipient_id": ScheduleRecipient.recipient_id,
        "occurrence_at": literal(at, _INSTANT),
        "due_at": literal(at, _INSTANT),
        "try_at": literal(try_at, _INSTANT),
        "late_at": literal(late_at, _INSTANT),
        "status": case((opted_out, Status.SKIPPED.value), else_=Status.SCHEDULED.value),
        "reason": case((opted_out, OPTED_OUT), else_=""),
        "attempts": literal(0),
        "sent_text": literal(""),
    }
