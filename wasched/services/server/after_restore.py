"""A database that comes from a back-up or a copy: nothing old goes out, a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from wasched.domain.message import Status
from wasched.domain.reasons import Code, because
from wasched.models import Account, Heartbeat, Message, User
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery import expiry
from wasched.services.schedules import create
from wasched.services.server_stop import ServerStop, put_server_stop


@dataclass(frozen=True)
class RestoredCounts:
    """An account that a person had stopped in the database that is being replaced."""

    account_id: int
    created_at: datetime
    at: datetime
    by_id: int | None


def keep_stops(session: Session, held: Iterable[RestoredCounts]) -> None:
    """Let what a person had stopped stay stopped, although the back-up is from before."""
    for one in held:
        account = session.get(Account, one.account_id)
        if account is None or account.created_at != one.created_at or account.paused_at:
            continue
        known = one.by_id is not None and session.get(User, one.by_id) is not None
        account.paused_at, account.paused_by_id = one.at, one.by_id if known else None
        session.add(account)


def keep_server_stop(session: Session, stop: ServerStop | None) -> None:
    """The same of the whole server; the back-up may be of one that was stopped or not."""
    if stop is not None:
        put_server_stop(session, stop)


def put_aside(session: Session, made_at: datetime, now: datetime, source: str = "back-up") -> int:
    """Mark as missed what fell due up to now, and as unknown what was on its way; how many.

    It may have gone out after the back-up was made, or not; nothing in here knows. `source` is
    what a person calls that which the database was made from.
    """
    while create.advance_schedules(session, now):
        session.flush()
    missed = session.exec(
        update(Message)
        .where(
            col(Message.status) == Status.SCHEDULED,
            col(Message.due_at) <= now,
            expiry.is_running(),
        )
        .values(
            status=Status.MISSED,
            reason=because(Code.RESTORED, source=source, at=made_at),
            settled_at=now,
        )
    )
    unknown = session.exec(
        update(Message)
        .where(col(Message.status) == Status.SENDING)
        .values(
            status=Status.UNKNOWN,
            reason=because(Code.RESTORED_ON_ITS_WAY, source=source, at=made_at),
            settled_at=now,
        )
    )
    for space_id in session.scalars(select(Account.space_id).distinct()):
        announce(session, space_id, MESSAGES, now)
    return int(missed.rowcount) + int(unknown.rowcount)


def last_beat(session: Session) -> datetime | None:
    """When a worker last wrote into the database, as far as it knows; None if none ever did."""
    return session.scalar(select(func.max(Heartbeat.at)))
