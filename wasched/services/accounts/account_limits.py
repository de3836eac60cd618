"""How many accounts somebody may have, and letting go of one.

Each account may become a process of its own, with a file and some 60 MB of memory.
"""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.message import Status
from wasched.domain.reasons import Code, because
from wasched.models import (
    LIVE_STATUSES,
    Account,
    LinkWish,
    Message,
    Pairing,
    Recipient,
    RecipientKind,
    Schedule,
)
from wasched.services import permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, announce
from wasched.services.permissions import Action

MEMBER_MOST = 10
"""A member's accounts unless ACCOUNTS_MAX says otherwise."""

ADMIN_TIMES = 5
"""Who runs the server may have so many times more."""

_OPEN = (Status.SCHEDULED, Status.SENDING, Status.UNKNOWN, Status.MISSED)


def require_room(session: Session, user: Caller, member_most: int) -> None:
    """InputError if there are as many accounts in the user's space as they may have."""
    runs_server = permissions.may(user, Action.RUN_SERVER)
    most = member_most * ADMIN_TIMES if runs_server else member_most
    count = select(func.count()).where(
        Account.space_id == user.space_id, col(Account.removed_at).is_(None)
    )
    if (session.scalar(count) or 0) >= most:
        more = "set ACCOUNTS_MAX higher" if runs_server else "ask who runs this server"
        having = "1 account" if most == 1 else f"{most} accounts"
        sentence = f"You have {having}, and may not have more. Remove one, or {more}."
        raise InputError("name", sentence)


def fetch_account(session: Session, user: Caller, account_id: int, action: Action) -> Account:
    """An account that is still there; NotFoundError if it is in none of the user's spaces."""
    account = permissions.fetch_own(session, Account, account_id, user, action)
    if account.removed_at is not None:
        raise NotFoundError()
    return account


def remove_account(session: Session, user: Caller, account_id: int, now: datetime) -> None:
    """Let go of an account that is not linked and through which nothing goes any more.

    InputError says what still does. What went out through it stays; the worker ends its process.
    """
    account = fetch_account(session, user, account_id, Action.MANAGE)
    if account.linked_at is not None:
        raise InputError("", f"{account.name} is linked. Unlink it first, then remove it.")
    if _goes_on(session, account_id):
        sentence = "Messages still wait for it, or for your decision. Cancel them or decide first."
        raise InputError("", f"{account.name} cannot be removed. {sentence}")
    account.removed_at = now
    removed = because(Code.REMOVED_ACCOUNT, account_id=account_id, account=account.name)
    record_deed(session, user, removed, now)
    for table in (LinkWish, Pairing):
        session.execute(delete(table).where(col(table.account_id) == account_id))
    _leave_posts(session, account_id, now)
    announce(session, account.space_id, ACCOUNTS, now)


def _leave_posts(session: Session, account_id: int, now: datetime) -> None:
    """Offer its status and its channels no more: nobody else posts to them."""
    posts = (RecipientKind.STATUS, RecipientKind.CHANNEL)
    session.execute(
        update(Recipient)
        .where(col(Recipient.account_id) == account_id, col(Recipient.kind).in_(posts))
        .values(left_at=now)
    )


def _goes_on(session: Session, account_id: int) -> bool:
    messages = select(Message.id).where(
        Message.account_id == account_id, col(Message.status).in_(_OPEN)
    )
    schedules = select(Schedule.id).where(
        Schedule.account_id == account_id, col(Schedule.status).in_(LIVE_STATUSES)
    )
    return any(session.scalar(one.limit(1)) is not None for one in (messages, schedules))
