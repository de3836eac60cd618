"""Several messages that belong together, such as an album of pictures, one after the other."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.services.caller import Caller
from wasched.services.schedules import create
from wasched.services.schedules.create import Draft, Scheduled

TOGETHER_MAX = 30
"""As many pictures as WhatsApp itself lets people choose at once."""


def schedule_in_turn(
    session: Session, user: Caller, drafts: Sequence[Draft], now: datetime
) -> list[Scheduled]:
    """Save drafts that go out in their order at the same instant; all of them, or none."""
    if not drafts:
        raise InputError("text", "Write the message first.")
    if len(drafts) > TOGETHER_MAX:
        sentence = f"{len(drafts)} files at once; WhatsApp takes {TOGETHER_MAX}. Send some later."
        raise InputError("media", sentence)
    return [create.schedule(session, user, draft, now) for draft in drafts]
