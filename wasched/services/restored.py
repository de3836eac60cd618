"""A database that comes from a back-up: nothing old may go out, a person decides about it."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from wasched.domain.message import Status
from wasched.models import Message
from wasched.services import scheduling
from wasched.services.delivery.late import PUT_AWAY


def put_aside(session: Session, made_at: datetime, now: datetime) -> int:
    """Mark as missed what fell due up to now, and as unknown what was on its way; how many.

    It may have gone out after the back-up was made, or not; nothing in here knows.
    """
    while scheduling.advance(session, now):
        session.flush()
    day = f"{made_at:%d %B %Y, %H:%M} UTC"
    missed = session.exec(
        update(Message)
        .where(
            col(Message.status) == Status.SCHEDULED,
            col(Message.due_at) <= now,
            col(Message.try_at) < PUT_AWAY,
        )
        .values(
            status=Status.MISSED,
            reason=f"The server was restored from a back-up of {day}; it may have gone out before.",
            settled_at=now,
        )
    )
    unknown = session.exec(
        update(Message)
        .where(col(Message.status) == Status.SENDING)
        .values(
            status=Status.UNKNOWN,
            reason=f"It was on its way when the back-up was made, {day}.",
            settled_at=now,
        )
    )
    return int(missed.rowcount) + int(unknown.rowcount)
