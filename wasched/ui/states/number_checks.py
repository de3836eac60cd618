"""Whether the numbers that a message goes to are on WhatsApp: asked as they are added."""

from datetime import datetime

from sqlmodel import Session

from wasched import tasks
from wasched.domain.errors import DraftError
from wasched.services import checks, drafting
from wasched.services.drafting import Draft
from wasched.services.views import SignedIn
from wasched.ui.states.session import ask, do

_AT_ONCE = 100
"""Whoever writes to more people by name than this waits for the checks after saving."""


async def look(user: SignedIn, draft: Draft) -> set[int | str]:
    """Let the worker ask about what is not known yet; returns who is not on WhatsApp."""
    ids = [one for one in draft.to if isinstance(one, int)][:_AT_ONCE]
    numbers = [one for one in draft.to if isinstance(one, str)][:_AT_ONCE]

    def told(session: Session, now: datetime) -> tuple[int, list[str], set[int | str]]:
        owner_id = drafting.account_of(session, user, draft).owner_id
        unknown = checks.unknown(session, owner_id, ids, numbers, now)
        return owner_id, unknown, checks.absent(session, owner_id, [*ids, *numbers])

    try:
        owner_id, unknown, absent = await ask(told)
    except DraftError:  # the account was removed, as the plan says
        return set()
    if unknown:
        tasks.check_soon(await do(lambda s, now: checks.ask(s, owner_id, unknown, now)))
    return absent
