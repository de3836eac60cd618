"""Merging: two entries that are one person on WhatsApp become one."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason
from wasched.models import (
    Acquaintance,
    ListMember,
    Message,
    Recipient,
    ScheduleLeftOut,
    ScheduleRecipient,
)
from wasched.services import permissions
from wasched.services.address_book import entries
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, RECIPIENTS, announce
from wasched.services.permissions import Action
from wasched.services.recipients import opt_out
from wasched.services.replies import record
from wasched.services.schedules import approval, audience
from wasched.services.votes import voters

MERGED = Reason(Code.MERGED)


def merge_entries(
    session: Session, user: Caller, kept_id: int, other_id: int, now: datetime
) -> None:
    """Let one entry take over everything of another; InputError unless they are one person.

    Whoever opted out under either stays opted out, and nobody gets a message twice for it.
    """
    kept = permissions.fetch_own(session, Recipient, kept_id, user, Action.WRITE)
    other = permissions.fetch_own(session, Recipient, other_id, user, Action.WRITE)
    if all(one.id != other.id for one in entries.find_doubles(session, kept)):
        raise InputError("", "These are not the same person on WhatsApp.")
    for one in (kept, other):
        one.changed_by_id, one.changed_at = user.id, now
    join_entries(session, user, kept, other, now)


def join_entries(
    session: Session, user: Caller, kept: Recipient, other: Recipient, now: datetime
) -> None:
    """Let one entry take over everything of another, whoever they are; the other is removed."""
    _move_messages(session, kept, other, now)
    for table in (ScheduleRecipient, ScheduleLeftOut, ListMember, Acquaintance):
        _move_memberships(session, table, kept, other)
    record.move_replies(session, kept, other)
    voters.join_voters(session, kept.id or 0, other.id or 0)
    _take_over(kept, other, now)
    session.add_all((kept, other))
    session.flush()
    if kept.opted_out_at is not None:
        opt_out.opt_out(session, kept, now)
    in_lists = select(col(ListMember.list_id)).where(col(ListMember.recipient_id) == kept.id)
    audience.lists_changed(session, user, session.scalars(in_lists).all(), now)
    approval.ask_for_people(session, user, [kept.id or 0], now)
    announce(session, kept.space_id, RECIPIENTS, now)
    announce(session, kept.space_id, MESSAGES, now)


def _move_messages(session: Session, kept: Recipient, other: Recipient, now: datetime) -> None:
    """Move messages, but where both have one of the same occurrence, only one goes out."""
    theirs = select(Message).where(col(Message.recipient_id) == other.id)
    for message in session.scalars(theirs).all():
        twin = session.scalar(
            select(Message).where(
                col(Message.schedule_id) == message.schedule_id,
                col(Message.occurrence_at) == message.occurrence_at,
                col(Message.recipient_id) == kept.id,
            )
        )
        if twin is None:
            message.recipient_id = kept.id or 0
        else:
            _only_one(message, twin, now)
        session.add(message)
    session.flush()


def _only_one(message: Message, twin: Message, now: datetime) -> None:
    """Take back whichever of the two has not gone; the one that is kept goes if neither has."""
    for one in (message, twin):
        if one.status == Status.SCHEDULED:
            one.status, one.reason, one.settled_at = Status.CANCELLED, MERGED, now
            return


def _move_memberships(session: Session, table: Any, kept: Recipient, other: Recipient) -> None:
    """Move rows that name a recipient; those that the kept one has too go."""
    column = next(one for one in table.__table__.primary_key if one.name != "recipient_id")
    own = select(column).where(table.recipient_id == kept.id)
    theirs = table.recipient_id == other.id
    session.execute(delete(table).where(theirs, column.in_(own.scalar_subquery())))
    session.execute(
        update(table)
        .where(theirs)
        .values(recipient_id=kept.id)
        .execution_options(synchronize_session=False)
    )


def _take_over(kept: Recipient, other: Recipient, now: datetime) -> None:
    kept.name = kept.name or other.name
    kept.notes = "\n".join(filter(None, (kept.notes, other.notes)))
    kept.fields = {**other.fields, **kept.fields}
    stopped = [one for one in (kept.opted_out_at, other.opted_out_at) if one]
    kept.opted_out_at = min(stopped) if stopped else None
    kept.lid, other.lid = kept.lid or other.lid, None
    other.removed_at = now
