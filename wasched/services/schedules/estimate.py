"""About when messages will have gone out: the pace of an account, told ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain import pacing, wall_clock
from wasched.domain.message import Status
from wasched.domain.pacing import Pace, PaceUse
from wasched.models import Account, Acquaintance, Message
from wasched.services.accounts.todays_use import pace_today
from wasched.services.delivery.claim import opens_at

_INSTANTS = 500
"""How many different instants before it are looked at for what stands in line."""


@dataclass(frozen=True)
class Estimate:
    """About when the last of some messages goes, None for never, and how many go in time."""

    last_at: datetime | None
    in_time: int


@dataclass(frozen=True)
class PacedGroup:
    """So many messages due at an instant, allowed until another.

    `strangers` of them go to people never written to; `quiet` says whether they wait for quiet
    hours to end; what `schedule_id` has laid out before is not in line before them.
    """

    count: int
    strangers: int
    first: datetime
    late_at: datetime
    quiet: bool
    schedule_id: int = 0


def estimate_group(
    session: Session, account: Account, batch: PacedGroup, now: datetime
) -> Estimate:
    """What becomes of messages; what stands in line before them counts, gaps with their mean."""
    pace, used = kept_pace(session, account, now, quiet=batch.quiet)
    begins = max(batch.first, _line_ends(session, account, pace, batch, now))
    if account.held_until is not None:
        begins = max(begins, account.held_until)
    zone = wall_clock.zone(account.zone)
    is_today = begins < wall_clock.next_midnight(now, zone)
    use = used if is_today else PaceUse()
    count, new = batch.count, batch.strangers
    return Estimate(
        pacing.estimate_eta(count, new, begins, pace, use, zone)[1],
        pacing.in_time(count, new, begins, batch.late_at, pace, use, zone),
    )


def running_until(
    session: Session, account: Account, schedule_id: int, quiet: bool, now: datetime
) -> datetime | None:
    """About when the last message goes that a schedule has due now; None if there is none."""
    met = select(col(Acquaintance.recipient_id)).where(Acquaintance.account_id == account.id)
    left, new = session.execute(
        select(
            func.count(),
            func.count().filter(col(Message.recipient_id).not_in(met)),
        ).where(
            col(Message.account_id) == account.id,
            col(Message.schedule_id) == schedule_id,
            col(Message.status) == Status.SCHEDULED,
            col(Message.due_at) <= now,
        )
    ).one()
    if not left:
        return None
    pace, use = kept_pace(session, account, now, quiet=quiet)
    zone = wall_clock.zone(account.zone)
    return pacing.estimate_eta(left, new, opens_at(account, now), pace, use, zone)[1]


def kept_pace(
    session: Session, account: Account, now: datetime, *, quiet: bool
) -> tuple[Pace, PaceUse]:
    """The pace of an account and its use, without quiet hours for what does not respect them."""
    pace, use = pace_today(session, account, now)
    return (pace if quiet else pacing.without_quiet_hours(pace)), use


def _line_ends(
    session: Session, account: Account, pace: Pace, batch: PacedGroup, now: datetime
) -> datetime:
    """About when what is due before a batch will have gone."""
    mean = (pace.gap_min + pace.gap_max) / 2
    ends = now
    if mean <= timedelta(0):
        return ends
    for due_at, count in session.execute(
        select(col(Message.due_at), func.count())
        .where(
            col(Message.account_id) == account.id,
            col(Message.status) == Status.SCHEDULED,
            col(Message.try_at) <= batch.first,
            col(Message.schedule_id) != batch.schedule_id,
        )
        .group_by(col(Message.due_at))
        .order_by(col(Message.due_at))
        .limit(_INSTANTS)
    ):
        ends = max(ends, due_at) + count * mean
    return ends
