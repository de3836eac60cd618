"""Answers as they come: kept at once, and counted once it is known which message they are about."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from wasched.domain.link import ReactionSeen, VoteSeen
from wasched.domain.visible import clean_name
from wasched.models import Account, AnswerKind, UnsettledAnswer

KEPT = timedelta(days=1)
"""So long an answer waits for its message to be known; what is not by then never left here."""

_EMOJI_MAX = 80  # bytes


def keep_answer(
    session: Session, account: Account, event: VoteSeen | ReactionSeen, now: datetime
) -> None:
    """Keep a vote or a reaction; told twice it is kept twice, and counted once."""
    is_vote = isinstance(event, VoteSeen)
    session.add(
        UnsettledAnswer(
            account_id=account.id or 0,
            whatsapp_id=event.poll_id if isinstance(event, VoteSeen) else event.about_id,
            kind=AnswerKind.VOTE if is_vote else AnswerKind.REACTION,
            sender=event.sender,
            sender_alt=event.sender_alt or "",
            name=clean_name(event.name)[:200],
            iv=event.iv if isinstance(event, VoteSeen) else b"",
            body=event.body if isinstance(event, VoteSeen) else _emoji_bytes(event.emoji),
            at=event.at,
            kept_at=now,
        )
    )


def prune_answers(session: Session, now: datetime) -> None:
    """Forget what is about nothing that was sent from here, such as a poll made on the phone."""
    session.execute(delete(UnsettledAnswer).where(col(UnsettledAnswer.kept_at) < now - KEPT))


def _emoji_bytes(emoji: str) -> bytes:
    """What is longer than any emoji is none, and cut."""
    return emoji.encode()[:_EMOJI_MAX].decode(errors="ignore").encode()
