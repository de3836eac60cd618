"""Messages as people see them: lists, one message's story, and what they may decide."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, select
from sqlmodel import Session, col

from wasched.domain.errors import MovedOnError, NotFoundError
from wasched.domain.message import (
    GONE_OUT,
    SENDING_CHOICES,
    MessageChoice,
    Status,
    may_choose,
)
from wasched.domain.reasons import NO_REASON, Code, Reason, because
from wasched.models import Amendment, Attempt, Message, Receipt, Schedule, User
from wasched.services import effects, permissions, schedules
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery import send_holds
from wasched.services.messages import amend_story, history, message_rows
from wasched.services.messages.history_views import MessageHistory
from wasched.services.permissions import Action
from wasched.services.schedules import approval
from wasched.services.schedules.already_gone import GONE, too_late
from wasched.services.server_stop import is_server_stopped

_DEEDS: dict[str, Code] = {
    MessageChoice.SEND_NOW: Code.SENT_AGAIN,  # of what was missed
    MessageChoice.SEND_AGAIN: Code.SENT_AGAIN,
    MessageChoice.CANCEL: Code.CANCELLED_MESSAGES,
}
"""What the audit log calls a choice; any other settles what needed a person."""


def needing_me(session: Session, user: Caller) -> int:
    """How many sends have messages that wait for a person: as many lines as lists have of them."""
    where = and_(permissions.visible_among(Message.space_id, user), message_rows.needs_a_person())
    lines = select(col(Message.due_at), col(Message.schedule_id)).where(where).distinct()
    return session.scalar(select(func.count()).select_from(lines.subquery())) or 0


def status_counts(session: Session, user: Caller, now: datetime) -> dict[str, int]:
    """How many messages were sent, delivered and failed in the last seven days."""
    found = session.execute(
        select(Message.status, func.count())
        .where(
            permissions.visible_to(Message.space_id, user),
            col(Message.due_at) >= now - timedelta(days=7),
            col(Message.due_at) <= now,  # else all that is to come is walked as well
        )
        .group_by(Message.status)
    )
    tally = Counter({Status(status): number for status, number in found})
    sent = sum(tally[one] for one in GONE_OUT)
    return {
        "sent": sent,
        "delivered": sent - tally[Status.SENT],
        "failed": tally[Status.FAILED],
    }


def message_story(session: Session, user: Caller, message_id: int, now: datetime) -> MessageHistory:
    """Everything that happened to one message; NotFoundError if the user may not see it."""
    found = session.execute(message_rows.message_rows(user).where(Message.id == message_id)).first()
    if found is None:
        raise NotFoundError()
    message, made, recipient, account = found
    author = session.get(User, made.made_by_id or 0)
    attempts = session.scalars(
        select(Attempt).where(Attempt.message_id == message.id).order_by(col(Attempt.number))
    ).all()
    stopped = is_server_stopped(session)
    row = message_rows.message_row(
        message, made, recipient, account, now, is_server_stopped=stopped
    )
    amendments = session.scalars(
        select(Amendment).where(Amendment.message_id == message.id).order_by(col(Amendment.id))
    ).all()
    known = history.HistoryWriter(message, made, recipient, account, attempts, amendments)
    told = history.tell_history(session, row, known, author.name if author else "")
    if not permissions.may(user, Action.WRITE, message):
        told = replace(told, may=[])
    series = schedules.series_of(session, user, made, now)
    repeats = schedules.sentence_of(session, made) if made.rrule else ""
    card = schedules.approval_card(session, user, made)
    asks = "send_now" in told.may or (card is not None and card.may_decide)
    others = _others(session, message) if asks else 0
    amend = amend_story.offer_amending(session, user, message, recipient, now)
    told = replace(told, series=series, others=others, repeats=repeats, approval=card)
    return replace(told, amend=amend)


def _others(session: Session, message: Message) -> int:
    """How many more wait for the same time of the same schedule."""
    same = (Message.schedule_id == message.schedule_id, Message.due_at == message.due_at)
    waits = (col(Message.status) == Status.SCHEDULED, col(Message.id) != message.id)
    return session.scalar(select(func.count()).where(*same, *waits)) or 0


def decide_message(
    session: Session, user: Caller, message_id: int, choice: str, now: datetime
) -> None:
    """Do what a person decided about a message, one of MESSAGE_CHOICES that is about it alone.

    MovedOnError when the message has moved on meanwhile.
    """
    message = permissions.fetch_own(session, Message, message_id, user, Action.WRITE)
    if choice == MessageChoice.SEND_NOW and message.status == Status.SCHEDULED:
        schedules.send_message_now(session, user, message, now)  # which writes it down itself
        return
    if choice in SENDING_CHOICES:
        approval.require_approved(session.get_one(Schedule, message.schedule_id))
        send_holds.require_not_held(session, (message.schedule_id, message.occurrence_at))
    apply_decision(session, user, message, choice, now)
    record_decision(session, user, choice, 1, now, schedule_id=message.schedule_id)
    if choice in SENDING_CHOICES:
        approval.ask_for_messages(session, user, [message_id], now)


def record_decision(
    session: Session, user: Caller, choice: str, count: int, now: datetime, **which: int
) -> None:
    """Write into the audit log what somebody decided about so many messages; none is no deed."""
    if count:
        did = _DEEDS.get(choice, Code.SETTLED_MESSAGES)
        record_deed(session, user, because(did, count=count, **which), now)


def apply_decision(
    session: Session, user: Caller, message: Message, choice: str, now: datetime
) -> None:
    """Carry out a decision about one message of perhaps many; MovedOnError if it has moved on.

    Whoever calls writes it down, and asks whether what is let go may go out.
    """
    match choice if may_choose(choice, message.status) else "":
        case MessageChoice.SEND_NOW | MessageChoice.SEND_AGAIN:
            _again(session, message, now)
        case MessageChoice.IT_ARRIVED:
            message.status, message.sent_at = Status.SENT, message.settled_at or now
            message.reason = Reason(Code.IT_ARRIVED)
        case MessageChoice.LEAVE_IT | MessageChoice.DISMISS:
            message.dismissed_at = now
        case MessageChoice.CANCEL:
            message.status, message.settled_at = Status.CANCELLED, now
            message.reason = because(Code.CANCELLED_BY, user=user.name)
        case _:
            raise _moved_on(user, message, choice, now)
    session.add(message)
    announce(session, message.space_id, MESSAGES, now)


def _moved_on(user: Caller, message: Message, choice: str, now: datetime) -> MovedOnError:
    """It is not as the page showed it any more; who wanted to catch it is told that it went."""
    if choice == MessageChoice.CANCEL and message.status in GONE:
        return MovedOnError("", too_late(message.sent_at, user, now))
    return MovedOnError("", "This message has moved on meanwhile. Look again.")


def prune_messages(session: Session, now: datetime, keep_days: int, limit: int = 5000) -> int:
    """Remove finished messages older than the days to keep, with all that is known of them.

    0 days keeps all. At most `limit` go at once, so that nobody waits for it; the next call
    removes more.
    """
    if keep_days == 0:
        return 0
    finished = select(Message.id).where(
        col(Message.due_at) < now - timedelta(days=keep_days),
        col(Message.status).not_in(message_rows.COMING),
    )
    old = session.scalars(finished.order_by(col(Message.due_at)).limit(limit)).all()
    for ids in (
        select(Attempt.whatsapp_id).where(col(Attempt.message_id).in_(old)),
        select(Amendment.whatsapp_id).where(col(Amendment.message_id).in_(old)),
    ):
        session.execute(delete(Receipt).where(col(Receipt.whatsapp_id).in_(ids)))
    session.execute(delete(Message).where(col(Message.id).in_(old)))
    return len(old)


def _again(session: Session, message: Message, now: datetime) -> None:
    """Let it go now, with a whole late window from now on."""
    window = message.late_at - message.due_at
    message.status, message.reason = Status.SCHEDULED, NO_REASON
    message.due_at = message.try_at = now
    message.late_at = now + max(window, timedelta(minutes=5))
    message.settled_at = message.dismissed_at = None
    effects.wake(session, message.account_id, now)
