"""Making a schedule of what a program sends."""

from datetime import datetime

from fastapi import Response
from pydantic import BaseModel
from sqlmodel import Session

from wasched.api.v1.ids import write_id
from wasched.api.v1.lists_of import LIMIT_MAX
from wasched.api.v1.message_views import message_out
from wasched.api.v1.once import Asked
from wasched.api.v1.requests import MessageIn, ScheduleIn, fields_of, request_of
from wasched.api.v1.schedule_views import ScheduledOut
from wasched.domain.opaque_ids import Kind
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.messages import message_rows
from wasched.services.schedules import create, preview, requests


def schedule_once(program: Caller, asked: Asked, body: MessageIn | ScheduleIn) -> Response:
    """Schedule it, once however often it is asked for by one Idempotency-Key."""

    def deed(session: Session, now: datetime) -> tuple[BaseModel, str]:
        told = schedule(session, program, body, now)
        return told, f"/api/v1/schedules/{told.id}"

    return asked.do(program, body, deed)


def schedule(
    session: Session,
    program: Caller,
    body: MessageIn | ScheduleIn,
    now: datetime,
    read_at: datetime | None = None,
) -> ScheduledOut:
    """Schedule it; words about time are read as of `read_at`, if that is not now."""
    with fields_of(body):
        request = request_of(session, program, body, read_at or now)
        # A session forgets what nobody holds, and each step asks for the account.
        _held = requests.account_of(session, program, request)
        preview.check_spread(session, program, request, now)
        made = create.create_schedule(session, program, request, now)
    return scheduled_out(session, program, made.schedule_id, now)


def scheduled_out(
    session: Session, program: Caller, schedule_id: int, now: datetime
) -> ScheduledOut:
    """What was scheduled, as it is answered."""
    made = schedules.as_scheduled(session, schedule_id, now)
    rows = message_rows.first_messages(session, program, schedule_id, now, LIMIT_MAX)
    first = min((one.due_at for one in rows), default=made.next_at or now)
    return ScheduledOut(
        id=write_id(Kind.SCHEDULE, schedule_id),
        sentence=made.sentence,
        zone=made.zone,
        first=first,
        recipients=made.recipients,
        messages=[message_out(one, program, now) for one in rows],
    )
