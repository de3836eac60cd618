"""A number that WhatsApp did not find: looked up before it is said that nobody has it.

Servers say so of a number that is registered in another form, too, and now and then of one that is
there.
"""

from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session

from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason
from wasched.domain.retry import next_try
from wasched.models import Recipient
from wasched.services.recipients import number_checks

_LOOK_UP = timedelta(seconds=5)
"""So long an answer may take; the next try waits for it."""

_OLD = timedelta(hours=1)
"""What is known of a number for so long is asked again, where a send says otherwise."""

_LOOKED_UP, _NOT_IN_TIME = Reason(Code.LOOKED_UP), Reason(Code.NOT_LOOKED_UP)


def next_step(
    session: Session, recipient_id: int, attempt: int, late_at: datetime, now: datetime, rng: Random
) -> dict[str, object]:
    """The columns of a message whose number was not found; empty if nobody has the number.

    The number is wished to be looked up.
    """
    person = session.get_one(Recipient, recipient_id)
    if person.phone is None or person.on_whatsapp is False:
        return {}
    number_checks.ask_checks(session, person.space_id, [person.phone], now, max_age=_OLD)
    again = next_try(now, attempt, late_at, rng)
    if again is None:
        return {"status": Status.MISSED, "reason": _NOT_IN_TIME, "settled_at": now}
    try_at = max(again, min(now + _LOOK_UP, late_at))
    return {"status": Status.SCHEDULED, "reason": _LOOKED_UP, "try_at": try_at}
