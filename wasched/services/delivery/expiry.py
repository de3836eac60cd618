"""Messages whose late window has passed: a person decides about them."""

from datetime import datetime

from sqlalchemy import case, literal, select, update
from sqlmodel import Session, col

from wasched.domain.link import LinkState
from wasched.domain.message import PUT_AWAY, Status
from wasched.domain.reasons import NO_REASON, Code, Reason, because
from wasched.models import Account, Message
from wasched.models.base import ReasonColumn
from wasched.services.change_notes import MESSAGES, announce


def expire_messages(session: Session, now: datetime) -> int:
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
            reason=case(
                (col(Message.reason) != NO_REASON, Message.reason),
                else_=literal(_why(account, now), ReasonColumn),
            ),
            settled_at=now,
        )
    )
    if done.rowcount:
        announce(session, account.space_id, MESSAGES, now)
    return int(done.rowcount)


def why_stopped(account: Account) -> Reason:
    """Why a message was missed that came due while a person had stopped its account."""
    return because(Code.WAS_STOPPED, account=account.name)


def _why(account: Account, now: datetime) -> Reason:
    if account.paused_at is not None:
        return why_stopped(account)
    if account.held_until is not None and account.held_until > now:
        return account.held_reason or Reason(Code.PAUSE_ASKED)
    if account.state == LinkState.BANNED:
        return Reason(Code.WAS_RESTRICTED)
    if account.state != LinkState.CONNECTED:
        return because(Code.WAS_NOT_LINKED, account=account.name)
    return Reason(Code.NOT_IN_TIME)
