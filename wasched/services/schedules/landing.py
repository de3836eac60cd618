"""Where what was just sent or scheduled is seen, and what keeps it from going."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.models import Account, Message
from wasched.services.schedules.create import Scheduled
from wasched.services.schedules.preview_notes import about_account

_MORE = 2  # it is enough to know that there is more than one


@dataclass(frozen=True)
class Landing:
    """The message, 0 if they are several; `waits` says why it does not go yet."""

    message_id: int
    waits: str


def landing(session: Session, made: Scheduled) -> Landing:
    """What to show of a message that was to go at once."""
    found = session.scalars(
        select(Message.id).where(col(Message.schedule_id) == made.schedule_id).limit(_MORE)
    ).all()
    waits = why_it_waits(session, made.account_id)
    return Landing(found[0] or 0 if len(found) == 1 else 0, waits)


def why_it_waits(session: Session, account_id: int, *, goes_through_pause: bool = False) -> str:
    """What keeps an account from sending now, in a sentence; empty if nothing does."""
    notes = about_account(session.get_one(Account, account_id), is_now=True)
    return " ".join(
        note.sentence for note in notes if not (goes_through_pause and note.kind == "paused")
    )
