"""What earlier versions laid out twice, or on a day that was left out: a person decides about it.

Until it was mended, an edit of "this one and all after it" could leave a message of the schedule
that it ended, for a time that the one that took over has as well; and days that were left out
came back once the time of day was changed. Such messages wait in databases of that time.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import String, cast, or_, select, update
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.models import LIVE_STATUSES, Message, Schedule, ScheduleStatus, Setting
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.schedules import occurrences
from wasched.services.schedules.expand import lay_out

TWICE, LEFT_OUT = Reason(Code.LAID_OUT_TWICE), Reason(Code.DAY_LEFT_OUT)
STRANDED = Reason(Code.WAS_STRANDED)

_DONE = "looked_for_laid_out_twice"
_HAS_EXCEPTIONS = cast(col(Schedule.exdates), String) != "[]"


def ask_about(session: Session, now: datetime) -> int:
    """Hold such messages for a person, once for each database; returns how many."""
    if session.get(Setting, _DONE) is not None:
        return 0
    session.add(Setting(name=_DONE, value=now.isoformat()))
    held = sum(
        _hold_message(session, one, reason, now) for one, reason in list(_find_doubles(session))
    )
    for made in _on_days_left_out(session):
        occurrences.go_to(made, occurrences.next_occurrence(made))
        if made.next_at is None:
            made.status = ScheduleStatus.ENDED
        session.add(made)
        lay_out(session, made, now)
    return held


def _find_doubles(session: Session) -> Iterator[tuple[Message, Reason]]:
    waiting = (
        select(Message, Schedule)
        .join(Schedule, col(Schedule.id) == Message.schedule_id)
        .where(
            Message.status == Status.SCHEDULED,
            col(Schedule.rrule) != "",
            or_(col(Schedule.status) == ScheduleStatus.ENDED, _HAS_EXCEPTIONS),
        )
    )
    for message, made in session.execute(waiting):
        if reason := _wrong_with(message, made):
            yield message, reason


def _wrong_with(message: Message, made: Schedule) -> Reason:
    """Why a waiting message should not be there; none if it should."""
    if made.status == ScheduleStatus.ENDED:
        stranded = STRANDED if message.is_held_back else NO_REASON
        return TWICE if _is_after_the_end(message, made) else stranded
    if message.due_at != message.occurrence_at:
        return NO_REASON  # somebody moved it by hand, or sent it ahead of its time
    return (
        LEFT_OUT if _day_words(made, message.occurrence_at) in _days_left_out(made) else NO_REASON
    )


def _is_after_the_end(message: Message, made: Schedule) -> bool:
    try:
        until = occurrences.rule_of(made).parts.until
    except InputError:
        return False
    where = wall_clock.zone(made.zone)
    return until is not None and wall_clock.local(message.occurrence_at, where) > until


def _hold_message(session: Session, message: Message, reason: Reason, now: datetime) -> int:
    session.execute(
        update(Message)
        .where(col(Message.id) == message.id, col(Message.status) == Status.SCHEDULED)
        .values(status=Status.MISSED, reason=reason, settled_at=now, try_at=Message.due_at)
    )
    announce(session, message.space_id, MESSAGES, now)
    return 1


def _on_days_left_out(session: Session) -> list[Schedule]:
    alive = select(Schedule).where(
        col(Schedule.status).in_(LIVE_STATUSES),
        col(Schedule.next_at).is_not(None),
        col(Schedule.rrule) != "",
        _HAS_EXCEPTIONS,
    )
    found = session.scalars(alive).all()
    return [
        one for one in found if one.next_at and _day_words(one, one.next_at) in _days_left_out(one)
    ]


def _day_words(made: Schedule, at: datetime) -> str:
    return wall_clock.local(at, wall_clock.zone(made.zone)).date().isoformat()


def _days_left_out(made: Schedule) -> set[str]:
    return {one[:10] for one in made.exdates}
