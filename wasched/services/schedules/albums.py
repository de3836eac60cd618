"""Several messages that belong together, such as an album of pictures, one after the other."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.services.caller import Caller
from wasched.services.schedules import create
from wasched.services.schedules.create import Scheduled, ScheduleRequest

TOGETHER_MAX = 30
"""As many pictures as WhatsApp itself lets people choose at once."""


def schedule_in_turn(
    session: Session, user: Caller, requests: Sequence[ScheduleRequest], now: datetime
) -> list[Scheduled]:
    """Save requests that go out in their order at the same instant; all of them, or none."""
    if not requests:
        raise InputError("text", "Write the message first.")
    if len(requests) > TOGETHER_MAX:
        sentence = f"{len(requests)} files at once; WhatsApp takes {TOGETHER_MAX}. Send some later."
        raise InputError("media", sentence)
    return [create.create_schedule(session, user, request, now) for request in requests]
