"""Answers kept with what a request did, for the same request that comes a second time."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.models import KeptAnswer
from wasched.services.caller import Caller

KEPT_FOR = timedelta(hours=24)
FIELD = "Idempotency-Key"


def find_answer(
    session: Session, program: Caller, name: str, request_hash: str, now: datetime
) -> KeptAnswer | None:
    """What was answered to the request of this name; InputError if that was another request."""
    kept = session.get(KeptAnswer, (program.key_id, name))
    if kept is None:
        return None
    if kept.at <= now - KEPT_FOR:
        session.delete(kept)
        session.flush()
        return None
    if kept.request_hash != request_hash:
        sentence = "This Idempotency-Key came with another request before. Take a new one."
        raise InputError(FIELD, sentence)
    return kept


def keep_answer(
    session: Session,
    program: Caller,
    name: str,
    request_hash: str,
    answer: tuple[str, str],
    now: datetime,
) -> None:
    """Keep an answer (its body and location) in the transaction of what it tells of."""
    body, location = answer
    session.add(
        KeptAnswer(
            key_id=program.key_id,
            name=name,
            request_hash=request_hash,
            body=body,
            location=location,
            at=now,
        )
    )


def forget_old_answers(session: Session, now: datetime) -> None:
    """Remove what was kept long enough."""
    session.execute(delete(KeptAnswer).where(col(KeptAnswer.at) <= now - KEPT_FOR))
