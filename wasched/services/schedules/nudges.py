"""Nudges: each occurrence of a schedule that has one is followed by a schedule of its own.

It goes to all whom the occurrence goes to, once, and is laid out, paced, held back, approved, moved
and taken back like any other. Who has done by then what it asks for is left out when it is claimed
(`delivery/nudges.py`), so what stands here is about when it comes, never about who needs it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from wasched.domain.message import NO_TRY, Status
from wasched.domain.nudge import DAYS_MAX, from_json
from wasched.domain.schedule import LIVE_STATUSES, Approval, ScheduleStatus
from wasched.models import Message, Schedule
from wasched.services.schedules import one_nudge

_REACH = timedelta(days=DAYS_MAX + 2)
_IS_OFF = (Status.CANCELLED, Status.SKIPPED)


def is_nudge(made: Schedule) -> bool:
    """True for what follows an occurrence of another schedule."""
    return made.nudge_of_id is not None


def lay_out_nudges(
    session: Session, made: Schedule, instants: Sequence[datetime], now: datetime
) -> None:
    """Make the nudges of occurrences that have none yet and can still go and be followed."""
    nudge = from_json(made.nudge)
    if nudge is None or is_nudge(made):
        return
    window = timedelta(seconds=made.late_window_s)
    for at in instants:
        when = one_nudge.time_of(made, nudge, at)
        is_coming = at + window >= now and when[0] > max(now, at)
        if is_coming and one_nudge.nudge_of(session, made, at) is None:
            one_nudge.make_nudge(session, made, nudge, at, when, now)


def lay_out_missing(session: Session, made: Schedule, now: datetime) -> None:
    """Make the nudges of what went out before and is followed by one no more, as after an undo."""
    nudge = from_json(made.nudge)
    if nudge is None or is_nudge(made) or made.status == ScheduleStatus.CANCELLED:
        return
    for at in _recent_occurrences(session, made, now):
        when = one_nudge.time_of(made, nudge, at)
        if when[0] > now and one_nudge.nudge_of(session, made, at) is None:
            one_nudge.make_nudge(session, made, nudge, at, when, now)


def follow_change(session: Session, made: Schedule, now: datetime) -> None:
    """Let nudges to come go to whom their schedule goes to now, or not at all where it is off."""
    for one in _to_come(session, made):
        is_off = made.status == ScheduleStatus.CANCELLED or not made.nudge
        if is_off or not _comes(session, made, one.nudge_of_at):
            one_nudge.withdraw(session, one, now)
        else:
            one_nudge.readdress(session, made, one, now)


def follow_edit(session: Session, made: Schedule, before: dict[str, Any], now: datetime) -> None:
    """Let nudges to come be as an edit of their schedule says; `before` is its nudge before."""
    nudge = from_json(made.nudge)
    for one in _to_come(session, made):
        is_other = made.nudge != before
        is_moved = is_other or one.zone != made.zone
        for name, value in one_nudge.shared_columns(made).items():
            setattr(one, name, value)
        one_nudge.change_waiting(session, one, account_id=made.account_id)
        if nudge is not None and is_other:
            one_nudge.say(one, nudge)
        if nudge is not None and is_moved and one.nudge_of_at is not None:
            when = one_nudge.time_of(made, nudge, one.nudge_of_at)
            if when[0] <= now:
                one_nudge.withdraw(session, one, now)
                continue
            one_nudge.move_nudge(session, one, when)
        one.changed_at, one.version = now, one.version + 1
        session.add(one)
    session.flush()
    follow_change(session, made, now)
    lay_out_missing(session, made, now)


def follow_move(
    session: Session, source: tuple[Schedule, datetime], target: tuple[Schedule, datetime]
) -> None:
    """Let the nudge of an occurrence follow it to another instant, or to another schedule."""
    (made, old), (to, new) = source, target
    if (made.id, old) == (to.id, new) or (one := one_nudge.nudge_of(session, made, old)) is None:
        return
    there = one_nudge.nudge_of(session, to, new)
    if there is not None:
        one_nudge.remove(session, there)
    one.nudge_of_id, one.nudge_of_at = to.id, new
    session.add(one)
    session.flush()
    nudge = from_json(to.nudge)
    if nudge is not None and one.next_at is not None:
        one_nudge.move_nudge(session, one, one_nudge.time_of(to, nudge, new))


def withdraw_all(session: Session, made: Schedule, now: datetime) -> None:
    """Let no nudge of a schedule come any more."""
    for one in _to_come(session, made):
        one_nudge.withdraw(session, one, now)


def hold_all(session: Session, made: Schedule, now: datetime) -> None:
    """Let nudges wait while their schedule is paused."""
    for one in _to_come(session, made):
        one.status, one.changed_at = ScheduleStatus.PAUSED, now
        one_nudge.change_waiting(session, one, try_at=NO_TRY)
        session.add(one)


def let_all_go_on(session: Session, made: Schedule, now: datetime) -> None:
    """Let them come again at their time; one whose time is over does not."""
    for one in _to_come(session, made):
        if one.next_at is None or one.next_at <= now:
            one_nudge.withdraw(session, one, now)
            continue
        one.status, one.changed_at = ScheduleStatus.ACTIVE, now
        if not one.holds_back:
            one_nudge.change_waiting(session, one, try_at=Message.due_at)
        session.add(one)


def ask_for_all(session: Session, made: Schedule) -> None:
    """Let nudges wait for approval with their schedule, unless they do by themselves."""
    for one in _to_come(session, made):
        if one.approval == Approval.GIVEN:
            one_nudge.take_approval(one, made)
            one_nudge.change_waiting(session, one, try_at=NO_TRY)


def decide_all(session: Session, made: Schedule, asked_at: datetime | None) -> None:
    """Let what was decided about a schedule hold for the nudges that were asked for with it."""
    for one in _to_come(session, made):
        if one.approval != Approval.GIVEN and one.asked_at == asked_at:
            one_nudge.take_approval(one, made)
            if not one.holds_back:
                one_nudge.change_waiting(session, one, try_at=Message.due_at)


def nudges_of(session: Session, made: Schedule) -> Sequence[Schedule]:
    """The nudges of a schedule that are to come, the soonest first."""
    return _to_come(session, made)


def _to_come(session: Session, made: Schedule) -> Sequence[Schedule]:
    """The nudges of a schedule that have not begun."""
    if made.id is None or is_nudge(made):
        return []
    return session.scalars(
        select(Schedule)
        .where(
            col(Schedule.nudge_of_id) == made.id,
            col(Schedule.status).in_(LIVE_STATUSES),
            col(Schedule.next_at).is_not(None),
        )
        .order_by(col(Schedule.next_at))
    ).all()


def _comes(session: Session, made: Schedule, at: datetime | None) -> bool:
    """True if an occurrence went to anybody, or is yet to."""
    return (
        session.scalar(_not_off(made).where(col(Message.occurrence_at) == at).limit(1)) is not None
    )


def _recent_occurrences(session: Session, made: Schedule, now: datetime) -> Sequence[datetime]:
    recent = _not_off(made).where(col(Message.occurrence_at) > now - _REACH)
    return session.scalars(recent.distinct()).all()


def _not_off(made: Schedule) -> Select[Any]:
    return select(col(Message.occurrence_at)).where(
        col(Message.schedule_id) == made.id, col(Message.status).not_in(_IS_OFF)
    )
