"""The end of a schedule, and its way back: nothing is left behind that nobody can reach."""

from datetime import datetime

from sqlmodel import Session

from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import Code, Reason
from wasched.models import Schedule, ScheduleStatus
from wasched.services.schedules import audience
from wasched.services.schedules.occurrences import go_to
from wasched.services.schedules.steps import change_messages, held_messages, waiting_messages

WAS_PAUSED = Reason(Code.WAS_PAUSED)


def finish_schedule(session: Session, made: Schedule, now: datetime) -> None:
    """Let nothing more of it be laid out.

    What a pause held back asks a person, for what has ended cannot be resumed.
    """
    if made.status == ScheduleStatus.PAUSED:
        held_back = held_messages(made)
        change_messages(session, held_back, status=Status.MISSED, reason=WAS_PAUSED, settled_at=now)
    go_to(made, None)
    made.status = ScheduleStatus.ENDED


def begin_again(session: Session, made: Schedule, status: str, now: datetime) -> None:
    """Let one that was over go on in a status, to whom it goes by its lists as they are now."""
    made.status = status
    audience.gather_members(session, made)
    audience.leave_alone(session, made, now)
    if status == ScheduleStatus.PAUSED:
        change_messages(session, waiting_messages(made), try_at=NO_TRY)
