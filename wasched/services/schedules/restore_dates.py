"""Dates of a series that were left out, or go on their own, taken in again as usual."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from wasched.domain import sentences, wall_clock
from wasched.domain.errors import InputError
from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.domain.schedule import ScheduleChoice
from wasched.models import Message, Schedule, ScheduleRecipient, ScheduleStatus
from wasched.services.caller import Caller
from wasched.services.schedules.already_gone import count_gone, gone_words
from wasched.services.schedules.create import go_to
from wasched.services.schedules.ending import begin_again
from wasched.services.schedules.expand import lay_out, take_in
from wasched.services.schedules.landing import say_of_schedule
from wasched.services.schedules.occurrences import At
from wasched.services.schedules.own_dates import (
    days_on_their_own,
    is_begun,
    is_open,
    messages_of,
    way_back,
)
from wasched.services.schedules.skip import LEFT_OUT, instant_of, left_out
from wasched.services.schedules.steps import (
    ActionResult,
    cancelled_columns,
    change_messages,
    come_to,
    moved_on,
    note_change,
    record_on_schedule,
    take_schedule,
    undo_of,
)

BACK = Reason(Code.USUAL_INSTEAD)


def unskip_date(
    session: Session,
    user: Caller,
    schedule_id: int,
    local: datetime,
    now: datetime,
    status: str = ScheduleStatus.ACTIVE,
) -> ActionResult:
    """Take an occurrence in again that was left out and is still to come.

    `status` is for a schedule that had ended by leaving its last one out. InputError for one
    that goes on its own: both would go out.
    """
    made = take_schedule(session, user, schedule_id, now, ScheduleChoice.UNSKIP)
    at = (instant_of(made, local), local)
    if at not in left_out(made, now):
        raise moved_on()
    record_on_schedule(session, user, Code.CHANGED_SCHEDULE, schedule_id, now)
    _forget_own(session, made, local, now)
    _take_in_again(session, made, at, status, now)
    goes = f"Goes out {sentences.when_words(at[0], wall_clock.zone(made.zone), now)} after all."
    said = say_of_schedule(session, made, goes)
    return ActionResult(schedule_id, said)


def back_to_usual(session: Session, user: Caller, schedule_id: int, now: datetime) -> ActionResult:
    """Let the series' own message go instead of a date that was changed; InputError if over.

    Whoever had the changed one has it, and gets no other for that time.
    """
    own = take_schedule(session, user, schedule_id, now, ScheduleChoice.USUAL, narrows=True)
    series = take_schedule(session, user, own.series_id, now) if own.series_id else None
    usual = way_back(session, own, series, now) if series is not None else None
    if series is None or usual is None:
        raise moved_on()
    record_on_schedule(session, user, Code.CHANGED_SCHEDULE, schedule_id, now)
    back = undo_of("usual", own, now, usual[1])
    gone = count_gone(session, *messages_of(own))
    status = ScheduleStatus.PAUSED if own.status == ScheduleStatus.PAUSED else ScheduleStatus.ACTIVE
    change_messages(session, [*messages_of(own), is_open(now)], **cancelled_columns(BACK, now))
    hand_over(session, (own, None), (series, usual[0]), now)
    own.status = ScheduleStatus.CANCELLED
    go_to(own, None)
    note_change(session, own, now)
    _take_in_again(session, series, usual, status, now)
    goes = f"Goes out {sentences.when_words(usual[0], wall_clock.zone(series.zone), now)} as usual."
    said = say_of_schedule(session, series, goes)
    if gone.gone:
        said = f"{said} {gone_words(gone)} as it was."
    return ActionResult(series.id or 0, said, back)


def hand_over(
    session: Session,
    source: tuple[Schedule, datetime | None],
    target: tuple[Schedule, datetime],
    now: datetime,
) -> None:
    """Let whoever has the message of one occurrence have that of another, and get no second.

    Each is a schedule and an instant; without one it is the last of which something went.
    """
    (made, old), (to, new) = source, target
    mine = [*messages_of(made), is_begun(now)]
    if old is None:
        old = session.scalar(select(func.max(Message.occurrence_at)).where(*mine))
    there = [col(Message.schedule_id) == to.id, col(Message.occurrence_at) == new]
    moving = [*mine, col(Message.occurrence_at) == old]
    whom = select(col(Message.recipient_id)).where(*moving)
    untouched = (col(Message.attempts) == 0, col(Message.recipient_id).in_(whom))
    session.execute(delete(Message).where(*there, *untouched))
    has_it = select(col(Message.recipient_id)).where(*there)
    session.execute(
        update(Message)
        .where(*moving, col(Message.recipient_id).not_in(has_it))
        .values(schedule_id=to.id, occurrence_at=new)
        .execution_options(synchronize_session=False)
    )


def _forget_own(session: Session, made: Schedule, local: datetime, now: datetime) -> None:
    """Let go of what was changed of a date and called off: it cannot come back beside it."""
    assert made.id is not None
    if local.date() in days_on_their_own(session, [made.id])[made.id]:
        raise InputError("", "It goes on its own. Put that one back to the usual instead.")
    on_day = select(Schedule).where(
        col(Schedule.series_id) == made.id, col(Schedule.series_day) == local.date()
    )
    for own in session.scalars(on_day).all():
        session.execute(delete(Message).where(*messages_of(own), col(Message.attempts) == 0))
        own.status, own.series_id, own.changed_at = ScheduleStatus.CANCELLED, None, now
        own.version += 1
        go_to(own, None)


def _take_in_again(session: Session, made: Schedule, at: At, status: str, now: datetime) -> None:
    """Let an occurrence that was left out be one of it again."""
    come_to(session, made, now)
    made.exdates = [one for one in made.exdates if not _is_on(one, at[1])]
    _let_go(session, made, at[0])
    if made.next_at is None or at[0] < made.next_at:
        _go_back_to(session, made, at, status, now)
    note_change(session, made, now)
    lay_out(session, made, now)


def _is_on(exdate: str, local: datetime) -> bool:
    return datetime.fromisoformat(exdate).date() == local.date()


def _let_go(session: Session, made: Schedule, at: datetime) -> None:
    """Let go of what was cancelled: it is laid out anew, for those whom it goes to now.

    What had been tried before waits again.
    """
    theirs = [
        col(Message.schedule_id) == made.id,
        col(Message.occurrence_at) == at,
        col(Message.status) == Status.CANCELLED,
        col(Message.reason) == LEFT_OUT,
    ]
    session.execute(delete(Message).where(*theirs, col(Message.attempts) == 0))
    goes_to = select(col(ScheduleRecipient.recipient_id)).where(
        col(ScheduleRecipient.schedule_id) == made.id, col(ScheduleRecipient.stopped_at).is_(None)
    )
    try_at = NO_TRY if made.holds_back else Message.due_at
    change_messages(
        session,
        [*theirs, col(Message.recipient_id).in_(goes_to)],
        status=Status.SCHEDULED,
        account_id=made.account_id,
        reason=NO_REASON,
        settled_at=None,
        try_at=try_at,
    )


def _go_back_to(session: Session, made: Schedule, at: At, status: str, now: datetime) -> None:
    """Let an earlier occurrence be the next one; the one laid out meanwhile comes later."""
    if made.next_at is not None:
        take_in(session, made, made.next_at)
    go_to(made, at)
    if made.status == ScheduleStatus.ENDED:
        begin_again(session, made, status, now)
