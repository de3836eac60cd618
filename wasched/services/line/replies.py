"""What people write back: it is kept, can stop a schedule or all messages, or be a keyword."""

from collections.abc import Sequence
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
from wasched.services.keywords.handling import handle_words
from wasched.services.recipients import recipients
from wasched.services.recipients.opt_out import opt_out
from wasched.services.replies import record
from wasched.services.replies.matching import is_in_group


def take_replies(
    session: Session, account: Account, seen: Sequence[IncomingSeen], now: datetime
) -> None:
    """Act on messages that people wrote to the account, and keep what answers one of ours.

    Many at once cost little more than one. In groups nothing that is said stops anything.
    """
    addresses = {one for some in seen for one in (some.sender, some.sender_alt) if one}
    people = recipients.known_by(session, account.space_id, addresses)
    stopped: dict[int, Recipient] = {}
    replied: dict[int, Recipient] = {}
    for one in seen:
        if is_in_group(one.chat):
            continue
        into = stopped if asks_to_stop(one.text) else replied
        for address in (one.sender, one.sender_alt):
            into |= {person.id or 0: person for person in people.get(address or "", ())}
    for person in stopped.values():
        opt_out(session, person, now)
    if replied:
        _stop_for_those(session, account, replied, now)
    record.record_replies(session, account, seen, people, now)
    handle_words(session, account, seen, people, now)


def _stop_for_those(
    session: Session, account: Account, people: dict[int, Recipient], now: datetime
) -> None:
    """Nothing more to people from schedules that stop when they reply."""
    stopping = session.execute(
        select(Schedule, col(ScheduleRecipient.recipient_id))
        .join(ScheduleRecipient, col(ScheduleRecipient.schedule_id) == Schedule.id)
        .where(
            col(ScheduleRecipient.recipient_id).in_(people),
            col(ScheduleRecipient.stopped_at).is_(None),
            col(Schedule.account_id) == account.id,
            col(Schedule.stops_on_reply).is_(True),
            col(Schedule.created_at) <= now,
        )
    ).all()
    for made, recipient_id in stopping:
        _stop_for(session, made, people[recipient_id], now)
    if stopping:
        announce(session, account.space_id, MESSAGES, now)


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
