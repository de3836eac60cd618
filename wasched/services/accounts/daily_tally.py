"""How the days of accounts went, counted by the worker: a page reads a row for each day.

A day is counted again while something may still come of it: today's every ten minutes, one of the
last week ever more seldom. So however much an account has sent, nobody who asks pays for it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, exists, select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain import wall_clock
from wasched.domain.message import Status
from wasched.domain.reasons import Code
from wasched.models import Account, AccountDay, Message, Recipient, Reply
from wasched.models.base import UtcDateTime

DAYS = 35
"""A week, and the four before it."""

SOON, IN_TIME, ARRIVED = timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1)
"""What is on a phone within so long counts as soon, in time, arrived."""

_KEPT = timedelta(days=90)
_AT_ONCE = 10
_DAY = timedelta(days=1)
_AGAIN = (
    (timedelta(0), timedelta(minutes=10)),
    (_DAY, timedelta(hours=1)),
    (timedelta(days=7), timedelta(hours=12)),
)
"""While a day ended no longer ago than the first, it is counted as often as the second says."""


def count_days(session: Session, now: datetime, most: int = _AT_ONCE) -> bool:
    """Count some of the days that are not counted, or not lately; True if others are left."""
    for counted, (account, day) in enumerate(_due(session, now)):
        if counted == most:
            return True
        session.merge(_counted(session, account, day, now))
    return False


def prune_days(session: Session, now: datetime) -> None:
    """Forget days that nobody asks for any more."""
    session.execute(delete(AccountDay).where(col(AccountDay.day) < (now - _KEPT).date()))


def days_of(session: Session, account: Account, first: date, last: date) -> Sequence[AccountDay]:
    """What is counted of an account's days from the first to the last, in their order."""
    return session.scalars(
        select(AccountDay)
        .where(
            col(AccountDay.account_id) == account.id,
            col(AccountDay.day) >= first,
            col(AccountDay.day) <= last,
        )
        .order_by(col(AccountDay.day))
    ).all()


def _due(session: Session, now: datetime) -> Iterator[tuple[Account, date]]:
    accounts = session.scalars(
        select(Account).where(col(Account.removed_at).is_(None)).order_by(col(Account.id))
    ).all()
    known: dict[tuple[int, date], datetime] = {
        (account_id, day): at
        for account_id, day, at in session.execute(
            select(AccountDay.account_id, AccountDay.day, AccountDay.counted_at).where(
                col(AccountDay.day) >= (now - (DAYS + 2) * _DAY).date()
            )
        )
    }
    for account in accounts:
        today = wall_clock.local(now, wall_clock.zone(account.zone)).date()
        for day in (today - back * _DAY for back in range(DAYS)):
            ends = _bounds(account, day)[1]
            if _is_due(ends, known.get((account.id or 0, day)), now):
                yield account, day


def _is_due(ends: datetime, counted_at: datetime | None, now: datetime) -> bool:
    if counted_at is None:
        return True
    for age, again in _AGAIN:
        if now - ends <= age:
            return now - counted_at >= again
    return counted_at < ends + _AGAIN[-1][0]


def _bounds(account: Account, day: date) -> tuple[datetime, datetime]:
    where = wall_clock.zone(account.zone)
    return wall_clock.start_of(day, where), wall_clock.start_of(day + _DAY, where)


def _counted(session: Session, account: Account, day: date, now: datetime) -> AccountDay:
    begins, ends = _bounds(account, day)
    counts = AccountDay(account_id=account.id or 0, day=day, counted_at=now)
    for row in session.execute(_SENT, _asked(account, begins, min(ends, now - ARRIVED))):
        _count_sent(counts, row)
    for code in session.execute(_REFUSED, _asked(account, begins, ends)).scalars():
        counts.refused += 1
        counts.strangers_refused += code.code == Code.STRANGERS_REFUSED
        counts.absent += code.code in _ABSENT
    return counts


def _asked(account: Account, begins: datetime, ends: datetime) -> dict[str, Any]:
    return {"account": account.id, "begins": begins, "ends": ends}


def _count_sent(counts: AccountDay, row: Any) -> None:
    took = row.delivered_at - row.sent_at if row.delivered_at else None
    asked = row.opted_out_at - row.sent_at if row.opted_out_at else None
    counts.sent += 1
    counts.soon += took is not None and took <= SOON
    counts.in_time += took is not None and took <= IN_TIME
    counts.arrived += took is not None and took <= ARRIVED
    counts.read += row.read_at is not None
    counts.answered += row.is_answered
    counts.opted_out += asked is not None and timedelta(0) <= asked <= _DAY


_ABSENT = (Code.NOT_ON_WHATSAPP, Code.UNKNOWN_RECIPIENT)


_ACCOUNT: BindParameter[int] = bindparam("account")
_BEGINS: BindParameter[datetime] = bindparam("begins", type_=UtcDateTime)
_ENDS: BindParameter[datetime] = bindparam("ends", type_=UtcDateTime)
_SENT = (
    select(
        Message.sent_at,
        Message.delivered_at,
        Message.read_at,
        Recipient.opted_out_at,
        exists().where(col(Reply.message_id) == Message.id).label("is_answered"),
    )
    .join(Recipient, col(Recipient.id) == Message.recipient_id)
    .where(
        col(Message.account_id) == _ACCOUNT,
        col(Message.sent_at) >= _BEGINS,
        col(Message.sent_at) < _ENDS,
    )
)
_REFUSED = select(Message.reason).where(
    hints.off_index(Message.account_id, 0) == _ACCOUNT,
    col(Message.status) == Status.FAILED,
    col(Message.due_at) >= _BEGINS,
    col(Message.due_at) < _ENDS,
)
