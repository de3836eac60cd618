"""Messages as tests need them: in any status, due whenever, with the try that led there."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, select

from wasched.domain.message import GONE_OUT, Status
from wasched.models import Attempt, Message, Outcome, Recipient, Schedule
from wasched.services.caller import Caller

_OUTCOMES = {
    Status.SENDING: Outcome.OPEN,
    Status.UNKNOWN: Outcome.UNKNOWN,
    Status.FAILED: Outcome.REFUSED,
    **dict.fromkeys(GONE_OUT, Outcome.TAKEN),
}

_ARRIVED = (Status.DELIVERED, Status.READ, Status.PLAYED)


def a_send(
    session: Session,
    user: Caller,
    account_id: int,
    due_at: datetime,
    *statuses: Status,
    text: str = "Rehearsal at 19:30",
    names: tuple[str, ...] = (),
) -> list[int]:
    """A schedule that goes out once, to as many people as there are statuses; their ids."""
    made = Schedule(
        space_id=user.space_id,
        account_id=account_id,
        contents=[],
        preview=text,
        starts_local=due_at.replace(tzinfo=None),
        zone="UTC",
        created_at=due_at,
        changed_at=due_at,
    )
    session.add(made)
    session.flush()
    found = []
    for number, status in enumerate(statuses or (Status.SCHEDULED,)):
        name = names[number] if names else f"Person {number}"
        message = Message(
            space_id=user.space_id,
            schedule_id=made.id or 0,
            account_id=account_id,
            recipient_id=_person(session, user, name, due_at),
            occurrence_at=due_at,
            due_at=due_at,
            try_at=due_at,
            late_at=due_at + timedelta(minutes=30),
            status=status,
            sent_at=due_at if status in GONE_OUT else None,
            delivered_at=due_at if status in _ARRIVED else None,
        )
        session.add(message)
        session.flush()
        _try(session, message)
        found.append(message.id or 0)
    return found


def _try(session: Session, message: Message) -> None:
    """The one try of a message that was handed over, whatever came of it."""
    if (outcome := _OUTCOMES.get(message.status)) is None:
        return
    message.attempts = 1
    attempt = Attempt(
        message_id=message.id or 0,
        number=1,
        secret=secrets.token_bytes(32),
        started_at=message.due_at,
        ended_at=None if outcome is Outcome.OPEN else message.due_at,
        outcome=outcome,
    )
    session.add_all([message, attempt])


def _person(session: Session, user: Caller, name: str, now: datetime) -> int:
    known = session.exec(
        select(Recipient).where(Recipient.space_id == user.space_id, Recipient.name == name)
    ).first()
    if known is None:
        jid = f"{hashlib.md5(name.encode()).hexdigest()}@lid"
        known = Recipient(space_id=user.space_id, kind="person", name=name, jid=jid, created_at=now)
        session.add(known)
        session.flush()
    return known.id or 0
