"""Whether a nudge may still go: asked when it is claimed, and once more before it leaves."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.domain.message import NO_TRY, Status
from wasched.domain.nudge import HasNot
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.models import (
    Account,
    AnswerKind,
    Attempt,
    Message,
    Recipient,
    RecipientKind,
    Schedule,
    Space,
    UnsettledAnswer,
)
from wasched.services.unanswered.conditions import REACHED, has_done

A_MOMENT = timedelta(seconds=1)
"""So long a nudge waits for an answer to be counted that has just come."""

_DID: Mapping[HasNot, Reason] = {
    HasNot.VOTED: Reason(Code.HAD_VOTED),
    HasNot.REPLIED: Reason(Code.HAD_REPLIED),
    HasNot.READ: Reason(Code.HAD_READ),
    HasNot.DELIVERED: Reason(Code.HAD_COME),
}
_DID_IT = {who: f"is_no_more_{who}" for who in HasNot}
_NOTHING, _NOT_KEPT = Reason(Code.NOTHING_TO_NUDGE), Reason(Code.REPLIES_NOT_KEPT)


def columns_against(
    session: Session, message_ids: Sequence[int], now: datetime, *, is_caught_up: bool
) -> dict[int, dict[str, Any]]:
    """For nudges that must not go now: the columns that hold them, by message.

    Who has done what they were to be nudged to gets none. Where an answer is being counted, the
    message itself is on its way, or not all is known that came meanwhile, it waits a moment.
    """
    waits = {"try_at": now + A_MOMENT}
    if not message_ids or not is_caught_up:
        return dict.fromkeys(message_ids, waits)
    found: dict[int, dict[str, Any]] = {}
    for row in session.execute(_asked().where(col(Message.id).in_(message_ids))):
        if row.status == Status.SENDING or row.is_being_counted:
            found[row.id] = waits
        elif why := _reason(row):
            found[row.id] = _skipped(why, now)
    return found


def may_leave(session: Session, message_id: int) -> bool:
    """True if a nudge that is claimed is still wanted."""
    row = session.execute(_asked().where(col(Message.id) == message_id)).first()
    if row is None:
        return False
    is_open = row.status == Status.SENDING or row.is_being_counted
    return not is_open and not _reason(row)


def skip_late(session: Session, account: Account, now: datetime) -> None:
    """Of nudges that are too late let those be nobody's task whose recipients need none."""
    late = _asked().where(
        col(Message.account_id) == account.id,
        col(Message.status) == Status.SCHEDULED,
        col(Message.late_at) < now,
        col(Message.try_at) < NO_TRY,
    )
    for row in session.execute(late).all():
        if why := _reason(row):
            skipped = update(Message).where(col(Message.id) == row.id)
            session.execute(skipped.values(**_skipped(why, now)))


def _reason(row: Any) -> Reason:
    """Why somebody gets no nudge; none if they get it."""
    who = HasNot(row.has_not)
    if row.status not in REACHED[who] or row.taken_back_at is not None:
        return _NOTHING
    if who is HasNot.REPLIED and not row.keeps_replies_days:
        return _NOT_KEPT
    has_done_it = getattr(row, _DID_IT[who]) or (who is HasNot.REPLIED and row.has_written)
    return _DID[who] if has_done_it else NO_REASON


def _skipped(why: Reason, now: datetime) -> dict[str, Any]:
    return {"status": Status.SKIPPED, "reason": why, "settled_at": now}


def _has_written_since(before: Any) -> ColumnElement[bool]:
    """True of a person who wrote after the message went, whatever later one that belongs to."""
    later = aliased(Message)
    return exists().where(
        col(later.recipient_id) == before.recipient_id,
        col(later.account_id) == before.account_id,
        col(later.due_at) >= before.due_at,
        col(later.replied_at) >= before.sent_at,
        col(Recipient.id) == before.recipient_id,
        col(Recipient.kind) == RecipientKind.PERSON,
    )


def _asked() -> Select[Any]:
    """Nudges, each with how the message stands that it follows, and what came of that."""
    before = aliased(Message)
    follows = and_(
        col(before.schedule_id) == Schedule.nudge_of_id,
        col(before.occurrence_at) == Schedule.nudge_of_at,
        col(before.recipient_id) == Message.recipient_id,
    )
    is_being_counted = exists().where(
        col(Attempt.message_id) == before.id,
        col(UnsettledAnswer.whatsapp_id) == Attempt.whatsapp_id,
        col(UnsettledAnswer.account_id) == before.account_id,
        col(UnsettledAnswer.kind).in_(tuple(AnswerKind)),
    )
    columns: tuple[Any, ...] = (
        *(Message.id, Schedule.has_not, Space.keeps_replies_days),
        *(before.status, before.taken_back_at),
        is_being_counted.label("is_being_counted"),
        _has_written_since(before).label("has_written"),
        *(has_done(who, before).label(_DID_IT[who]) for who in HasNot),
    )
    return (
        select(*columns)
        .select_from(Message)
        .join(Schedule, col(Schedule.id) == Message.schedule_id)
        .join(Space, col(Space.id) == Message.space_id)
        .outerjoin(before, follows)
        .where(col(Schedule.has_not) != "")
    )
