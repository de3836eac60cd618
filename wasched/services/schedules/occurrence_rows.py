"""The rows of an occurrence, made by one statement for all whom its schedule goes to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, bindparam, case, insert, inspect, literal, select
from sqlmodel import Session, col

from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.models import Message, Recipient, Schedule, ScheduleRecipient
from wasched.models.base import ReasonColumn
from wasched.services import effects
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery.same_person import skip_doubles

_ALL = 2**62  # more than there are
INSTANT = Message.__table__.c.due_at.type  # type: ignore[attr-defined]


def make_rows(
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
        Message.occurrence_at == bindparam("at", type_=INSTANT),
        Message.recipient_id == ScheduleRecipient.recipient_id,
    )
    .exists()
)
_COLUMNS: dict[str, Any] = {
    "space_id": bindparam("of_space", type_=Integer),
    "schedule_id": ScheduleRecipient.schedule_id,
    "account_id": bindparam("by_account", type_=Integer),
    "recipient_id": ScheduleRecipient.recipient_id,
    "occurrence_at": bindparam("at", type_=INSTANT),
    "due_at": bindparam("at", type_=INSTANT),
    "try_at": bindparam("first_try", type_=INSTANT),
    "late_at": bindparam("window_ends", type_=INSTANT),
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
