"""Which workers share the accounts, in plain sentences."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.wording import join_words
from wasched.models import Account, Heartbeat, Lease

_NAMED_MAX = 12
"""So many accounts are named by their numbers; more are counted."""

_NEWS = timedelta(days=1)
_ALONE = "The sending part of the server is at work."


def workers_sentence(session: Session, now: datetime, silent: timedelta) -> str:
    """That somebody is at work, of several workers who holds what, and what was taken over lately.

    A worker counts that has reported within `silent`. Accounts are named by their numbers.
    """
    living = session.scalars(
        select(Heartbeat).where(col(Heartbeat.at) > now - silent).order_by(col(Heartbeat.number))
    ).all()
    leases = session.scalars(
        select(Lease)
        .join(Account, col(Account.id) == Lease.account_id)
        .where(col(Account.removed_at).is_(None))
        .order_by(col(Lease.account_id))
    ).all()
    told = _shares(living, leases) if len(living) > 1 else _ALONE
    return f"{told} {_taken_over(living, leases, now)}".rstrip()


def _shares(living: Sequence[Heartbeat], leases: Sequence[Lease]) -> str:
    shares = [
        f"{_title(one)} holds {_accounts([row for row in leases if row.holder == one.worker])}"
        for one in living
    ]
    return f"{len(living)} workers are at work: {'; '.join(shares)}."


def _taken_over(living: Sequence[Heartbeat], leases: Sequence[Lease], now: datetime) -> str:
    titles = {one.worker: _title(one) for one in living}
    news = [
        one for one in leases if one.lost_by and one.holder in titles and one.since > now - _NEWS
    ]
    told = []
    for lost_by, holder in sorted({(one.lost_by, one.holder) for one in news}):
        rows = [one for one in news if (one.lost_by, one.holder) == (lost_by, holder)]
        at = max(one.since for one in rows)
        told.append(
            f"{titles[holder]} took {_accounts(rows)} over from {lost_by}, which was not heard of, "
            f"at {at:%H:%M} UTC."
        )
    return " ".join(told)


def _title(one: Heartbeat) -> str:
    return one.title or one.worker


def _accounts(rows: Sequence[Lease]) -> str:
    if not rows:
        return "no account"
    if len(rows) > _NAMED_MAX:
        return f"{len(rows)} accounts"
    numbers = join_words([str(one.account_id) for one in rows])
    return f"account {numbers}" if len(rows) == 1 else f"accounts {numbers}"
