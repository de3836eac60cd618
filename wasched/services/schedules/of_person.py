"""What somebody scheduled who belongs to its space no longer."""

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlmodel import Session, col

from wasched.domain.message import Status
from wasched.domain.reasons import Code, because
from wasched.models import Message, Schedule, ScheduleStatus
from wasched.services import permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.schedules.schedule_actions import hold_schedule


def pause_schedules_of(session: Session, user: Caller, maker_id: int, now: datetime) -> int:
    """Pause all in the user's space that somebody made and that still sends; returns how many."""
    permissions.require(user, Action.MANAGE)
    waits = exists().where(
        col(Message.schedule_id) == Schedule.id, col(Message.status) == Status.SCHEDULED
    )
    is_ended = col(Schedule.status) == ScheduleStatus.ENDED
    found = session.scalars(
        select(col(Schedule.id)).where(
            permissions.visible_to(Schedule.space_id, user),
            Schedule.made_by_id == maker_id,
            or_(col(Schedule.status) == ScheduleStatus.ACTIVE, is_ended & waits),
        )
    ).all()
    for schedule_id in found:
        hold_schedule(session, user, schedule_id or 0, now)
    if found:
        what = because(Code.PAUSED_SCHEDULES_OF, user_id=maker_id, count=len(found))
        record_deed(session, user, what, now)
    return len(found)
