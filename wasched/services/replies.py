"""What people write back: it can stop a schedule, or end all messages to them."""

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from wasched.domain.link import IncomingSeen
from wasched.domain.message import Status
from wasched.domain.opt_out import asks_to_stop
from wasched.models import Account, Message, Recipient, Schedule
from wasched.services import recipients
from wasched.services.changes import MESSAGES, RECIPIENTS, announce


def take(session: Session, account: Account, event: IncomingSeen, now: datetime) -> None:
    """Act on a message somebody wrote to the account, outside groups."""
    if event.chat.endswith("@g.us"):
        return
    addresses = [one for one in (event.sender, event.sender_alt) if one]
    for person in recipients.by_address(session, account.owner_id, addresses):
        if asks_to_stop(event.text):
            _opt_out(session, person, now)
        else:
            _replied(session, account, person, now)


def _opt_out(session: Session, person: Recipient, now: datetime) -> None:
    person.opted_out_at = person.opted_out_at or now
    session.add(person)
    session.execute(
        update(Message)
        .where(Message.recipient_id == person.id, Message.status == Status.SCHEDULED)
        .values(status=Status.SKIPPED, reason="Asked for no more messages.", settled_at=now)
    )
    announce(session, person.owner_id, RECIPIENTS, now)
    announce(session, person.owner_id, MESSAGES, now)


def _replied(session: Session, account: Account, person: Recipient, now: datetime) -> None:
    stopping = select(Schedule.id).where(
        Schedule.account_id == account.id, col(Schedule.stops_on_reply).is_(True)
    )
    done = session.execute(
        update(Message)
        .where(
            Message.recipient_id == person.id,
            Message.status == Status.SCHEDULED,
            col(Message.schedule_id).in_(stopping),
        )
        .values(status=Status.SKIPPED, reason="Replied first.", settled_at=now)
    )
    if done.rowcount:
        announce(session, person.owner_id, MESSAGES, now)
