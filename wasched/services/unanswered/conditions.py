"""What it means that somebody has not: the one place that says so, for lists and for nudges.

A group counts as having voted, or replied, as soon as anybody in it but the sender has.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import col

from wasched.db import hints
from wasched.domain.message import GONE_OUT, Status
from wasched.domain.nudge import HasNot
from wasched.models import Account, Message, Reaction, Vote

REACHED: Mapping[HasNot, tuple[Status, ...]] = {
    HasNot.VOTED: tuple(sorted(GONE_OUT)),
    HasNot.REPLIED: tuple(sorted(GONE_OUT)),
    HasNot.READ: tuple(sorted(GONE_OUT)),
    HasNot.DELIVERED: tuple(sorted({*GONE_OUT, Status.UNKNOWN, Status.FAILED, Status.MISSED})),
}
"""Of those whose message stands so it is asked at all."""


def has_not(who: HasNot) -> ColumnElement[bool]:
    """Messages whose recipient could have done it and has not."""
    return and_(
        hints.off_index(Message.status, "").in_(REACHED[who]),
        col(Message.taken_back_at).is_(None),
        ~has_done(who),
    )


def has_done(who: HasNot, message: Any = Message) -> ColumnElement[bool]:
    """Messages whose recipient has done it; `message` may be an alias of the table."""
    voted = exists().where(*_by_another(Vote, message), _is_vote())
    reacted = exists().where(*_by_another(Reaction, message), col(Reaction.emoji) != "")
    replied = or_(col(message.replied_at).is_not(None), reacted)
    # Whoever answers has read it, whether or not their phone says so.
    read = or_(col(message.read_at).is_not(None), replied, voted)
    match who:
        case HasNot.VOTED:
            return voted
        case HasNot.REPLIED:
            return replied
        case HasNot.READ:
            return read
        case HasNot.DELIVERED:
            return or_(col(message.delivered_at).is_not(None), read)


def _is_vote() -> ColumnElement[bool]:
    """One that was not taken back; of one that cannot be read it is known that there is one."""
    return or_(col(Vote.chosen) > 0, col(Vote.chosen).is_(None))


def _by_another(table: Any, message: Any) -> tuple[ColumnElement[bool], ...]:
    """Answers to a message by anybody but the account that sent it."""
    number = func.coalesce(table.number, "")
    own_number = col(Account.jid).like(func.substr(number, 2) + "@%")
    own_lid = func.coalesce(table.lid, "") == func.coalesce(Account.lid, "none")
    return (
        col(table.message_id) == message.id,
        col(Account.id) == message.account_id,
        ~or_(func.coalesce(own_number, False), own_lid),
    )
