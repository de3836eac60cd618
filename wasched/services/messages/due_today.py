"""What waits until the end of the reader's day, account by account, and what should have gone."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.domain.message import NO_TRY, Status
from wasched.models import Message
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.messages import batches
from wasched.services.views import Batch, DueToday


def by_account(
    session: Session, user: Caller, account_ids: Iterable[int], now: datetime
) -> dict[int, DueToday]:
    """What is due today at each of these accounts, what of it is overdue, and since when.

    A schedule that is paused holds its messages back: they are not counted.
    """
    overdue = {
        account_id: (count, oldest)
        for account_id, count, oldest in session.execute(
            select(col(Message.account_id), func.count(), func.min(Message.due_at))
            .where(
                permissions.visible_among(Message.space_id, user),
                col(Message.status) == Status.SCHEDULED,
                col(Message.due_at) <= now,
                col(Message.try_at) < NO_TRY,
            )
            .group_by(col(Message.account_id))
        )
    }
    found = {}
    for one in account_ids:
        late, since = overdue.get(one, (0, None))
        found[one] = DueToday(max(count_of(session, one, user.zone, now), late), late, since)
    return found


def count_of(session: Session, account_id: int, zone: str, now: datetime) -> int:
    """How many messages of an account wait to go out until the day ends in a zone."""
    asked = {"account": account_id, "ends": _tomorrow(zone, now)}
    return session.scalar(_TODAY, asked) or 0


def next_send(
    session: Session, user: Caller, account_ids: Iterable[int], now: datetime
) -> Batch | None:
    """The send that goes out next through one of these accounts; None if none is to come."""
    asked = ({"account": one, "now": now, "away": NO_TRY} for one in account_ids)
    first = [row for one in asked if (row := session.execute(_NEXT, one).first()) is not None]
    if not first:
        return None
    soonest = min(first, key=lambda row: (row.try_at, row.id))
    return next(iter(batches.those_batches(session, user, [soonest.id], now)), None)


# Along the index that claims walk, which holds all that is asked for.
_WAITS = (Message.account_id == bindparam("account"), Message.status == Status.SCHEDULED)
_TODAY = (
    select(func.count())
    .select_from(Message)
    .where(*_WAITS, col(Message.try_at) < bindparam("ends"))
)
_NEXT = (
    select(Message.id, Message.try_at)
    .where(*_WAITS, col(Message.try_at) > bindparam("now"), col(Message.try_at) < bindparam("away"))
    .order_by(col(Message.try_at), col(Message.id))
    .limit(1)
)


def _tomorrow(zone: str, now: datetime) -> datetime:
    return wall_clock.next_midnight(now, wall_clock.zone(zone))
