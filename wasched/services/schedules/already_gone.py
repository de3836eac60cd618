"""What had gone when somebody stopped or changed it: told, for "Cancelled." would not be true.

From its instant until a sweep takes note, up to a minute later, a schedule looks as if it waited.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.domain.errors import MovedOnError
from wasched.domain.message import GONE_OUT, Status
from wasched.models import Message, Schedule
from wasched.services.caller import Caller

GONE = (Status.SENDING, *sorted(GONE_OUT), Status.UNKNOWN)
_AHEAD = timedelta(seconds=1)
"""By less than that it is claimed before its time."""

_JUST_NOW = timedelta(minutes=2)
"""Of one that repeats, what went this long ago is what somebody may have meant to catch."""


@dataclass(frozen=True)
class AlreadyGone:
    """Of what goes out now: how many are on their way or have gone, and how many still wait.

    `at` is when the last of them went; None while none has.
    """

    gone: int = 0
    on_way: int = 0
    waiting: int = 0
    at: datetime | None = None

    @property
    def is_all(self) -> bool:
        """True if nothing is left that could be caught, now or when it comes back to wait."""
        return bool(self.gone) and not self.waiting and not self.on_way


def already_gone(session: Session, made: Schedule, now: datetime) -> AlreadyGone:
    """How much of a schedule, or of the occurrence of it that is going out, had gone by now."""
    of_it: list[ColumnElement[bool]] = [col(Message.schedule_id) == made.id]
    if made.rrule:
        just_now = col(Message.occurrence_at).between(now - _JUST_NOW, now)
        begun = select(func.max(Message.occurrence_at)).where(
            *of_it, just_now, col(Message.status).in_(GONE)
        )
        of_it.append(col(Message.occurrence_at) == session.scalar(begun))
    return count_gone(session, *of_it)


def count_gone(session: Session, *of_it: ColumnElement[bool]) -> AlreadyGone:
    """How much of some messages had gone by now, and how much of them still waits."""
    rows = session.execute(
        select(Message.status, func.count(), func.max(Message.sent_at))
        .where(*of_it, col(Message.status).in_((*GONE, Status.SCHEDULED)))
        .group_by(col(Message.status))
    ).all()
    counts = {status: count for status, count, _ in rows}
    waiting = counts.pop(Status.SCHEDULED, 0)
    times = [at for _, _, at in rows if at is not None]
    on_way = counts.get(Status.SENDING, 0)
    return AlreadyGone(sum(counts.values()), on_way, waiting, max(times, default=None))


def gone_to(
    session: Session,
    recipient_ids: Sequence[int] | Select[int],
    now: datetime,
    by: Select[int] | None = None,
) -> AlreadyGone:
    """How much has just gone to these people, or is on its way to them; `by` these schedules."""
    return count_gone(
        session,
        col(Message.recipient_id).in_(recipient_ids),
        *([] if by is None else [col(Message.schedule_id).in_(by)]),
        col(Message.due_at).between(now - _JUST_NOW, now + _AHEAD),
        col(Message.status).in_(GONE),
    )


def require_not_gone(found: AlreadyGone, made: Schedule, user: Caller, now: datetime) -> None:
    """MovedOnError, which says when it went, if all of a schedule has gone that goes once."""
    if found.is_all and not made.rrule:
        raise MovedOnError("", too_late(found.at, user, now))


def too_late(at: datetime | None, user: Caller, now: datetime) -> str:
    """When what somebody wanted to catch went out."""
    return f"Too late: it went out {_when(at, user, now)}." if at else "Too late: it went out."


def done_words(
    done: str, found: AlreadyGone, user: Caller, now: datetime, as_it_was: str = ""
) -> str:
    """What was done ("Cancelled"), and how much it came too late for, in a sentence."""
    if not found.gone:
        return f"{done}."
    if found.waiting:
        return f"{done}; {gone_words(found)}{as_it_was}."
    if found.on_way:
        return f"{done}, but too late for what is on its way just now."
    return f"{done}, but too late for what went out {_when(found.at, user, now)}."


def gone_words(found: AlreadyGone, caught: int | None = None) -> str:
    """How many of them all had gone; `caught` is how many were, where nothing waits any more."""
    total = found.gone + (found.waiting if caught is None else caught)
    return f"{found.gone:,} of {total:,} had gone"


def _when(at: datetime | None, user: Caller, now: datetime) -> str:
    if at is None:
        return "just now"
    zone = wall_clock.zone(user.zone)
    local = at.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"at {local:%H:%M:%S}"
    return f"on {local.day} {local:%B} at {local:%H:%M}"
