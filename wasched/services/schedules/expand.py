"""From the occurrences of a schedule to a message for each of its recipients."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Integer,
    bindparam,
    case,
    delete,
    func,
    insert,
    inspect,
    literal,
    or_,
    select,
    update,
)
from sqlmodel import Session, col

from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.models import Message, Recipient, Schedule, ScheduleRecipient
from wasched.models.base import ReasonColumn
from wasched.services import effects
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery import send_holds
from wasched.services.delivery.same_person import skip_doubles

_ALL = 2**62  # more than there are
_INSTANT = Message.__table__.c.due_at.type  # type: ignore[attr-defined]


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
    session.flush()
    rows = [_values(made, at, most or _ALL) for at in instants]
    in_time = [one for one in rows if one["window_ends"] >= now]
    late = _insert(session, [one for one in rows if one["window_ends"] < now])
    new = _insert(session, in_time)
    if new:
        effects.wake(session, made.account_id, min(one["first_try"] for one in in_time))
    for at in instants if late + new else ():
        skip_doubles(session, made, at, now)
    announce(session, made.space_id, MESSAGES, now)
    return late + new


def _insert(session: Session, rows: list[dict[str, Any]]) -> int:
    """Make the messages of some occurrences; returns how many are new."""
    return int(session.connection().execute(_LAY_OUT, rows).rowcount) if rows else 0


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
            due_at=case((in_place, literal(new, _INSTANT)), else_=Message.due_at),
            try_at=case((in_place, literal(try_at, _INSTANT)), else_=Message.try_at),
            late_at=case((in_place, literal(late_at, _INSTANT)), else_=Message.late_at),
        )
        .execution_options(synchronize_session=False)
    )
    send_holds.move_hold(session, (made.id or 0, old), (target.id or 0, new))
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


def _values(made: Schedule, at: datetime, most: int) -> dict[str, Any]:
    """What the messages of one occurrence have in common, as _LAY_OUT names it."""
    return {
        "of_space": made.space_id,
        "of_schedule": made.id,
        "by_account": made.account_id,
        "at": at,
        "first_try": NO_TRY if made.holds_back else at,
        "window_ends": at + timedelta(seconds=made.late_window_s),
        "most": most,
    }


_OPTED_OUT = col(Recipient.opted_out_at).is_not(None)
_THERE = (
    select(Message.id)
    .where(
        Message.schedule_id == ScheduleRecipient.schedule_id,
        Message.occurrence_at == bindparam("at", type_=_INSTANT),
        Message.recipient_id == ScheduleRecipient.recipient_id,
    )
    .exists()
)
_COLUMNS: dict[str, Any] = {
    "space_id": bindparam("of_space", type_=Integer),
    "schedule_id": ScheduleRecipient.schedule_id,
    "account_id": bindparam("by_account", type_=Integer),
    "recipient_id": ScheduleRecipient.recipient_id,
    "occurrence_at": bindparam("at", type_=_INSTANT),
    "due_at": bindparam("at", type_=_INSTANT),
    "try_at": bindparam("first_try", type_=_INSTANT),
    "late_at": bindparam("window_ends", type_=_INSTANT),
    "status": case((_OPTED_OUT, Status.SKIPPED.value), else_=Status.SCHEDULED.value),
    "reason": case(
        (_OPTED_OUT, literal(Reason(Code.OPTED_OUT), ReasonColumn)),
        else_=literal(NO_REASON, ReasonColumn),
    ),
    "attempts": literal(0),
    "sent_text": literal(""),
}
# Written once and run for each of many occurrences: most of the time would go into writing it.
_LAY_OUT = insert(inspect(Message).local_table).from_select(
    list(_COLUMNS),
    select(*_COLUMNS.values())
    .join(Recipient, col(Recipient.id) == ScheduleRecipient.recipient_id)
    .where(
        ScheduleRecipient.schedule_id == bindparam("of_schedule"),
        col(ScheduleRecipient.stopped_at).is_(None),
        ~_THERE,
    )
    .order_by(col(ScheduleRecipient.recipient_id))
    .limit(bindparam("most")),
)
