"""What people write back: it can stop a schedule, or end all messages to them."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from wasched.domain.link import IncomingSeen
from wasched.domain.message import Status
from wasched.domain.opt_out import asks_to_stop
from wasched.domain.reasons import Code, Reason
from wasched.models import (
    Account,
    Message,
    Recipient,
    Schedule,
    ScheduleRecipient,
    ScheduleStatus,
)
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.recipients import recipients
from wasched.services.recipients.opt_out import opt_out


def take_reply(session: Session, account: Account, event: IncomingSeen, now: datetime) -> None:
    """Act on a message somebody wrote to the account, outside groups."""
    if event.chat.endswith("@g.us"):
        return
    addresses = [one for one in (event.sender, event.sender_alt) if one]
    for person in recipients.by_address(session, account.space_id, addresses):
        if asks_to_stop(event.text):
            opt_out(session, person, now)
        else:
            _replied(session, account, person, now)


def _replied(session: Session, account: Account, person: Recipient, now: datetime) -> None:
    """Nothing more to a person from schedules that stop when they reply."""
    stopping = session.scalars(
        select(Schedule)
        .join(ScheduleRecipient, col(ScheduleRecipient.schedule_id) == Schedule.id)
        .where(
            col(ScheduleRecipient.recipient_id) == person.id,
            col(ScheduleRecipient.stopped_at).is_(None),
            col(Schedule.account_id) == account.id,
            col(Schedule.stops_on_reply).is_(True),
            col(Schedule.created_at) <= now,
        )
    ).all()
    for made in stopping:
        _stop_for(session, made, person, now)
    if stopping:
        announce(session, person.space_id, MESSAGES, now)


def _stop_for(session: Session, made: Schedule, person: Recipient, now: datetime) -> None:
    """Nothing more to one person; the schedule ends with the last of its recipients."""
    mine = col(ScheduleRecipient.schedule_id) == made.id
    session.execute(
        update(ScheduleRecipient)
        .where(mine, col(ScheduleRecipient.recipient_id) == person.id)
        .values(stopped_at=now)
    )
    session.execute(
        update(Message)
        .where(
            col(Message.schedule_id) == made.id,
            col(Message.recipient_id) == person.id,
            col(Message.status) == Status.SCHEDULED,
        )
        .values(status=Status.SKIPPED, reason=Reason(Code.REPLIED), settled_at=now)
    )
    left = session.scalar(
        select(func.count()).where(mine, col(ScheduleRecipient.stopped_at).is_(None))
    )
    if not left and made.status == ScheduleStatus.ACTIVE:
        made.status, made.next_at, made.next_local = ScheduleStatus.ENDED, None, None
        session.add(made)
