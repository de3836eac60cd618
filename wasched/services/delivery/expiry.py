"""Messages whose late window has passed: a person decides about them."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, literal, or_, select, update
from sqlmodel import Session, col

from wasched.db.hints import written_empty_text
from wasched.domain.link import LinkState
from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import NO_REASON, Code, Reason, because
from wasched.models import Account, Approval, Message, Schedule, ScheduleStatus
from wasched.models.base import ReasonColumn, UtcDateTime
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery import nudges, send_holds
from wasched.services.server_stop import is_server_stopped

_NOT_APPROVED, _REFUSED = Reason(Code.NOT_APPROVED), Reason(Code.APPROVAL_REFUSED)
_STOPPED_ITSELF = Reason(Code.STOPPED_ITSELF)


def expire_messages(session: Session, now: datetime) -> int:
    """Mark as missed what may not go any more; returns how many."""
    accounts = session.scalars(
        select(Account)
        .join(Message, col(Message.account_id) == Account.id)
        .where(Message.status == Status.SCHEDULED, col(Message.late_at) < now, is_running())
        .distinct()
    ).all()
    return sum(expire_of(session, account, now) for account in accounts)


def expire_of(session: Session, account: Account, now: datetime) -> int:
    """Mark as missed what one account may not send any more; returns how many."""
    nudges.skip_late(session, account, now)
    done = session.exec(
        update(Message)
        .where(
            Message.account_id == account.id,
            Message.status == Status.SCHEDULED,
            col(Message.late_at) < now,
            is_running(),
        )
        .values(
            status=Status.MISSED,
            reason=case(
                (_stands(Approval.WAITING), literal(_NOT_APPROVED, ReasonColumn)),
                (_stands(Approval.REFUSED), literal(_REFUSED, ReasonColumn)),
                (send_holds.is_held(), literal(_STOPPED_ITSELF, ReasonColumn)),
                (col(Message.reason) != NO_REASON, Message.reason),
                else_=literal(_why(session, account, now), ReasonColumn),
            ),
            settled_at=now,
            # Somebody has decided already about what was refused.
            dismissed_at=case(
                (_stands(Approval.REFUSED), literal(now, UtcDateTime)), else_=Message.dismissed_at
            ),
        )
    )
    if done.rowcount:
        send_holds.close_spent(session, now)
        announce(session, account.space_id, MESSAGES, now)
    return int(done.rowcount)


def is_running() -> ColumnElement[bool]:
    """Messages whose time counts: a pause holds them back from being missed, nothing else does."""
    paused = select(col(Schedule.id)).where(
        col(Schedule.id) == Message.schedule_id, col(Schedule.status) == ScheduleStatus.PAUSED
    )
    return or_(
        col(Message.try_at) < NO_TRY,
        _stands(Approval.WAITING, Approval.REFUSED),
        and_(send_holds.is_held(), ~paused.exists()),
    )


def why_stopped(account: Account) -> Reason:
    """Why a message was missed that came due while its account, or the server, was stopped."""
    return because(Code.WAS_STOPPED, account=account.name)


def _stands(*approvals: Approval) -> ColumnElement[bool]:
    """Messages of the few schedules whose approval stands so, and that are not paused."""
    unapproved = select(col(Schedule.id)).where(
        col(Schedule.approval) != written_empty_text(),
        col(Schedule.approval).in_(approvals),
        col(Schedule.status) != ScheduleStatus.PAUSED,
    )
    return col(Message.schedule_id).in_(unapproved)


def _why(session: Session, account: Account, now: datetime) -> Reason:
    if account.paused_at is not None or is_server_stopped(session):
        return why_stopped(account)
    if account.held_until is not None and account.held_until > now:
        return account.held_reason or Reason(Code.PAUSE_ASKED)
    if account.state == LinkState.BANNED:
        return Reason(Code.WAS_RESTRICTED)
    if account.state != LinkState.CONNECTED:
        return because(Code.WAS_NOT_LINKED, account=account.name)
    return Reason(Code.NOT_IN_TIME)
