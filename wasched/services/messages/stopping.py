"""Stop and go on: nothing goes out through an account until a person says so, and how.

What was claimed and not handed over is held as well (`delivery/sender.py`).
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.errors import InputError
from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import Code, because
from wasched.models import Account, Message, Schedule, User
from wasched.services import effects, permissions
from wasched.services.accounts import account_limits
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES, announce
from wasched.services.delivery import expiry
from wasched.services.messages import due_today, message_rows
from wasched.services.permissions import Action
from wasched.services.schedules import catch_up
from wasched.services.views import AccountStop, FellDue, MessageRow

NAMED = 3
"""How many of the sends that fell due are named."""

_BEHIND_MOST = 50
_STILL_LISTING = "What fell due meanwhile is still being listed. Try again in a minute."


class Meanwhile(StrEnum):
    """What becomes of what fell due while it was stopped and may still go out."""

    SEND = "send"  # it goes now, one after another with the usual gaps
    ASK = "ask"  # it counts as missed, so a person decides about each
    LEAVE_OUT = "leave_out"  # it is cancelled


def stop_sending(
    session: Session, user: Caller, account_ids: Sequence[int] | None, now: datetime
) -> int:
    """Let nothing more go out through these accounts, None for all; returns how many are new.

    Those that are stopped already stay as they were. NotFoundError if the user may not see it.
    """
    going = [one for one in _accounts(session, user, account_ids) if one.paused_at is None]
    for account in going:
        account.paused_at, account.paused_by_id = now, user.id
        _note(session, user, account, Code.STOPPED_ACCOUNT, now)
    return len(going)


def go_on(
    session: Session,
    user: Caller,
    account_ids: Sequence[int] | None,
    meanwhile: Meanwhile,
    asked_at: datetime,
    now: datetime,
) -> int:
    """Let messages go out again through those of these accounts that are stopped, None for all.

    The choice is about what had fallen due by `asked_at`, when the person was told of it; returns
    about how many messages it was.
    """
    stopped = _stopped(session, user, account_ids)
    bring_up(session, stopped, now)
    count = sum(settle(session, user, one, meanwhile, asked_at, now) for one in stopped)
    for account in stopped:
        account.paused_at = account.paused_by_id = None
        _note(session, user, account, Code.RESUMED_ACCOUNT, now)
        effects.wake(session, account.id or 0, now)
    return count


def fell_due(
    session: Session, user: Caller, account_ids: Sequence[int] | None, now: datetime
) -> FellDue:
    """What fell due while these accounts were stopped, None for all; to be asked about first.

    It marks as missed what is too late by now. InputError while it is not known yet, as after a
    downtime.
    """
    stopped = _stopped(session, user, account_ids)
    bring_up(session, stopped, now)
    ids = [one.id or 0 for one in stopped]
    count, oldest = session.execute(
        select(func.count(), func.min(Message.due_at)).where(*due_of(ids, now))
    ).one()
    return FellDue(
        accounts=tuple(one.name for one in stopped),
        count=count,
        oldest_at=oldest,
        named=_named(session, ids, now),
        missed=sum(_count_missed(session, one) for one in stopped),
    )


def list_stops(session: Session, user: Caller, now: datetime) -> list[AccountStop]:
    """What is stopped of what the user may see, the first stop first."""
    rows = session.execute(
        select(Account, User.name)
        .outerjoin(User, col(User.id) == Account.paused_by_id)
        .where(*_seen(user), col(Account.paused_at).is_not(None))
        .order_by(col(Account.paused_at), col(Account.id))
    ).all()
    return [
        AccountStop(
            account_id=account.id,
            account=account.name,
            at=account.paused_at,
            by=name or "",
            is_by_me=account.paused_by_id == user.id,
            due_today=due_today.count_of(session, account.id, user.zone, now),
        )
        for account, name in rows
    ]


def _accounts(
    session: Session, user: Caller, account_ids: Sequence[int] | None
) -> Sequence[Account]:
    permissions.require(user, Action.STOP)
    if account_ids is not None:
        return [
            account_limits.fetch_account(session, user, one, Action.STOP) for one in account_ids
        ]
    return session.scalars(select(Account).where(*_seen(user)).order_by(col(Account.id))).all()


def _stopped(session: Session, user: Caller, account_ids: Sequence[int] | None) -> list[Account]:
    return [one for one in _accounts(session, user, account_ids) if one.paused_at is not None]


def _seen(user: Caller) -> list[ColumnElement[bool]]:
    return [permissions.visible_to(Account.space_id, user), col(Account.removed_at).is_(None)]


def _note(session: Session, user: Caller, account: Account, did: Code, now: datetime) -> None:
    session.add(account)
    what = because(did, account_id=account.id or 0, account=account.name)
    record_deed(session, user, what, now)
    announce(session, account.space_id, ACCOUNTS, now)
    announce(session, account.space_id, MESSAGES, now)


def bring_up(session: Session, stopped: Sequence[Account], now: datetime) -> None:
    """List all that came due, and mark what is too late, so that a choice is about all of it."""
    ids = [one.id for one in stopped]
    behind = catch_up.schedules_behind(now).where(col(Schedule.account_id).in_(ids))
    found = session.scalars(behind.limit(_BEHIND_MOST + 1)).all()
    is_up = len(found) <= _BEHIND_MOST
    if not is_up or not all(catch_up.catch_up(session, one, now) for one in found):
        raise InputError("", _STILL_LISTING)
    for account in stopped:
        expiry.expire_of(session, account, now)


def due_of(account_ids: Sequence[int], until: datetime) -> list[ColumnElement[bool]]:
    """What has come due and waits, as the index by status and instant finds it."""
    return [
        col(Message.status) == Status.SCHEDULED,
        col(Message.due_at) <= until,
        col(Message.try_at) < NO_TRY,
        hints.off_index(Message.account_id, 0).in_(account_ids),
    ]


def _named(
    session: Session, account_ids: list[int], now: datetime
) -> tuple[tuple[MessageRow, int], ...]:
    """A message of each of the first sends that fell due, and how many they are."""
    first = (
        select(func.min(Message.id), func.count())
        .where(*due_of(account_ids, now))
        .group_by(col(Message.due_at), col(Message.schedule_id))
        .order_by(col(Message.due_at), col(Message.schedule_id))
    )
    found = session.execute(first.limit(NAMED)).all()
    alone = {message_id: count == 1 for message_id, count in found}
    rows = message_rows.named_messages(session, alone, now)
    return tuple((rows[message_id], count) for message_id, count in found)


def _count_missed(session: Session, account: Account) -> int:
    """How many were too late while it was stopped, and wait for a decision."""
    count = select(func.count()).where(
        message_rows.needs_a_person(),
        col(Message.status) == Status.MISSED,
        hints.off_index(Message.account_id, 0) == account.id,
        col(Message.settled_at) >= account.paused_at,
    )
    return session.scalar(count) or 0


def settle(
    session: Session,
    user: Caller,
    account: Account,
    meanwhile: Meanwhile,
    asked_at: datetime,
    now: datetime,
) -> int:
    """Let the choice happen to what had fallen due at an account; returns to how many messages."""
    due = due_of([account.id or 0], asked_at)
    if meanwhile is Meanwhile.SEND:
        return session.scalar(select(func.count()).where(*due)) or 0
    became: dict[str, Any] = {"status": Status.MISSED, "reason": expiry.why_stopped(account)}
    if meanwhile is Meanwhile.LEAVE_OUT:
        became = {"status": Status.CANCELLED, "reason": because(Code.LEFT_OUT_BY, user=user.name)}
    done = session.execute(
        update(Message)
        .where(*due)
        .values(**became, settled_at=now)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
