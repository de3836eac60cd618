"""Whether the numbers that a message goes to are on WhatsApp: asked as they are added."""

from datetime import datetime

from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.services.caller import Caller
from wasched.services.permissions import Action, may
from wasched.services.recipients import number_checks
from wasched.services.schedules import requests
from wasched.services.schedules.requests import ScheduleRequest
from wasched.ui.core.session import ask_database, do_in_database

_AT_ONCE = 100
"""Numbers of more people than this are asked about without haste."""


async def look_up_numbers(user: Caller, request: ScheduleRequest) -> set[int | str]:
    """Let the worker ask about what is not known yet; returns who is not on WhatsApp."""
    if not may(user, Action.WRITE):
        return set()
    numbers = [one for one in request.to if isinstance(one, str)][:_AT_ONCE]

    def told(session: Session, now: datetime) -> tuple[int, list[str], list[int], set[int | str]]:
        space_id = requests.account_of(session, user, request).space_id
        absent = number_checks.absent_numbers(session, space_id, request.to)
        everybody = requests.recipients_of(session, space_id, request)[: requests.RECIPIENTS_MAX]
        if len(everybody) <= _AT_ONCE:
            return (
                space_id,
                number_checks.unknown_numbers(session, space_id, everybody, numbers, now),
                [],
                absent,
            )
        many = everybody if number_checks.count_unasked(session, space_id, everybody) else []
        return (
            space_id,
            number_checks.unknown_numbers(session, space_id, (), numbers, now),
            many,
            absent,
        )

    try:
        space_id, unknown, many, absent = await ask_database(told)
    except InputError:  # what is gone, the plan says
        return set()
    if unknown:
        await do_in_database(lambda s, now: number_checks.ask_checks(s, space_id, unknown, now))
    if many:
        await do_in_database(lambda s, now: number_checks.ask_about(s, many, now))
    return absent
