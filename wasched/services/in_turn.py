"""Several messages that belong together, such as an album of pictures, one after the other."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from wasched.domain.errors import DraftError
from wasched.services import scheduling
from wasched.services.scheduling import Draft, Scheduled
from wasched.services.views import SignedIn

TOGETHER_MAX = 30
"""As many pictures as WhatsApp itself lets people choose at once."""


def schedule_in_turn(
    session: Session, user: SignedIn, drafts: Sequence[Draft], now: datetime
) -> list[Scheduled]:
    """Save drafts that go out in their order at the same instant; all of them, or none."""
    if not drafts:
        raise DraftError("text", "Write the message first.")
    if len(drafts) > TOGETHER_MAX:
        sentence = f"{len(drafts)} files at once; WhatsApp takes {TOGETHER_MAX}. Send some later."
        raise DraftError("media", sentence)
    return [scheduling.schedule(session, user, draft, now) for draft in drafts]
