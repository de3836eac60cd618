"""Opting out: nobody who asked for no more messages gets one, from any schedule."""

from datetime import datetime

from sqlalchemy import case, exists, func, literal, or_, select, update
from sqlmodel import Session, col

from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.models import Approval, Message, Recipient, Schedule, ScheduleStatus
from wasched.models.base import UtcDateTime
from wasched.services import effects
from wasched.services.change_notes import MESSAGES, RECIPIENTS, announce

_OPTED_OUT = Reason(Code.OPTED_OUT)
_IS_HELD = exists().where(
    col(Schedule.id) == Message.schedule_id,
    or_(Schedule.status == ScheduleStatus.PAUSED, Schedule.approval != Approval.GIVEN),
)


def opt_out(session: Session, person: Recipient, now: datetime) -> None:
    """Nothing more to a person, from any schedule; what waits for them is skipped."""
    person.opted_out_at = person.opted_out_at or now
    session.add(person)
    session.execute(
        update(Message)
        .where(col(Message.recipient_id) == person.id, col(Message.status) == Status.SCHEDULED)
        .values(status=Status.SKIPPED, reason=_OPTED_OUT, settled_at=now)
    )
    _told(session, person, now)


def opt_in(session: Session, person: Recipient, now: datetime) -> None:
    """They want messages again; what is still to come and was skipped for that goes out."""
    person.opted_out_at = None
    session.add(person)
    session.execute(
        update(Message)
        .where(
            col(Message.recipient_id) == person.id,
            col(Message.status) == Status.SKIPPED,
            col(Message.reason) == _OPTED_OUT,
            col(Message.due_at) > now,
        )
        .values(
            status=Status.SCHEDULED,
            reason=NO_REASON,
            settled_at=None,
            try_at=case((_IS_HELD, literal(NO_TRY, UtcDateTime)), else_=Message.due_at),
        )
        .execution_options(synchronize_session="fetch")
    )
    _wake_for(session, person)
    _told(session, person, now)


def _wake_for(session: Session, person: Recipient) -> None:
    """What waits for a person may go: their accounts look in time for it."""
    waiting = (
        select(col(Message.account_id), func.min(Message.try_at))
        .where(col(Message.recipient_id) == person.id, col(Message.status) == Status.SCHEDULED)
        .group_by(col(Message.account_id))
    )
    for account_id, try_at in session.execute(waiting):
        effects.wake(session, account_id, try_at)


def _told(session: Session, person: Recipient, now: datetime) -> None:
    announce(session, person.space_id, RECIPIENTS, now)
    announce(session, person.space_id, MESSAGES, now)
