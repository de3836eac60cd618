"""Writing down how attempts ended; many at once, for one commit is the dear part."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import bindparam, func, insert, inspect, or_, select, update
from sqlmodel import Session, col

from wasched.domain.errors import SendError
from wasched.domain.message import Status, sources_of
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.domain.retry import next_try
from wasched.models import Account, Acquaintance, Attempt, Message, Outcome
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery import not_found, receipts
from wasched.services.delivery.claim import Claimed
from wasched.services.ports import SendReceipt
from wasched.services.recipients import group_readers

POISON = 3
"""A message that ended the line so often while it was handed over is not tried again."""

_POISONED = Reason(Code.POISONED)


@dataclass(frozen=True)
class AttemptResult:
    """How one attempt ended: WhatsApp's answer, or what went wrong."""

    claimed: Claimed
    at: datetime
    handed: SendReceipt | None = None
    error: SendError | None = None
    whatsapp_id: str | None = None  # known from evidence although no answer came


def record_outcomes(
    session: Session, account: Account, ended: list[AttemptResult], rng: Random
) -> None:
    """Move each message on by how its attempt ended, and keep what a receipt needs."""
    _record_taken(session, account, [one for one in ended if one.handed is not None])
    faults = [one for one in ended if one.error is not None]
    for one in faults:
        _record_fault(session, one, rng)
    # The recipient's phone may have told what WhatsApp did not answer.
    receipts.apply_early(session, account, [one.whatsapp_id for one in faults if one.whatsapp_id])
    announce(session, account.space_id, MESSAGES, ended[-1].at)


def _record_taken(session: Session, account: Account, taken: list[AttemptResult]) -> None:
    if not taken:
        return
    rows = [
        {
            "m": one.claimed.message_id,
            "s": one.claimed.secret,
            "w": one.handed.message_id,
            "t": one.handed.at,
            "a": one.at,
        }
        for one in taken
        if one.handed is not None
    ]
    connection = session.connection()
    connection.execute(_TAKEN_ATTEMPT, rows)
    connection.execute(_TAKEN_MESSAGE, rows)
    _count_groups(session, account, taken)
    _meet(session, account, [one.claimed.recipient_id for one in taken], taken[-1].at)
    receipts.apply_early(session, account, [str(row["w"]) for row in rows])


_TAKEN_ATTEMPT = (
    update(inspect(Attempt).local_table)
    .where(col(Attempt.secret) == bindparam("s"))
    .values(outcome=Outcome.TAKEN, whatsapp_id=bindparam("w"), ended_at=bindparam("a"))
)
_TAKEN_MESSAGE = (
    update(inspect(Message).local_table)
    .where(
        col(Message.id) == bindparam("m"),
        # IN cannot be sent for many rows at once.
        or_(*(col(Message.status) == before for before in sorted(sources_of(Status.SENT)))),
    )
    .values(status=Status.SENT, sent_at=bindparam("t"), settled_at=bindparam("a"), reason=NO_REASON)
)


def _count_groups(session: Session, account: Account, taken: list[AttemptResult]) -> None:
    """Keep how many were in a group when it got a message: *read* waits for all of them."""
    groups = [one.claimed for one in taken if one.claimed.to.endswith("@g.us")]
    if not groups:
        return
    others = group_readers.count_others(session, account, [one.recipient_id for one in groups])
    for one in groups:
        if one.recipient_id in others:
            session.execute(
                update(Message)
                .where(col(Message.id) == one.message_id)
                .values(group_others=others[one.recipient_id])
            )


def _meet(session: Session, account: Account, recipient_ids: list[int], now: datetime) -> None:
    """Remember whom the account has written to: they are no strangers any more."""
    wanted = set(recipient_ids)
    known = set(
        session.scalars(
            select(Acquaintance.recipient_id).where(
                Acquaintance.account_id == account.id,
                col(Acquaintance.recipient_id).in_(wanted),
            )
        )
    )
    if wanted - known:
        session.execute(
            insert(Acquaintance),
            [
                {"account_id": account.id, "recipient_id": one, "since": now}
                for one in sorted(wanted - known)
            ],
        )


def _record_fault(session: Session, one: AttemptResult, rng: Random) -> None:
    error = one.error
    assert error is not None
    outcome = {False: Outcome.NOT_SENT, True: Outcome.REFUSED, None: Outcome.UNKNOWN}[error.left]
    session.execute(
        update(Attempt)
        .where(col(Attempt.secret) == one.claimed.secret)
        .values(outcome=outcome, ended_at=one.at, detail=error.reason, whatsapp_id=one.whatsapp_id)
    )
    session.execute(
        update(Message)
        .where(
            col(Message.id) == one.claimed.message_id,
            Message.status == Status.SENDING,
            Message.attempts == one.claimed.attempt,  # and no later one, of another worker
        )
        .values(**(_special(session, one, error, rng) or _after(one, error, rng)))
    )


def _special(
    session: Session, one: AttemptResult, error: SendError, rng: Random
) -> dict[str, object]:
    """The columns of a message whose fault asks for more than its own words say; else empty."""
    claimed = one.claimed
    if error.not_found:
        return not_found.next_step(
            session, claimed.recipient_id, claimed.attempt, claimed.late_at, one.at, rng
        )
    return _poison(session, one, error)


def _poison(session: Session, one: AttemptResult, error: SendError) -> dict[str, object]:
    """The columns of a message that ends the line whenever it is handed over; else empty.

    Tried again for ever, it would hold up all others of its account each time.
    """
    if not error.ended_line or error.left is not False:
        return {}
    times = session.scalar(
        select(func.count()).where(
            col(Attempt.message_id) == one.claimed.message_id,
            col(Attempt.outcome) == Outcome.NOT_SENT,
            col(Attempt.detail) == error.reason,
        )
    )
    if (times or 0) < POISON:
        return {}
    return {"status": Status.FAILED, "reason": _POISONED, "settled_at": one.at}


def _after(one: AttemptResult, error: SendError, rng: Random) -> dict[str, object]:
    """The columns of a message whose attempt failed."""
    settled = {"reason": error.reason, "settled_at": one.at}
    if error.left is None:
        return {"status": Status.UNKNOWN, **settled}
    if error.permanent:
        return {"status": Status.FAILED, **settled}
    again = next_try(one.at, one.claimed.attempt, one.claimed.late_at, rng)
    if again is None:
        return {"status": Status.MISSED, **settled}
    return {"status": Status.SCHEDULED, "reason": error.reason, "try_at": again}
