"""From the occurrences of a schedule to a message for each of its recipients."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, literal, or_, select, update
from sqlmodel import Session, col

from wasched.domain.message import NO_TRY, Status
from wasched.models import Message, Schedule
from wasched.services import effects
from wasched.services.delivery import send_holds
from wasched.services.schedules import nudges
from wasched.services.schedules.occurrence_rows import INSTANT, make_rows


def lay_out(session: Session, made: Schedule, now: datetime) -> int:
    """Make the message rows of a schedule's next occurrence; returns how many are new."""
    return 0 if made.next_at is None else lay_out_at(session, made, [made.next_at], now)


def lay_out_at(
    session: Session,
    made: Schedule,
    instants: Sequence[datetime],
    now: datetime,
    most: int | None = None,
) -> int:
    """Make the message rows of occurrences of a schedule; returns how many are new.

    Safe to run twice: a row for the same schedule, occurrence and recipient is made once. One
    statement makes all of an occurrence, or the first `most` that are not there.
    """
    if not instants:
        return 0
    rows = make_rows(session, made, instants, now, most)
    if made.nudge:
        nudges.lay_out_nudges(session, made, instants, now)
    return rows


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
    try_at = NO_TRY if target.holds_back else new
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
            due_at=case((in_place, literal(new, INSTANT)), else_=Message.due_at),
            try_at=case((in_place, literal(try_at, INSTANT)), else_=Message.try_at),
            late_at=case((in_place, literal(late_at, INSTANT)), else_=Message.late_at),
        )
        .execution_options(synchronize_session=False)
    )
    send_holds.move_hold(session, (made.id or 0, old), (target.id or 0, new))
    nudges.follow_move(session, (made, old), (target, new))
    effects.wake(session, target.account_id, try_at)


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
    """Remove the messages of an occurrence that nobody has touched: it is laid out later.

    Those that were tried, moved by hand or sent ahead of their time stay.
    """
    session.execute(
        delete(Message).where(
            col(Message.schedule_id) == made.id,
            col(Message.occurrence_at) == occurrence_at,
            col(Message.status) == Status.SCHEDULED,
            col(Message.attempts) == 0,
            col(Message.due_at) == Message.occurrence_at,
        )
    )


def last_begun(session: Session, made: Schedule, before: datetime | None = None) -> datetime | None:
    """The latest occurrence before an instant of which a message was tried, or waits to be."""
    is_begun = or_(col(Message.attempts) > 0, col(Message.status) == Status.SCHEDULED)
    latest = select(func.max(Message.occurrence_at)).where(
        col(Message.schedule_id) == made.id, is_begun
    )
    if before is not None:
        latest = latest.where(col(Message.occurrence_at) < before)
    return session.scalar(latest)
