"""What a message's page tells of the votes and reactions to it, and to its whole send."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.models import Message, Recipient, RecipientKind
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.votes import tally
from wasched.services.votes.vote_views import PollTally, Reactions


@dataclass(frozen=True)
class MessageAnswers:
    """Of a poll its own tally, and that of its send where more were asked."""

    own: PollTally | None
    whole: PollTally | None
    reactions: Reactions
    is_group: bool


def answers_to(session: Session, user: Caller, message_id: int) -> MessageAnswers:
    """What came back to a message; NotFoundError if the user may not see it."""
    message = permissions.fetch_own(session, Message, message_id, user, Action.LOOK)
    to = session.get_one(Recipient, message.recipient_id)
    own = tally.tally_message(session, user, message_id)
    is_one_of_many = own is not None and _has_others(session, message)
    send = (message.schedule_id, message.due_at)
    return MessageAnswers(
        own=own,
        whole=tally.tally_send(session, user, send) if is_one_of_many else None,
        reactions=tally.react_message(session, user, message_id),
        is_group=to.kind == RecipientKind.GROUP,
    )


def _has_others(session: Session, message: Message) -> bool:
    """True if more messages belong to its send."""
    of_send = col(Message.schedule_id) == message.schedule_id
    at_its_time = col(Message.due_at) == message.due_at
    others = select(col(Message.id)).where(of_send, at_its_time, col(Message.id) != message.id)
    return session.scalar(others.limit(1)) is not None
