"""Whether what should go out does: one look that cannot be mistaken for hope."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from wasched.domain.link import STORE_CODE, LinkState
from wasched.domain.message import Status
from wasched.domain.reasons import Reason
from wasched.models import Account, Attempt, Heartbeat, Lease, Message, Setting
from wasched.services.delivery.claim import next_try, opens_at
from wasched.services.server import health
from wasched.services.server.health_views import HealthTrouble
from wasched.services.server_stop import is_server_stopped

OVERDUE = timedelta(minutes=1)
"""Due for so long, allowed to go and not gone: that needs an explanation."""

ON_ITS_WAY = timedelta(minutes=11)
"""No hand-over takes longer: an upload and two tries of the library fit into ten minutes."""

_PART, _OF_WORKER = "sending", "worker_troubles:"


def unexplained_troubles(session: Session, now: datetime) -> list[HealthTrouble]:
    """What nothing explains: overdue messages, and those on their way that nobody holds.

    Neither pace, pause, quiet hours, caps nor the state of the line excuse what is named here.
    """
    overdue = sum(_is_stuck(session, account, now) for account in _able_accounts(session, now))
    orphans = _count_orphans(session, now)
    return [*_overdue_trouble(overdue), *_orphans_trouble(orphans)]


def note_worker_troubles(session: Session, worker: str, found: Iterable[HealthTrouble]) -> None:
    """Leave word of what only a worker can see, such as the folder of the links."""
    value = json.dumps([asdict(one) for one in found])
    session.merge(Setting(name=_OF_WORKER + worker, value=value))


def worker_troubles(session: Session) -> list[HealthTrouble]:
    """What the workers have left word of."""
    noted = session.scalars(
        select(Setting.value)
        .where(col(Setting.name).startswith(_OF_WORKER, autoescape=True))
        .order_by(col(Setting.name))
    )
    return [HealthTrouble(**one) for value in noted for one in json.loads(value)]


def forget_worker_troubles(session: Session, worker: str) -> None:
    """Forget what a worker has left word of that is gone."""
    session.execute(delete(Setting).where(col(Setting.name) == _OF_WORKER + worker))


def link_faults(session: Session) -> list[Reason]:
    """What is wrong with the files of links, as their lines have reported it."""
    found = session.scalars(
        select(Account.state_detail)
        .where(col(Account.removed_at).is_(None), col(Account.state_code).startswith(STORE_CODE))
        .distinct()
    )
    return [one for one in found if one]


def unsettled_trouble(count: int) -> HealthTrouble:
    """What it means that the worker cannot settle so many messages that nobody holds."""
    what = "a message" if count == 1 else f"{count} messages"
    return HealthTrouble(
        _PART,
        f"Nobody can tell yet whether {what} left, for the file of the link cannot be read. It is "
        "tried again by itself; the worker's log says more.",
    )


def _overdue_trouble(accounts: int) -> Iterable[HealthTrouble]:
    if accounts:
        whose = "an account" if accounts == 1 else f"{accounts} accounts"
        yield HealthTrouble(
            _PART,
            f"Messages of {whose} are overdue by more than a minute, although nothing holds them "
            "back. The worker's log says more; start the worker anew if it stays so.",
        )


def _orphans_trouble(count: int) -> Iterable[HealthTrouble]:
    if count:
        what = "A message has" if count == 1 else f"{count} messages have"
        yield HealthTrouble(
            _PART,
            f"{what} been on the way for long, and nobody can tell yet whether it left. The "
            "worker's log says more; start the worker anew if it stays so.",
        )


def _able_accounts(session: Session, now: datetime) -> list[Account]:
    """The accounts whose messages may go out now."""
    if is_server_stopped(session):
        return []
    found = session.scalars(
        select(Account).where(
            col(Account.removed_at).is_(None),
            col(Account.paused_at).is_(None),
            Account.state == LinkState.CONNECTED,
            col(Account.state_since) <= now - OVERDUE,
        )
    )
    return [one for one in found if opens_at(one, now) <= now]


def _is_stuck(session: Session, account: Account, now: datetime) -> bool:
    """True if a message is overdue and nothing was sent or tried for a while."""
    due = next_try(session, account.id or 0)
    if due is None or due > now - OVERDUE:
        return False
    return not _is_at_work(session, account, now)


def _is_at_work(session: Session, account: Account, now: datetime) -> bool:
    """True if the account claimed, sent or tried something a moment ago, or has just opened."""
    opened = (account.next_send_at, account.held_until)
    if any(one is not None and one > now - OVERDUE for one in opened):
        return True
    last = session.scalar(select(func.max(Message.sent_at)).where(Message.account_id == account.id))
    if last is not None and last > now - OVERDUE:
        return True
    holding = select(Message.id).where(
        Message.account_id == account.id, Message.status == Status.SENDING
    )
    return session.scalar(holding.limit(1)) is not None


def _count_orphans(session: Session, now: datetime) -> int:
    """How many are on their way without a holder, or for longer than anything takes."""
    has_holder = (
        select(Lease.account_id)
        .join(Heartbeat, col(Heartbeat.worker) == Lease.holder)
        .where(Lease.account_id == Message.account_id, col(Heartbeat.at) > now - health.SILENT)
        .exists()
    )
    started = select(Message.id, Attempt.started_at, has_holder).join(
        Attempt, (Attempt.message_id == Message.id) & (Attempt.number == Message.attempts)
    )
    rows = session.execute(started.where(Message.status == Status.SENDING))
    return sum(_is_orphan(at, is_held, now) for _, at, is_held in rows)


def _is_orphan(started_at: datetime, is_held: bool, now: datetime) -> bool:
    return now - started_at > (ON_ITS_WAY if is_held else OVERDUE)
