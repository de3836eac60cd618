"""Which worker holds which account: one at a time, by a lease that is renewed."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.models import Account, Lease

LASTS = timedelta(seconds=30)


def hold_lease(session: Session, holder: str, now: datetime) -> set[int]:
    """Renew this worker's leases and take the free ones; returns the accounts it holds."""
    accounts = session.scalars(select(Account.id).where(col(Account.removed_at).is_(None))).all()
    foreign = set(
        session.scalars(
            select(Lease.account_id).where(Lease.holder != holder, col(Lease.until) > now)
        )
    )
    held = {one for one in accounts if one is not None and one not in foreign}
    for account_id in held:
        session.merge(Lease(account_id=account_id, holder=holder, until=now + LASTS))
    return held


def release_lease(session: Session, holder: str) -> None:
    """Give all accounts up, so that another worker can take them at once."""
    session.execute(delete(Lease).where(col(Lease.holder) == holder))
