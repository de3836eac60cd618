"""What is due for an account, read for many messages at once: only what decides and is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.domain.chats import STATUS
from wasched.domain.content import Content
from wasched.domain.early_stop import LOOKS
from wasched.domain.message import Status
from wasched.models import Acquaintance, Message, Recipient, RecipientKind, Schedule
from wasched.services.content import rendering
from wasched.services.content.rendering import CompiledContents
from wasched.services.delivery.send_holds import is_held
from wasched.services.phone_numbers import phones


@dataclass(frozen=True)
class Due:
    """A message that waits for its turn, with what decides about it and what it says."""

    row: Any
    schedule: Schedule
    wording: CompiledContents

    @property
    def is_stranger(self) -> bool:
        """True if the account has never written to the recipient."""
        return not self.row.met

    @property
    def is_nudge(self) -> bool:
        """True if it is only for those who have not done something."""
        return self.schedule.has_not != ""

    @property
    def to(self) -> str:
        """The address it goes to."""
        if self.row.kind == RecipientKind.STATUS:
            return STATUS
        jid: str | None = self.row.jid
        return jid or phones.to_jid(self.row.phone or "")

    def content(self) -> Content:
        """What it says to its recipient now."""
        return self.wording.for_message(self.row.id, self.row.due_at, self.row)


def due_messages(
    session: Session,
    account_id: int,
    now: datetime,
    soon: datetime,
    limit: int,
    *,
    by_window: bool = False,
) -> list[Due]:
    """The messages of an account whose turn comes until `soon` and is not over, in their order.

    `by_window` puts those first whose late window ends first. It costs a look at all that is
    due, which is well spent where a pace lets one message go every few seconds: what has a day
    of time must not make what has five minutes miss its time.
    """
    asked = {"account": account_id, "now": now, "soon": soon, "most": limit}
    rows = session.execute(_DUE_BY_WINDOW if by_window else _DUE, asked).all()
    made = _schedules(session, {row.schedule_id for row in rows})
    said = {one: rendering.compiled_contents(schedule) for one, schedule in made.items()}
    return [Due(row, made[row.schedule_id], said[row.schedule_id]) for row in rows]


def _schedules(session: Session, ids: set[int]) -> Mapping[int, Schedule]:
    found = session.scalars(select(Schedule).where(col(Schedule.id).in_(ids)))
    return {one.id: one for one in found if one.id is not None}


_MET = (
    select(Acquaintance.recipient_id)
    .where(
        Acquaintance.account_id == Message.account_id,
        Acquaintance.recipient_id == Message.recipient_id,
    )
    .exists()
)
_BESIDE = aliased(Message)
_OF_A_LARGE_SEND = exists(
    select(_BESIDE.id)
    .where(
        _BESIDE.schedule_id == Message.schedule_id,
        _BESIDE.occurrence_at == Message.occurrence_at,
    )
    .correlate(Message)
    .limit(1)
    .offset(LOOKS[0] - 1)
)
_COLUMNS: tuple[Any, ...] = (
    Message.id,
    Message.schedule_id,
    Message.recipient_id,
    Message.occurrence_at,
    Message.attempts,
    Message.due_at,
    Message.try_at,
    Message.late_at,
    Recipient.kind,
    Recipient.name,
    Recipient.phone,
    Recipient.jid,
    Recipient.lid,
    Recipient.fields,
    Recipient.opted_out_at,
    _MET.label("met"),
    is_held().label("is_held"),
    _OF_A_LARGE_SEND.label("is_large_send"),
)
_WAITING = (
    select(*_COLUMNS)
    .join(Recipient, col(Recipient.id) == Message.recipient_id)
    .where(
        Message.account_id == bindparam("account"),
        Message.status == Status.SCHEDULED,
        col(Message.try_at) <= bindparam("soon"),
        col(Message.late_at) >= bindparam("now"),
    )
    .limit(bindparam("most"))
    # Where rows can be locked, two workers never read the same; SQLite locks the whole file.
    .with_for_update(of=Message, skip_locked=True)
)
_DUE = _WAITING.order_by(col(Message.try_at), col(Message.id))
_DUE_BY_WINDOW = _WAITING.order_by(col(Message.late_at), col(Message.try_at), col(Message.id))
