"""Nudges: each occurrence of a schedule that has one is followed by a schedule of its own.

It goes to all whom the occurrence goes to, once, and is laid out, paced, held back, approved, moved
and taken back like any other. Who has done by then what it asks for is left out when it is claimed
(`delivery/nudges.py`), so what stands here is about when it comes, never about who needs it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, insert, select, update
from sqlmodel import Session, col

from wasched.domain import content as contents
from wasched.domain import wall_clock
from wasched.domain.content import Text
from wasched.domain.content_rules import preview_line
from wasched.domain.message import NO_TRY, Status
from wasched.domain.nudge import DAYS_MAX, Nudge, from_json
from wasched.domain.schedule import LIVE_STATUSES, Approval, ScheduleStatus
from wasched.models import Message, Schedule, ScheduleRecipient
from wasched.services.schedules.occurrence_rows import make_rows
from wasched.services.schedules.occurrences import At, go_to

_REACH = timedelta(days=DAYS_MAX + 2)
_APPROVAL = (
    *("approval", "approval_turn", "approval_word", "asked_by_id", "asked_at"),
    *("decided_by_id", "decided_at"),
)
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
        when = _time_of(made, nudge, at)
        is_coming = at + window >= now and when[0] > max(now, at)
        if is_coming and _nudge_of(session, made, at) is None:
            _make(session, made, nudge, at, when, now)


def lay_out_missing(session: Session, made: Schedule, now: datetime) -> None:
    """Make the nudges of what went out before and is followed by one no more, as after an undo."""
    nudge = from_json(made.nudge)
    if nudge is None or is_nudge(made) or made.status == ScheduleStatus.CANCELLED:
        return
    for at in _recent_occurrences(session, made, now):
        when = _time_of(made, nudge, at)
        if when[0] > now and _nudge_of(session, made, at) is None:
            _make(session, made, nudge, at, when, now)


def follow_change(session: Session, made: Schedule, now: datetime) -> None:
    """Let nudges to come go to whom their schedule goes to now, or not at all where it is off."""
    for one in _to_come(session, made):
        is_off = made.status == ScheduleStatus.CANCELLED or not made.nudge
        if is_off or not _comes(session, made, one.nudge_of_at):
            withdraw(session, one, now)
        else:
            _readdress(session, made, one, now)


def follow_edit(session: Session, made: Schedule, before: dict[str, Any], now: datetime) -> None:
    """Let nudges to come be as an edit of their schedule says; `before` is its nudge before."""
    nudge = from_json(made.nudge)
    for one in _to_come(session, made):
        is_other = made.nudge != before
        is_moved = is_other or one.zone != made.zone
        for name, value in _shared_columns(made).items():
            setattr(one, name, value)
        _change_waiting(session, one, account_id=made.account_id)
        if nudge is not None and is_other:
            _say(one, nudge)
        if nudge is not None and is_moved and one.nudge_of_at is not None:
            when = _time_of(made, nudge, one.nudge_of_at)
            if when[0] <= now:
                withdraw(session, one, now)
                continue
            _move(session, one, when)
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
    if (made.id, old) == (to.id, new) or (one := _nudge_of(session, made, old)) is None:
        return
    there = _nudge_of(session, to, new)
    if there is not None:
        _remove(session, there)
    one.nudge_of_id, one.nudge_of_at = to.id, new
    session.add(one)
    session.flush()
    nudge = from_json(to.nudge)
    if nudge is not None and one.next_at is not None:
        _move(session, one, _time_of(to, nudge, new))


def withdraw_all(session: Session, made: Schedule, now: datetime) -> None:
    """Let no nudge of a schedule come any more."""
    for one in _to_come(session, made):
        withdraw(session, one, now)


def withdraw(session: Session, one: Schedule, now: datetime) -> None:
    """Let a nudge not come; nothing is left of one that nobody had."""
    if not _remove(session, one):
        _change_waiting(session, one, status=Status.CANCELLED, settled_at=now)
        one.status = ScheduleStatus.CANCELLED
        go_to(one, None)
        session.add(one)


def hold_all(session: Session, made: Schedule, now: datetime) -> None:
    """Let nudges wait while their schedule is paused."""
    for one in _to_come(session, made):
        one.status, one.changed_at = ScheduleStatus.PAUSED, now
        _change_waiting(session, one, try_at=NO_TRY)
        session.add(one)


def let_all_go_on(session: Session, made: Schedule, now: datetime) -> None:
    """Let them come again at their time; one whose time is over does not."""
    for one in _to_come(session, made):
        if one.next_at is None or one.next_at <= now:
            withdraw(session, one, now)
            continue
        one.status, one.changed_at = ScheduleStatus.ACTIVE, now
        if not one.holds_back:
            _change_waiting(session, one, try_at=Message.due_at)
        session.add(one)


def ask_for_all(session: Session, made: Schedule) -> None:
    """Let nudges wait for approval with their schedule, unless they do by themselves."""
    for one in _to_come(session, made):
        if one.approval == Approval.GIVEN:
            _take_approval(one, made)
            _change_waiting(session, one, try_at=NO_TRY)


def decide_all(session: Session, made: Schedule, asked_at: datetime | None) -> None:
    """Let what was decided about a schedule hold for the nudges that were asked for with it."""
    for one in _to_come(session, made):
        if one.approval != Approval.GIVEN and one.asked_at == asked_at:
            _take_approval(one, made)
            if not one.holds_back:
                _change_waiting(session, one, try_at=Message.due_at)


def nudges_of(session: Session, made: Schedule) -> Sequence[Schedule]:
    """The nudges of a schedule that are to come, the soonest first."""
    return _to_come(session, made)


def _make(
    session: Session, made: Schedule, nudge: Nudge, at: datetime, when: At, now: datetime
) -> None:
    one = Schedule(
        space_id=made.space_id,
        made_by_id=made.made_by_id,
        changed_by_id=made.changed_by_id,
        created_at=now,
        changed_at=now,
        contents=[],
        starts_local=when[1],
        nudge_of_id=made.id,
        nudge_of_at=at,
        status=ScheduleStatus.PAUSED
        if made.status == ScheduleStatus.PAUSED
        else ScheduleStatus.ACTIVE,
        **_shared_columns(made),
    )
    _say(one, nudge)
    _take_approval(one, made)
    go_to(one, when)
    session.add(one)
    session.flush()
    _readdress(session, made, one, now)


def _say(one: Schedule, nudge: Nudge) -> None:
    said = Text(nudge.text)
    one.contents, one.preview = [contents.to_json(said)], preview_line(said)
    one.has_not = nudge.who


def _shared_columns(made: Schedule) -> dict[str, Any]:
    """What a nudge has of its schedule."""
    return {
        name: getattr(made, name)
        for name in ("account_id", "zone", "late_window_s", "respects_quiet_hours")
    } | {"stops_on_reply": made.stops_on_reply}


def _take_approval(one: Schedule, made: Schedule) -> None:
    for name in _APPROVAL:
        setattr(one, name, getattr(made, name))


def _readdress(session: Session, made: Schedule, one: Schedule, now: datetime) -> None:
    """Let a nudge go to whom its schedule goes to, and lay out what is new of it."""
    mine, theirs = (col(ScheduleRecipient.schedule_id) == each.id for each in (one, made))
    going = select(col(ScheduleRecipient.recipient_id)).where(theirs)
    had = select(col(ScheduleRecipient.recipient_id)).where(mine)
    session.execute(
        delete(ScheduleRecipient)
        .where(mine, col(ScheduleRecipient.recipient_id).not_in(going))
        .execution_options(synchronize_session=False)
    )
    rows = session.execute(
        select(col(ScheduleRecipient.recipient_id), col(ScheduleRecipient.stopped_at)).where(
            theirs, col(ScheduleRecipient.recipient_id).not_in(had)
        )
    ).all()
    if rows:
        values = [
            {"schedule_id": one.id, "recipient_id": id_, "is_direct": True, "stopped_at": stopped}
            for id_, stopped in rows
        ]
        session.execute(insert(ScheduleRecipient), values)
    session.execute(
        delete(Message)
        .where(*_waiting(one), col(Message.attempts) == 0, col(Message.recipient_id).not_in(going))
        .execution_options(synchronize_session=False)
    )
    if one.next_at is not None:
        make_rows(session, one, [one.next_at], now)


def _move(session: Session, one: Schedule, when: At) -> None:
    """Let a nudge come at another time; what somebody moved by hand comes then as well."""
    old, new = one.next_at, when[0]
    if old is None or old == new:
        return
    late_at = new + timedelta(seconds=one.late_window_s)
    values = {"due_at": new, "late_at": late_at, "try_at": NO_TRY if one.holds_back else new}
    of_it = col(Message.occurrence_at) == old
    _change_waiting(session, one, of_it, occurrence_at=new, **values)
    one.starts_local = when[1]
    go_to(one, when)
    session.add(one)
    session.flush()


def _remove(session: Session, one: Schedule) -> bool:
    """Leave nothing of a nudge; False for one of which something was tried, which stays."""
    tried = select(col(Message.id)).where(
        col(Message.schedule_id) == one.id, col(Message.attempts) > 0
    )
    if session.scalar(tried.limit(1)) is not None:
        return False
    session.flush()
    session.execute(
        delete(Message)
        .where(col(Message.schedule_id) == one.id)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        delete(ScheduleRecipient)
        .where(col(ScheduleRecipient.schedule_id) == one.id)
        .execution_options(synchronize_session=False)
    )
    session.delete(one)
    session.flush()
    return True


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


def _nudge_of(session: Session, made: Schedule, at: datetime) -> Schedule | None:
    """The nudge of an occurrence, whatever became of it."""
    if made.id is None:
        return None
    return session.scalars(
        select(Schedule).where(
            col(Schedule.nudge_of_id) == made.id, col(Schedule.nudge_of_at) == at
        )
    ).first()


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


def _time_of(made: Schedule, nudge: Nudge, at: datetime) -> At:
    """When the nudge of an occurrence goes, and what the wall clock shows then."""
    where = wall_clock.zone(made.zone)
    local = nudge.local(wall_clock.local(at, where))
    return wall_clock.instant(local, where), local


def _waiting(one: Schedule) -> list[Any]:
    return [col(Message.schedule_id) == one.id, col(Message.status) == Status.SCHEDULED]


def _change_waiting(session: Session, one: Schedule, *which: Any, **values: Any) -> None:
    session.flush()
    session.execute(
        update(Message)
        .where(*_waiting(one), *which)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )
