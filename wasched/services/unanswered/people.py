"""Who of a send has not: counted, and as people to be put into a list."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from wasched.domain.nudge import HasNot
from wasched.models import Message
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.unanswered.conditions import has_not

SendKey = tuple[int, datetime]
"""The schedule of a send, and the instant (UTC) at which its messages are due."""


def who_has_not(user: Caller, send: SendKey, who: HasNot) -> Select[Any]:
    """The ids of those whom a send reached and who have not; RoleError where that is not theirs."""
    require_reading(user, who)
    return select(col(Message.recipient_id)).where(
        permissions.visible_among(Message.space_id, user),
        col(Message.schedule_id) == send[0],
        col(Message.due_at) == send[1],
        has_not(who),
    )


def count_who_has_not(session: Session, user: Caller, send: SendKey, who: HasNot) -> int:
    """How many they are."""
    found = who_has_not(user, send, who).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def require_reading(user: Caller, who: HasNot) -> None:
    """RoleError for who may not know what people wrote back."""
    if who is HasNot.REPLIED:
        permissions.require(user, Action.READ_REPLIES)
