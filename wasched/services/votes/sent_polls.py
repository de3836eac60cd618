"""Polls as they were sent: a schedule that is edited later does not change what was asked."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from wasched.domain.content import Content, Poll
from wasched.models import Message, Recipient, Schedule, SentPoll
from wasched.services.content import rendering


def keep_polls(session: Session, sent: Iterable[tuple[int, Content]]) -> None:
    """Keep what is asked by messages (by id) that are about to be sent; other contents pass."""
    rows = [
        {
            "message_id": message_id,
            "question": poll.question,
            "options": list(poll.options),
            "choices": poll.choices,
        }
        for message_id, poll in sent
        if isinstance(poll, Poll)
    ]
    if rows:  # one that is tried again says what its schedule says by now
        ids = [row["message_id"] for row in rows]
        session.execute(delete(SentPoll).where(col(SentPoll.message_id).in_(ids)))
        session.execute(insert(SentPoll), rows)


def polls_of(session: Session, messages: Sequence[Message]) -> dict[int, SentPoll]:
    """The polls among messages, by id; of one sent by an older version what its schedule says."""
    ids = [one.id or 0 for one in messages]
    kept = session.scalars(select(SentPoll).where(col(SentPoll.message_id).in_(ids)))
    found = {one.message_id: one for one in kept}
    for message in messages:
        if message.id not in found and (poll := _from_schedule(session, message)):
            session.add(poll)
            found[poll.message_id] = poll
    return found


def _from_schedule(session: Session, message: Message) -> SentPoll | None:
    made = session.get(Schedule, message.schedule_id)
    recipient = session.get(Recipient, message.recipient_id)
    if made is None or message.id is None or not made.contents:
        return None
    said = rendering.compiled_contents(made).for_message(message.id, message.due_at, recipient)
    if not isinstance(said, Poll):
        return None
    return SentPoll(
        message_id=message.id,
        question=said.question,
        options=list(said.options),
        choices=said.choices,
    )
