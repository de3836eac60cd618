"""What became of messages in `sending` that nobody holds: after a crash, a lock, a full disk."""

from datetime import datetime
from random import Random

from sqlalchemy import select
from sqlmodel import Session

from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason
from wasched.domain.retry import next_try
from wasched.models import Account, Attempt, Message, Outcome
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery import receipts
from wasched.services.ports import Evidence, SendTrace

_NEVER_LEFT, _TRIED_AGAIN = Reason(Code.NEVER_LEFT), Reason(Code.TRIED_AGAIN)
_MAYBE, _NOBODY_KNOWS = Reason(Code.MAYBE_LEFT), Reason(Code.NOBODY_KNOWS)


def settle_messages(
    session: Session, account: Account, evidence: dict[int, Evidence], now: datetime, rng: Random
) -> None:
    """Decide by evidence each message left in `sending`; never send again on a guess.

    `evidence` maps message ids to what the session's store says of their last attempt.
    """
    for message, attempt in open_attempts(session, account.id or 0):
        known = evidence.get(message.id or 0)
        if known is not None:
            _settle_one(session, account, message, attempt, known, now, rng)
    if evidence:
        announce(session, account.space_id, MESSAGES, now)


def open_attempts(session: Session, account_id: int) -> list[tuple[Message, Attempt]]:
    """Messages of an account in `sending`, each with its last attempt."""
    return _last_attempts(session, account_id, Status.SENDING)


def nameless_attempts(session: Session, account_id: int) -> list[tuple[Message, Attempt]]:
    """Messages that may have left, by attempts of which nobody knows how they ended.

    A restore leaves them so. Their receipts can be told only once their id is known.
    """
    found = _last_attempts(session, account_id, Status.UNKNOWN)
    return [one for one in found if one[1].outcome == Outcome.OPEN]


def learn_ids(session: Session, account: Account, ids: dict[int, str], now: datetime) -> None:
    """Keep WhatsApp's ids of attempts, by message, and look at the receipts that came for them."""
    for message, attempt in nameless_attempts(session, account.id or 0):
        if found := ids.get(message.id or 0):
            attempt.whatsapp_id, attempt.outcome, attempt.ended_at = found, Outcome.UNKNOWN, now
    session.flush()
    receipts.apply_early(session, account, list(ids.values()))


def _last_attempts(
    session: Session, account_id: int, status: Status
) -> list[tuple[Message, Attempt]]:
    rows = session.execute(
        select(Message, Attempt)
        .join(
            Attempt,
            (Attempt.message_id == Message.id) & (Attempt.number == Message.attempts),
        )
        .where(Message.account_id == account_id, Message.status == status)
    )
    return [(row[0], row[1]) for row in rows]


def _settle_one(
    session: Session,
    account: Account,
    message: Message,
    attempt: Attempt,
    known: Evidence,
    now: datetime,
    rng: Random,
) -> None:
    attempt.ended_at = now
    if known.trace is SendTrace.NEVER_LEFT:
        attempt.outcome, attempt.detail = Outcome.NOT_SENT, _NEVER_LEFT
        # After a pause, for it may be what stopped the server.
        again = next_try(now, attempt.number, message.late_at, rng) or now
        message.status, message.try_at = Status.SCHEDULED, max(again, message.due_at)
        message.reason = _TRIED_AGAIN
    else:
        attempt.outcome, attempt.whatsapp_id = Outcome.UNKNOWN, known.message_id
        reason = _MAYBE if known.trace is SendTrace.LEFT else _NOBODY_KNOWS
        attempt.detail = message.reason = reason
        message.status, message.settled_at = Status.UNKNOWN, now
    session.add_all([attempt, message])
    session.flush()
    if known.message_id:
        receipts.apply_early(session, account, [known.message_id])
