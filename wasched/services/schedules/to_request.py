"""From a schedule back to the request it was made of: to edit it, or to make another like it."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain import content as contents
from wasched.domain import nudge, wall_clock
from wasched.models import Schedule, ScheduleRecipient
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.schedules import audience
from wasched.services.schedules.requests import ScheduleRequest


def request_of(session: Session, user: Caller, schedule_id: int) -> ScheduleRequest:
    """What a schedule says, to be changed; NotFoundError if the user may not see it."""
    made = permissions.fetch_own(session, Schedule, schedule_id, user, Action.LOOK)
    to = session.scalars(
        select(col(ScheduleRecipient.recipient_id))
        .where(col(ScheduleRecipient.schedule_id) == made.id, col(ScheduleRecipient.is_direct))
        .order_by(col(ScheduleRecipient.recipient_id))
    )
    lists, but_not, but_not_people = audience.named(session, schedule_id)
    return ScheduleRequest(
        account_id=made.account_id,
        to=tuple(to),
        lists=lists,
        but_not=but_not,
        but_not_people=but_not_people,
        contents=tuple(contents.from_json(one) for one in made.contents),
        day=made.starts_local.date(),
        clock=made.starts_local.time(),
        zone=made.zone,
        rrule=made.rrule,
        month_end=made.month_end,
        late_s=made.late_window_s,
        respects_quiet_hours=made.respects_quiet_hours,
        stops_on_reply=made.stops_on_reply,
        exdates=tuple(datetime.fromisoformat(one) for one in sorted(made.exdates)),
        fold=_fold(made),
        nudge=nudge.from_json(made.nudge),
    )


def duplicate_of(
    session: Session, user: Caller, schedule_id: int, now: datetime
) -> ScheduleRequest:
    """The same for a new schedule; a single time that is over becomes the next such time."""
    request = replace(request_of(session, user, schedule_id), exdates=())
    if request.rrule or request.day is None or request.clock is None:
        return request
    where = wall_clock.zone(request.zone)
    if wall_clock.instant(datetime.combine(request.day, request.clock), where, request.fold) > now:
        return request
    clock = request.clock.replace(second=0, microsecond=0)
    here = wall_clock.local(now, where)
    day = here.date() + timedelta(days=0 if clock > here.time() else 1)
    return replace(request, day=day, clock=clock, fold=0)


def _fold(made: Schedule) -> int:
    """Which of two times a single one is, if its wall clock shows it twice."""
    if made.rrule or made.next_at is None or made.next_local != made.starts_local:
        return 0
    return wall_clock.fold(made.next_at, wall_clock.zone(made.zone))
