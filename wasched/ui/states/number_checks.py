"""Whether the numbers that a message goes to are on WhatsApp: asked as they are added."""

from datetime import datetime

from sqlmodel import Session, col

from wasched import tasks
from wasched.domain.errors import DraftError
from wasched.models import Recipient
from wasched.services import checks, drafting
from wasched.services.drafting import Draft
from wasched.services.views import SignedIn
from wasched.ui.states.session import ask, do

_AT_ONCE = 100
"""Numbers of more people than this are asked about without haste."""


async def look(user: SignedIn, draft: Draft) -> set[int | str]:
    """Let the worker ask about what is not known yet; returns who is not on WhatsApp."""
    numbers = [one for one in draft.to if isinstance(one, str)][:_AT_ONCE]

    def told(session: Session, now: datetime) -> tuple[int, list[str], list[int], set[int | str]]:
        owner_id = drafting.account_of(session, user, draft).owner_id
        absent = checks.absent(session, owner_id, draft.to)
        everybody = drafting.audience(session, owner_id, draft)[: drafting.RECIPIENTS_MAX]
        if len(everybody) <= _AT_ONCE:
            return owner_id, checks.unknown(session, owner_id, everybody, numbers, now), [], absent
        many = everybody if checks.unasked(session, owner_id, everybody) else []
        return owner_id, checks.unknown(session, owner_id, (), numbers, now), many, absent

    try:
        owner_id, unknown, many, absent = await ask(told)
    except DraftError:  # what is gone, the plan says
        return set()
    if unknown:
        tasks.check_soon(await do(lambda s, now: checks.ask(s, owner_id, unknown, now)))
    if many:
        await do(lambda s, now: checks.ask_about(s, col(Recipient.id).in_(many), now))
    return absent
