"""How late sends began, counted for a monitor from one look to the next.

A look reads what was sent since the one before, along the index of what each account sent. Of each
send its first message counts: the others wait for the pace that was chosen.
"""

import threading
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.domain.figures import Histogram, SecondsTally, Spread
from wasched.models import Account, Message
from wasched.models.base import UtcDateTime

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)

_WRITTEN_AFTER = timedelta(seconds=15)
"""What was sent later than that may not be written down yet: the next look has it."""

_LOOKED_AT_MOST = timedelta(hours=1)
_READ_MAX = 20_000  # messages of one account in one look


class LatenessTally:
    """Grows from when this process started; a monitor knows counters that begin anew."""

    def __init__(self, started_at: datetime) -> None:
        self._tally = SecondsTally(BOUNDS)
        self._lock = threading.Lock()
        self._until = started_at

    def look(self, session: Session, now: datetime) -> Histogram:
        """Count what was sent since the last look, and within the last hour."""
        with self._lock:
            until = now - _WRITTEN_AFTER
            since = max(self._until, until - _LOOKED_AT_MOST)
            if since < until:
                for seconds in _began_late(session, since, until):
                    self._tally.note(seconds)
                self._until = until
        return Histogram(
            "wasched_lateness_seconds",
            "How late sends began: their first message, from when it was due to when it was sent.",
            BOUNDS,
            self._tally.values() or {(): Spread([0] * (len(BOUNDS) + 1))},
        )


def _began_late(session: Session, since: datetime, until: datetime) -> list[float]:
    """How late each send began whose first message was sent after the one instant, in seconds."""
    return [
        max(0.0, (sent_at - due_at).total_seconds())
        for account_id in session.scalars(select(Account.id)).all()
        for due_at, sent_at in session.connection().execute(
            _BEGUN, {"account_id": account_id, "since": since, "until": until}
        )
    ]


def _begun() -> Select[Any]:
    """The sends of an account that began between two instants: due, and sent, at which instant."""
    before = aliased(Message)
    since, until = (bindparam(name, type_=UtcDateTime) for name in ("since", "until"))
    account_id = bindparam("account_id", type_=Integer)
    sent = (
        select(Message.due_at, Message.schedule_id, Message.sent_at)
        .where(
            Message.account_id == account_id,
            col(Message.sent_at) > since,
            col(Message.sent_at) <= until,
        )
        .limit(_READ_MAX)
        .subquery()
    )
    begun_before = (
        select(before.id)
        .where(
            before.account_id == account_id,
            before.due_at == sent.c.due_at,
            before.schedule_id == sent.c.schedule_id,
            col(before.sent_at) <= since,
        )
        .exists()
    )
    first = select(sent.c.due_at, func.min(sent.c.sent_at, type_=UtcDateTime))
    return first.group_by(sent.c.due_at, sent.c.schedule_id).where(~begun_before)


_BEGUN = _begun()
