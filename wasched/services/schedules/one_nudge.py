"""One nudge: how it is made, whom it goes to, how it moves, and how it goes away again."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from wasched.domain import content as contents
from wasched.domain import wall_clock
from wasched.domain.content import Text
from wasched.domain.content_rules import preview_line
from wasched.domain.message import NO_TRY, Status
from wasched.domain.nudge import Nudge
from wasched.domain.schedule import ScheduleStatus
from wasched.models import Message, Schedule, ScheduleRecipient
from wasched.services.schedules.occurrence_rows import make_rows
from wasched.services.schedules.occurrences import At, go_to

_APPROVAL = (
    *("approval", "approval_turn", "approval_word", "asked_by_id", "asked_at"),
    *("decided_by_id", "decided_at"),
)


def make_nudge(
    session: Session, made: Schedule, nudge: Nudge, at: datetime, when: At, now: datetime
) -> None:
    """Make the nudge of an occurrence, to all whom that goes to."""
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
        **shared_columns(made),
    )
    say(one, nudge)
    take_approval(one, made)
    go_to(one, when)
    session.add(one)
    session.flush()
    readdress(session, made, one, now)


def say(one: Schedule, nudge: Nudge) -> None:
    """Give a nudge its words, and to whom of those it goes."""
    said = Text(nudge.text)
    one.contents, one.preview = [contents.to_json(said)], preview_line(said)
    one.has_not = nudge.who


def shared_columns(made: Schedule) -> dict[str, Any]:
    """What a nudge has of its schedule."""
    return {
        name: getattr(made, name)
        for name in ("account_id", "zone", "late_window_s", "respects_quiet_hours")
    } | {"stops_on_reply": made.stops_on_reply}


def take_approval(one: Schedule, made: Schedule) -> None:
    """Let what was decided about its schedule, or asked, hold for a nudge."""
    for name in _APPROVAL:
        setattr(one, name, getattr(made, name))


def readdress(session: Session, made: Schedule, one: Schedule, now: datetime) -> None:
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


def move_nudge(session: Session, one: Schedule, when: At) -> None:
    """Let a nudge come at another time; what somebody moved by hand comes then as well."""
    old, new = one.next_at, when[0]
    if old is None or old == new:
        return
    late_at = new + timedelta(seconds=one.late_window_s)
    values = {"due_at": new, "late_at": late_at, "try_at": NO_TRY if one.holds_back else new}
    of_it = col(Message.occurrence_at) == old
    change_waiting(session, one, of_it, occurrence_at=new, **values)
    one.starts_local = when[1]
    go_to(one, when)
    session.add(one)
    session.flush()


def withdraw(session: Session, one: Schedule, now: datetime) -> None:
    """Let a nudge not come; nothing is left of one that nobody had."""
    if not remove(session, one):
        change_waiting(session, one, status=Status.CANCELLED, settled_at=now)
        one.status = ScheduleStatus.CANCELLED
        go_to(one, None)
        session.add(one)


def remove(session: Session, one: Schedule) -> bool:
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


def nudge_of(session: Session, made: Schedule, at: datetime) -> Schedule | None:
    """The nudge of an occurrence, whatever became of it."""
    if made.id is None:
        return None
    return session.scalars(
        select(Schedule).where(
            col(Schedule.nudge_of_id) == made.id, col(Schedule.nudge_of_at) == at
        )
    ).first()


def time_of(made: Schedule, nudge: Nudge, at: datetime) -> At:
    """When the nudge of an occurrence goes, and what the wall clock shows then."""
    where = wall_clock.zone(made.zone)
    local = nudge.local(wall_clock.local(at, where))
    return wall_clock.instant(local, where), local


def change_waiting(session: Session, one: Schedule, *which: Any, **values: Any) -> None:
    """Change what waits of a nudge."""
    session.flush()
    session.execute(
        update(Message)
        .where(*_waiting(one), *which)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )


def _waiting(one: Schedule) -> list[Any]:
    return [col(Message.schedule_id) == one.id, col(Message.status) == Status.SCHEDULED]
