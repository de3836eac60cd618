"""What the caps of an account have put off until the next day."""

from datetime import datetime, timedelta

from sqlalchemy import String, or_, type_coerce, update
from sqlmodel import Session, col

from wasched.domain.message import Status
from wasched.domain.reasons import Code
from wasched.models import Account, Message
from wasched.services import effects
from wasched.services.change_notes import MESSAGES, announce

_LONGEST_WAIT = timedelta(days=3)
"""What a cap puts off waits for a midnight, and for quiet hours behind it."""

_OF_CAPS = (Code.DAILY_CAP, Code.STRANGER_CAP, Code.WARM_UP_CAP, Code.WARM_UP_STRANGER_CAP)


def ask_again(session: Session, account: Account, now: datetime) -> None:
    """Look anew at what the caps of an account have put off, after they were changed."""
    said = type_coerce(col(Message.reason), String)
    session.execute(
        update(Message)
        .where(
            col(Message.account_id) == account.id,
            col(Message.status) == Status.SCHEDULED,
            col(Message.try_at) > now,
            col(Message.try_at) < now + _LONGEST_WAIT,
            col(Message.due_at) <= now,
            or_(*(said.startswith(_beginning(one), autoescape=True) for one in _OF_CAPS)),
        )
        .values(try_at=now)
    )
    announce(session, account.space_id, MESSAGES, now)
    effects.wake(session, account.id or 0, now)


def _beginning(code: Code) -> str:
    """How a reason with a code begins as it is stored."""
    return f'{{"code":"{code}"'
