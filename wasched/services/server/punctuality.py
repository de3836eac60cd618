"""How punctual sending was, and what waits: the figures that Health shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain.message import Status
from wasched.models import Message
from wasched.services import permissions
from wasched.services.caller import Caller

_LOOKED_AT = 2_000
"""How many messages of the past tell how punctual sending was: the newest."""


@dataclass(frozen=True)
class Lateness:
    """How late the sends of seven days began, in seconds, by the first message of each."""

    sends: int
    usual_s: float
    worst_s: float


@dataclass(frozen=True)
class WaitingCounts:
    """How many messages wait, and how many of them are past their time."""

    messages: int
    overdue: int


def lateness(session: Session, user: Caller, now: datetime) -> Lateness:
    """How punctual sending was, of what the user may see."""
    late = _lateness_of(_sent_rows(session, user, now))
    return Lateness(len(late), median(late) if late else 0, max(late, default=0))


def waiting_counts(session: Session, user: Caller, now: datetime) -> WaitingCounts:
    """What waits, of what the user may see."""
    found = session.execute(
        select(func.count(), func.count().filter(col(Message.due_at) < now)).where(
            permissions.visible_among(Message.space_id, user), Message.status == Status.SCHEDULED
        )
    ).one()
    return WaitingCounts(*found)


def _sent_rows(
    session: Session, user: Caller, now: datetime
) -> Iterable[tuple[int, datetime, datetime]]:
    found = session.execute(
        select(col(Message.schedule_id), col(Message.due_at), col(Message.sent_at))
        .where(
            permissions.visible_to(Message.space_id, user),
            col(Message.due_at).between(now - timedelta(days=7), now),
            col(Message.sent_at).is_not(None),
            col(Message.attempts) > 0,  # what another program sent is none of this server's
        )
        .order_by(col(Message.due_at).desc())
        .limit(_LOOKED_AT)
    )
    return [(schedule, due, sent) for schedule, due, sent in found if sent is not None]


def _lateness_of(sent: Iterable[tuple[int, datetime, datetime]]) -> list[float]:
    """How late each send began, in seconds."""
    first: dict[tuple[int, datetime], datetime] = {}
    for schedule, due, at in sent:
        first[schedule, due] = min(at, first.get((schedule, due), at))
    return [max(0.0, (at - due).total_seconds()) for (_, due), at in first.items()]
