"""Where what was just sent or scheduled is seen, and what keeps it from going."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.models import Account, Message, Schedule, ScheduleStatus
from wasched.services.schedules import approval
from wasched.services.schedules.create import Scheduled
from wasched.services.schedules.preview_notes import about_account

_MORE = 2  # it is enough to know that there is more than one

_PAUSED = "Its schedule is paused. It goes out once you resume it."

_NAMED = 2
"""How many accounts that hold something up are named."""


@dataclass(frozen=True)
class LandingPage:
    """The message, 0 if they are several, and what is said of it."""

    message_id: int
    sentence: str


def landing_page(session: Session, made: Scheduled) -> LandingPage:
    """What to show of a message that was to go at once."""
    found = session.scalars(
        select(Message.id).where(col(Message.schedule_id) == made.schedule_id).limit(_MORE)
    ).all()
    held = approval.say_held(session.get_one(Schedule, made.schedule_id))
    said = say_on_its_way(session, [made.account_id], held=held)
    return LandingPage(found[0] or 0 if len(found) == 1 else 0, said)


def say_on_its_way(
    session: Session, account_ids: Collection[int], count: int = 1, held: str = ""
) -> str:
    """What becomes of messages that a person sends now through these accounts.

    `held` is what `approval.say_held` says of their schedules.
    """
    if held:
        return held
    if waits := why_it_waits(session, account_ids, is_now=True):
        return f"It waits. {waits}"
    return "On its way." if count == 1 else f"{count:,} on their way."


def say_what_holds(
    session: Session,
    account_ids: Collection[int],
    said: str,
    held: str = "",
    *,
    is_now: bool = False,
    is_paused: bool = False,
) -> str:
    """What was done, and what keeps it from going out: nothing is promised that is held up."""
    paused = [_PAUSED] if is_paused else []
    waits = why_it_waits(session, account_ids, is_now=is_now)
    return " ".join(one for one in (said, *paused, held, waits) if one)


def say_of_schedule(session: Session, made: Schedule, said: str) -> str:
    """The same of what a schedule is to send at its time."""
    is_paused = made.status == ScheduleStatus.PAUSED
    held = approval.say_held(made)
    return say_what_holds(session, [made.account_id], said, held, is_paused=is_paused)


def say_of_scheduled(session: Session, made: Scheduled, said: str) -> str:
    """The same of one that was just saved."""
    return say_of_schedule(session, session.get_one(Schedule, made.schedule_id), said)


def why_it_waits(session: Session, account_ids: Collection[int], *, is_now: bool) -> str:
    """What keeps accounts from sending, in sentences; empty if nothing does.

    A connection that comes back by itself counts for what goes now alone.
    """
    wanted = select(Account).where(col(Account.id).in_(account_ids)).order_by(col(Account.id))
    notes = [
        note
        for one in session.scalars(wanted)
        for note in about_account(session, one, is_now=is_now)
    ]
    said = [note.sentence for note in notes[:_NAMED]]
    if (more := len(notes) - _NAMED) > 0:
        said.append(f"{more} more {'account holds' if more == 1 else 'accounts hold'} it up too.")
    return " ".join(said)
