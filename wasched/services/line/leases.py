"""Which worker holds which account: shared out evenly, and moved as workers come and go.

Every change of hands counts the account's fence on. All of this is decided in transactions, of
which one writes at a time; what was read in one is true until it ends.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from wasched.domain.sharing import fair_shares
from wasched.models import Account, Duty, Lease
from wasched.services.line.workers import SeenWorker, bury_worker, seen_workers

LEADER = "leader"
"""The duty to do what is done once for the whole server."""


@dataclass(frozen=True)
class LeaseRow:
    """An account as its lease stands: no holder if it is free."""

    account_id: int
    holder: str = ""
    fence: int = 0
    lost_by: str = ""


@dataclass(frozen=True)
class Standing:
    """All workers that are not buried, the leases of all accounts, and who leads."""

    workers: list[SeenWorker]
    leases: list[LeaseRow]
    leader: str

    def held_by(self, name: str) -> dict[int, LeaseRow]:
        """The leases of one worker, by account."""
        return {one.account_id: one for one in self.leases if one.holder == name}

    def free(self) -> list[LeaseRow]:
        """The leases of nobody who is there."""
        names = {one.name for one in self.workers}
        return [one for one in self.leases if one.holder not in names]

    def shares(self, names: Iterable[str]) -> dict[str, int]:
        """How many accounts each of some workers is to hold."""
        counted = Counter(one.holder for one in self.leases)
        return fair_shares({name: counted[name] for name in names}, len(self.leases))


@dataclass(frozen=True)
class Share:
    """What came of a look at the leases: how they stand, who was buried, and what was taken."""

    standing: Standing
    buried: list[SeenWorker] = field(default_factory=list)
    taken: list[LeaseRow] = field(default_factory=list)


def read_standing(session: Session) -> Standing:
    """How workers and leases stand, in three short statements."""
    rows = session.execute(
        select(Account.id, Lease.holder, Lease.fence, Lease.lost_by)
        .outerjoin(Lease, col(Lease.account_id) == Account.id)
        .where(col(Account.removed_at).is_(None))
        .order_by(col(Account.id))
    )
    leases = [
        LeaseRow(account_id, holder or "", fence or 0, lost_by or "")
        for account_id, holder, fence, lost_by in rows
    ]
    leader = session.scalar(select(Duty.holder).where(col(Duty.name) == LEADER)) or ""
    return Standing(seen_workers(session), leases, leader)


def is_change_due(standing: Standing, name: str, dead: Collection[SeenWorker]) -> bool:
    """True if a worker has something to take or somebody to bury."""
    names = {one.name for one in standing.workers}
    return bool(dead) or standing.leader not in names or _count_missing(standing, name) > 0


def share_out(
    session: Session, name: str, number: int, dead: Iterable[SeenWorker], now: datetime
) -> Share | None:
    """Bury the dead and take what a worker is to have; None if it is itself buried."""
    if all(one.number != number for one in seen_workers(session)):
        return None
    buried = [one for one in dead if bury_worker(session, one, now)]
    standing = read_standing(session)
    taken = [
        _take(session, one, name, now)
        for one in standing.free()[: max(_count_missing(standing, name), 0)]
    ]
    _take_the_lead(session, standing, name, now)
    return Share(read_standing(session), buried, taken)


def take_up(session: Session, name: str, now: datetime) -> None:
    """Count a worker's own leases on: it has started anew, and nobody had them meanwhile."""
    for one in read_standing(session).held_by(name).values():
        _take(session, replace(one, lost_by=""), name, now)


def surplus(standing: Standing, name: str, counted: Collection[str]) -> int:
    """How many accounts a worker holds beyond its share among some workers."""
    held = len(standing.held_by(name))
    return max(held - standing.shares({*counted, name})[name], 0)


def release_lease(session: Session, account_id: int, name: str, fence: int) -> None:
    """Give an account up whose line is closed, so that another worker can take it at once."""
    held = update(Lease).where(col(Lease.account_id) == account_id, *_is_held(name, fence))
    session.execute(held.values(holder="", lost_by=""))


def is_current(session: Session, account_id: int, name: str, fence: int) -> bool:
    """True if the account is in the same hands still; what is written with it is fenced by it."""
    found = select(Lease.fence).where(col(Lease.account_id) == account_id, *_is_held(name, fence))
    return session.scalar(found) is not None


def _count_missing(standing: Standing, name: str) -> int:
    """How many of the free accounts are a worker's to take."""
    names = {one.name for one in standing.workers if not one.is_leaving}
    if name not in names:
        return 0
    missing = standing.shares(names)[name] - len(standing.held_by(name))
    return min(missing, len(standing.free()))


def _take(session: Session, free: LeaseRow, name: str, now: datetime) -> LeaseRow:
    row = session.get(Lease, free.account_id) or Lease(
        account_id=free.account_id, holder="", fence=0, since=now
    )
    row.holder, row.fence, row.since, row.lost_by = name, row.fence + 1, now, free.lost_by
    session.add(row)
    session.flush()
    return LeaseRow(row.account_id, name, row.fence, row.lost_by)


def _take_the_lead(session: Session, standing: Standing, name: str, now: datetime) -> None:
    if standing.leader in {one.name for one in standing.workers}:
        return
    row = session.get(Duty, LEADER) or Duty(name=LEADER, since=now)
    row.holder, row.fence, row.since = name, row.fence + 1, now
    session.add(row)
    session.flush()


def _is_held(name: str, fence: int) -> tuple[object, ...]:
    return col(Lease.holder) == name, col(Lease.fence) == fence
