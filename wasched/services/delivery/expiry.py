"""Messages whose late window has passed: a person decides about them."""

from datetime import datetime

from sqlalchemy import case, select, update
from sqlmodel import Session, col

from wasched.domain.link import LinkState
from wasched.domain.message import PUT_AWAY, Status
from wasched.models import Account, Message
from wasched.services.change_notes import MESSAGES, announce


def expire(session: Session, now: datetime) -> int:
    """Mark as missed what may not go any more; returns how many."""
    accounts = session.scalars(
        select(Account)
        .join(Message, col(Message.account_id) == Account.id)
        .where(
            Message.status == Status.SCHEDULED,
            col(Message.late_at) < now,
            col(Message.try_at) < PUT_AWAY,
        )
        .distinct()
    ).all()
    return sum(expire_of(session, account, now) for account in accounts)


def expire_of(session: Session, account: Account, now: datetime) -> int:
    """Mark as missed what one account may not send any more; returns how many."""
    done = session.exec(
        update(Message)
        .where(
            Message.account_id == account.id,
            Message.status == Status.SCHEDULED,
            col(Message.late_at) < now,
            col(Message.try_at) < PUT_AWAY,
        )
        .values(
            status=Status.MISSED,
            reason=case((Message.reason != "", Message.reason), else_=_why(account, now)),
            settled_at=now,
        )
    )
    if done.rowcount:
        announce(session, account.owner_id, MESSAGES, now)
    return int(done.rowcount)


def why_stopped(account: Account) -> str:
    """Why a message was missed that came due while a person had stopped its account."""
    return f"{account.name} was stopped."


def _why(account: Account, now: datetime) -> str:
    if account.paused_at is not None:
        return why_stopped(account)
    if account.held_until is not None and account.held_until > now:
        return account.held_reason or "WhatsApp asked for a pause."
    if account.state == LinkState.BANNED:
        return "WhatsApp had restricted this number."
    if account.state != LinkState.CONNECTED:
        return f"{account.name} was not linked."
    return "It could not go out in time."
