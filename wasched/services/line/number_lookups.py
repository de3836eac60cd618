"""Asking WhatsApp about numbers: in small batches, a while apart, for whoever looks first."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.models import Account, Message, NumberCheck, Recipient
from wasched.services.phone_numbers import phones
from wasched.services.ports import Clock, Database, Line
from wasched.services.recipients import number_checks
from wasched.services.server_stop import is_server_stopped

log = logging.getLogger(__name__)

BATCH = 50
"""How many numbers one question has at most, both forms of a number counted."""

GAP, GAP_UNWATCHED = timedelta(seconds=4), timedelta(seconds=30)
"""Between two questions of an account; the longer one while nobody waits for the answer."""

A_DAY = 2_000
"""How many numbers a space's accounts ask about in a day without anybody waiting for it."""

_LATER = timedelta(hours=1)
_STILL_GOES = timedelta(days=1)  # what is later than that hardly goes out any more


def ask_next(database: Database, clock: Clock, account_id: int, line: Line) -> datetime | None:
    """Ask about the next few numbers; returns when to come again, None if nobody waits.

    Also None without a connection: whoever calls comes again by and by.
    """
    wished = database.answer(lambda session: _wish(session, account_id, clock.now()))
    if not isinstance(wished, list):
        return wished
    taken = database.transaction(lambda session: _take(session, account_id, wished, clock.now()))
    if not isinstance(taken, list):
        return taken
    forms = [form for phone in taken for form in phones.number_variants(phone)]
    try:
        found = line.check(forms)
    except NotNow:
        return None
    except SendError as fault:
        log.warning("Account %s: numbers could not be checked: %s", account_id, fault)
        return clock.now() + GAP_UNWATCHED

    def learn(session: Session) -> None:
        space_id = session.get_one(Account, account_id).space_id
        number_checks.learn_checks(session, space_id, taken, found, clock.now())

    database.transaction(learn)
    return clock.now() + GAP


def _wish(session: Session, account_id: int, now: datetime) -> list[str] | datetime | None:
    """What to ask about next, or when to come again; None if there is nothing to ask."""
    opens = _opens_at(session, session.get(Account, account_id), now)
    return opens if opens is None or opens > now else _next(session, account_id, now)


def _take(
    session: Session, account_id: int, wished: Sequence[str], now: datetime
) -> list[str] | datetime | None:
    """The numbers to ask about, of those that somebody wished to know; or when to come again."""
    account = session.get(Account, account_id, with_for_update=True)
    opens = _opens_at(session, account, now)
    if account is None or opens is None or opens > now:
        return opens
    still = select(col(NumberCheck.phone)).where(
        col(NumberCheck.space_id) == account.space_id,
        col(NumberCheck.phone).in_(wished),
        col(NumberCheck.asked_at).is_not(None),
    )
    there = set(session.scalars(still))
    if not there:
        return now
    account.last_check_at = now
    session.add(account)
    return [one for one in wished if one in there]


def _opens_at(session: Session, account: Account | None, now: datetime) -> datetime | None:
    """When the account may ask next, `now` at the earliest; None while there is nothing to ask."""
    if account is None or account.paused_at or account.state != LinkState.CONNECTED:
        return None
    if is_server_stopped(session):
        return None
    watched = session.scalar(_wished(account.space_id, NumberCheck.is_urgent).limit(1))
    if watched is None:
        return None
    opens = (account.last_check_at or now - GAP_UNWATCHED) + (GAP if watched else GAP_UNWATCHED)
    if opens <= now and not watched and _asked_today(session, account.space_id, now) >= A_DAY:
        return now + _LATER
    return max(opens, now)


def _next(session: Session, account_id: int, now: datetime) -> list[str]:
    """What to ask about next: what somebody looks at, then what the soonest messages go to."""
    space_id = session.get_one(Account, account_id).space_id
    soonest = (
        select(Message.due_at)
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .where(
            col(Recipient.space_id) == NumberCheck.space_id,
            col(Recipient.phone) == NumberCheck.phone,
            col(Message.due_at) > now - _STILL_GOES,
            Message.status == Status.SCHEDULED,
        )
        .order_by(col(Message.due_at))
        .limit(1)
        .correlate(NumberCheck)
        .scalar_subquery()
    )
    wished = _wished(space_id, NumberCheck.phone).order_by(None)
    urgent_first = col(NumberCheck.is_urgent).desc()
    in_order = (urgent_first, soonest.is_(None), soonest, col(NumberCheck.asked_at))
    return list(session.scalars(wished.order_by(*in_order).limit(BATCH // 2)))


def _wished(space_id: int, column: Any) -> Select[Any]:
    """What somebody waits to know of the space's numbers, what is looked at just now first."""
    return (
        select(column)
        .where(col(NumberCheck.space_id) == space_id, col(NumberCheck.asked_at).is_not(None))
        .order_by(col(NumberCheck.is_urgent).desc())
    )


def _asked_today(session: Session, space_id: int, now: datetime) -> int:
    count = select(func.count()).where(
        col(NumberCheck.space_id) == space_id,
        col(NumberCheck.checked_at) > now - timedelta(days=1),
    )
    return session.scalar(count) or 0
