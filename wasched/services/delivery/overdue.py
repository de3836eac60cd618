"""What the database itself says is to be done at accounts, whoever should have woken them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.models import Account, Message
from wasched.services.delivery.amendments import overdue_accounts
from wasched.services.delivery.claim import opens_at
from wasched.services.server_stop import is_server_stopped

OVERDUE = timedelta(seconds=1)
"""What has been due for so long although nothing forbids it is drained without being asked to."""


@dataclass(frozen=True)
class AccountsLook:
    """One look: the state written of each account, which are overdue or stopped by a person, and
    what is `sending`."""

    states: dict[int, str]
    overdue: set[int]
    stopped: set[int]
    sending: list[tuple[int, int]]  # account and message


def look_at_accounts(session: Session, now: datetime) -> AccountsLook:
    """Look at all accounts in a few statements, however many messages there are."""
    found = [(account, next_try) for account, next_try in session.execute(_ACCOUNTS)]
    is_stopped = is_server_stopped(session)
    behind = {
        stopped: overdue_accounts(session, now - OVERDUE, is_stopped=stopped)
        for stopped in (False, True)
    }
    return AccountsLook(
        states={account.id: account.state for account, _ in found},
        overdue={
            account.id
            for account, next_try in found
            if (not is_stopped and _is_overdue(account, next_try, now))
            or _is_behind(account, behind[is_stopped or account.paused_at is not None], now)
        },
        stopped={account.id for account, _ in found if is_stopped or account.paused_at is not None},
        sending=[(account_id, message_id) for account_id, message_id in session.execute(_SENDING)],
    )


def _is_overdue(account: Account, next_try: datetime | None, now: datetime) -> bool:
    may_send = account.state == LinkState.CONNECTED and account.paused_at is None
    if not may_send or next_try is None or opens_at(account, now) > now:
        return False
    return next_try <= now - OVERDUE


def _is_behind(account: Account, behind: set[int], now: datetime) -> bool:
    """True if something could have been deleted or corrected through it."""
    is_ready = account.state == LinkState.CONNECTED and opens_at(account, now) <= now
    return account.id in behind and is_ready


_NEXT_TRY = (
    select(Message.try_at)
    .where(Message.account_id == Account.id, Message.status == Status.SCHEDULED)
    .order_by(col(Message.try_at))
    .limit(1)
    .scalar_subquery()
)
_ACCOUNTS = select(Account, _NEXT_TRY).where(col(Account.removed_at).is_(None))
_SENDING = select(Message.account_id, Message.id).where(Message.status == Status.SENDING)
