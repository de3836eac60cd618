"""What a monitor is told of the server: counted along indexes, and no further than a bound.

It names no number and nobody: accounts and messages are counted for the whole server.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.figures import Figure, FigureKind, by_label, one_value
from wasched.domain.link import LinkState
from wasched.domain.message import NEEDS_A_PERSON, Status
from wasched.models import Account, AccountDay, Heartbeat, Message, SendHold
from wasched.services.delivery import send_holds
from wasched.services.line.link_restarts import count_restarts

COUNTED_MAX = 100_000
"""Nothing is counted further: a million messages cost a monitor no more than that."""

_DAY = timedelta(days=1)
_OPEN = (Status.SCHEDULED, Status.SENDING)


def database_figures(session: Session, now: datetime) -> list[Figure]:
    """Messages, accounts, links and the worker, as the database knows them."""
    last = session.scalar(select(func.max(Heartbeat.at)))
    return [
        _gauge(
            "wasched_messages_open",
            "Messages that wait, are on their way, or need a person; each counted up to 100,000.",
            by_label("status", _open_messages(session)),
        ),
        _gauge(
            "wasched_messages_last_day",
            "How the messages stand that were due in the last 24 hours; up to 100,000 of them.",
            by_label("status", _last_day(session, now)),
        ),
        _gauge(
            "wasched_messages_overdue",
            "Messages that may be tried and are not sent, whatever keeps them; up to 100,000.",
            one_value(_overdue(session, now)),
        ),
        _gauge(
            "wasched_accounts",
            "Accounts by the state of their link; stopped are those that a person stopped.",
            by_label("state", _account_states(session)),
        ),
        _gauge(
            "wasched_worker_silent_seconds",
            "How long ago a worker last said that it is alive; absent until one has.",
            one_value(max(0.0, (now - last).total_seconds())) if last else {},
        ),
        *_numbers(session, now),
        Figure(
            "wasched_link_restarts",
            "How often a process of a link ended by itself and was started again.",
            FigureKind.COUNTER,
            one_value(count_restarts(session)),
        ),
    ]


def _numbers(session: Session, now: datetime) -> list[Figure]:
    """How the numbers are doing, all of them together, and which sends stopped themselves."""
    since = (now - _DAY * 7).date()
    sums = session.execute(
        select(*(func.coalesce(func.sum(one), 0) for one in _OF_DAYS.values())).where(
            col(AccountDay.day) > since
        )
    ).one()
    held = select(func.count()).select_from(SendHold).where(send_holds.is_open())
    return [
        _gauge(
            "wasched_messages_last_week",
            "What became of the messages of the last seven days, counted every ten minutes: sent, "
            "on a phone within an hour, read, answered, refused, and opt-outs within a day.",
            by_label("what", dict(zip(_OF_DAYS, map(float, sums), strict=True))),
        ),
        _gauge(
            "wasched_sends_held",
            "Sends that went badly, stopped themselves and wait for a person.",
            one_value(float(session.scalar(held) or 0)),
        ),
    ]


_OF_DAYS: dict[str, Any] = {
    "sent": AccountDay.sent,
    "arrived": AccountDay.arrived,
    "read": AccountDay.read,
    "answered": AccountDay.answered,
    "refused": AccountDay.refused,
    "opted_out": AccountDay.opted_out,
}


def _gauge(name: str, about: str, values: Any) -> Figure:
    return Figure(name, about, FigureKind.GAUGE, values)


def _open_messages(session: Session) -> dict[str, float]:
    found = {
        str(one): _count(session, select(Message.id).where(col(Message.status) == one))
        for one in _OPEN
    }
    # Written as the index of them is.
    written = hints.written_out("needs", NEEDS_A_PERSON)
    waits = (col(Message.status).in_(written), col(Message.dismissed_at).is_(None))
    needing = select(Message.status).where(*waits)
    few = needing.limit(COUNTED_MAX).subquery()
    counted = session.execute(select(few.c.status, func.count()).group_by(few.c.status))
    return found | dict.fromkeys(map(str, sorted(NEEDS_A_PERSON)), 0.0) | dict(counted.all())


def _last_day(session: Session, now: datetime) -> dict[str, float]:
    due = select(Message.status).where(col(Message.due_at) >= now - _DAY, col(Message.due_at) < now)
    few = due.order_by(col(Message.due_at).desc()).limit(COUNTED_MAX).subquery()
    counted = session.execute(select(few.c.status, func.count()).group_by(few.c.status))
    return dict.fromkeys(map(str, Status), 0.0) | dict(counted.all())


def _overdue(session: Session, now: datetime) -> float:
    """Along the index that the drain walks, account by account."""
    ids = session.scalars(select(Account.id).where(col(Account.removed_at).is_(None))).all()
    late = [
        select(Message.id).where(
            col(Message.account_id) == one,
            col(Message.status) == Status.SCHEDULED,
            col(Message.try_at) < now,
        )
        for one in ids
    ]
    return sum(_count(session, one) for one in late)


def _account_states(session: Session) -> dict[str, float]:
    rows = session.execute(
        select(Account.state, Account.paused_at).where(col(Account.removed_at).is_(None))
    )
    found = Counter("stopped" if paused else state for state, paused in rows)
    return {state: float(found[state]) for state in (*map(str, LinkState), "stopped")}


def _count(session: Session, chosen: Select[Any]) -> float:
    few = chosen.limit(COUNTED_MAX).subquery()
    return float(session.scalar(select(func.count()).select_from(few)) or 0)
