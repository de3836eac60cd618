"""Whom a request goes to, by name, for who is to agree to it."""

from sqlmodel import Session

from wasched.api.assistants.shapes import Recipient
from wasched.api.v1.ids import recipient_id
from wasched.domain.errors import InputError
from wasched.services.caller import Caller
from wasched.services.recipients import recipients
from wasched.services.schedules import requests
from wasched.services.schedules.requests import ScheduleRequest

_NAMED = 20


def first_recipients(
    session: Session, program: Caller, request: ScheduleRequest
) -> list[Recipient]:
    """The first of them, and numbers that are nobody's yet; none where somebody is gone."""
    try:
        ids = requests.recipients_of(session, program.space_id, request)[:_NAMED]
    except InputError:  # the preview says so
        return []
    known = requests.known_numbers(session, program.space_id, request)
    new = [one for one in requests.numbers(request) if one not in known]
    there = [
        Recipient(id=recipient_id(one.kind, one.id), name=one.name, number=one.detail)
        for one in recipients.those_recipients(session, program, ids)
    ]
    return [*there, *(Recipient(id="", name="", number=one) for one in new)][:_NAMED]
