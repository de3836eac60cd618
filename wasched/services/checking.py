"""Asking WhatsApp about numbers: in small batches, a while apart, for whoever looks first."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import LinkState
from wasched.models import Account, NumberCheck
from wasched.services import checks, phones
from wasched.services.ports import Clock, Line, Scope

log = logging.getLogger(__name__)

BATCH = 50
"""How many numbers one question has at most, both forms of a number counted."""

GAP, GAP_UNWATCHED = timedelta(seconds=4), timedelta(seconds=30)
"""Between two questions of an account; the longer one while nobody waits for the answer."""

A_DAY = 2_000
"""How many numbers an owner's accounts ask about in a day without anybody waiting for it."""

_LATER = timedelta(hours=1)


def ask_next(scope: Scope, clock: Clock, account_id: int, line: Line) -> datetime | None:
    """Ask about the next few numbers; returns when to come again, None if nobody waits.

    Also None without a connection: whoever calls comes again by and by.
    """
    with scope(write=False) as session:
        if not _next(session, account_id):
            return None
    with scope() as session:
        taken = _take(session, account_id, clock.now())
    if not isinstance(taken, list):
        return taken
    forms = [form for phone in taken for form in phones.variants(phone)]
    try:
        found = line.check(forms)
    except NotNow:
        return None
    except SendError as fault:
        log.warning("Account %s: numbers could not be checked: %s", account_id, fault)
        return clock.now() + GAP_UNWATCHED
    with scope() as session:
        owner_id = session.get_one(Account, account_id).owner_id
        checks.learn(session, owner_id, taken, found, clock.now())
    return clock.now() + GAP


def _take(session: Session, account_id: int, now: datetime) -> list[str] | datetime | None:
    """The next numbers to ask about, or when they may be asked about."""
    account = session.get(Account, account_id, with_for_update=True)
    rows = _next(session, account_id)
    if account is None or not rows or account.paused_at or account.state != LinkState.CONNECTED:
        return None
    watched = rows[0].is_urgent
    opens = (account.last_check_at or now - GAP_UNWATCHED) + (GAP if watched else GAP_UNWATCHED)
    if opens > now:
        return opens
    if not watched and _asked_today(session, account.owner_id, now) >= A_DAY:
        return now + _LATER
    account.last_check_at = now
    session.add(account)
    return [row.phone for row in rows]


def _next(session: Session, account_id: int) -> list[NumberCheck]:
    mine = select(Account.owner_id).where(Account.id == account_id).scalar_subquery()
    wished = (
        select(NumberCheck)
        .where(col(NumberCheck.owner_id) == mine, col(NumberCheck.asked_at).is_not(None))
        .order_by(col(NumberCheck.is_urgent).desc(), col(NumberCheck.asked_at))
        .limit(BATCH // 2)
    )
    return list(session.scalars(wished))


def _asked_today(session: Session, owner_id: int, now: datetime) -> int:
    count = select(func.count()).where(
        col(NumberCheck.owner_id) == owner_id,
        col(NumberCheck.checked_at) > now - timedelta(days=1),
    )
    return session.scalar(count) or 0
