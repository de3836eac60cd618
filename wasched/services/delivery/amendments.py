"""Deletions and corrections of what has gone out: whose turn it is, and how each ended.

They go ahead of what is to be sent, at the same pace, and by turns with messages that are due
(`sender.py`). What is handed over twice changes nothing the second time, so a crash leaves nothing
to be settled: what is not known to be done is done again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from wasched.domain.amendment import TRIES, AmendmentKind, AmendmentState
from wasched.domain.content import Content, from_json
from wasched.domain.errors import SendError
from wasched.domain.filling import tell_content
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.pacing import gap_between
from wasched.domain.reasons import NO_REASON, Code, Reason, because
from wasched.domain.retry import next_try
from wasched.models import Account, Amendment, Attempt, Message, Outcome, User
from wasched.services.accounts.pacing import pace_of
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery.claim import HEAD_START, Idle, opens_at
from wasched.services.server_stop import is_server_stopped

AT_ONCE = 20
"""So many have a turn where no gap is asked for, before messages have one."""

_LOOK_AGAIN = timedelta(seconds=3)
_TOO_LATE = {
    AmendmentKind.DELETE: Reason(Code.TOO_LATE_TO_DELETE),
    AmendmentKind.CORRECT: Reason(Code.TOO_LATE_TO_CORRECT),
}
_NOT_GONE, _MAYBE_GONE = Reason(Code.NOT_GONE_OUT), Reason(Code.MAYBE_GONE_OUT)


@dataclass(frozen=True)
class Turn:
    """A deletion or correction that is handed over now: of a message under these WhatsApp ids."""

    amendment_id: int
    whatsapp_ids: tuple[str, ...]
    content: Content | None
    tries: int
    until: datetime


@dataclass(frozen=True)
class Ended:
    """How a turn ended: with WhatsApp's id of the change, with an error, or untouched."""

    turn: Turn
    at: datetime
    whatsapp_id: str = ""
    error: SendError | None = None


def is_any_waiting(session: Session, account_id: int) -> bool:
    """True if something is to be deleted or corrected through the account, now or later."""
    waits = select(Amendment.id).where(*_waiting(account_id)).limit(1)
    return session.scalar(waits) is not None


def take_turns(session: Session, account_id: int, now: datetime, rng: Random) -> list[Turn] | Idle:
    """What is to be handed over now, its try counted; else when to come again."""
    account = session.get(Account, account_id)
    if account is None or account.state != LinkState.CONNECTED:
        return Idle(None)
    expire_amendments(session, now, account_id)
    going = [*_waiting(account_id), *_let_through(session, account)]
    due = session.scalar(select(func.min(Amendment.try_at)).where(*going))
    opens = opens_at(account, now)
    if due is None or max(due, opens) > now + HEAD_START:
        return Idle(max(due, opens) if due is not None else None)
    most = 1 if account.gap_max_s > 0 else AT_ONCE
    found = session.scalars(
        select(Amendment)
        .where(*going, col(Amendment.try_at) <= now + HEAD_START)
        .order_by(col(Amendment.until), col(Amendment.id))
        .limit(most)
    ).all()
    turns = [turn for one in found if (turn := _turn(session, one, now, rng)) is not None]
    if turns and account.gap_max_s > 0:
        account.next_send_at = now + gap_between(pace_of(account), rng)
        session.add(account)
    announce(session, account.space_id, MESSAGES, now)
    return turns or Idle(now)


def record_ends(session: Session, ended: Sequence[Ended]) -> None:
    """Write down how turns ended; what was asked for instead meanwhile is left as it is."""
    for one in ended:
        row = session.get(Amendment, one.turn.amendment_id)
        if row is None or row.state != AmendmentState.WAITING:
            continue
        if one.error is not None:
            _note_fault(row, one, one.error)
        elif one.whatsapp_id:
            _note_done(session, row, one)
        session.add(row)
        announce(session, row.space_id, MESSAGES, one.at)


def give_back(session: Session, turns: Sequence[Turn], now: datetime) -> None:
    """What the line did not take yet: neither failure nor try."""
    for one in turns:
        session.execute(
            update(Amendment)
            .where(
                col(Amendment.id) == one.amendment_id,
                col(Amendment.state) == AmendmentState.WAITING,
            )
            .values(tries=one.tries - 1, try_at=now)
        )


def expire_amendments(session: Session, now: datetime, account_id: int | None = None) -> None:
    """End what WhatsApp takes no more, whether or not its line is there."""
    for kind, why in _TOO_LATE.items():
        over = (
            col(Amendment.state) == AmendmentState.WAITING,
            col(Amendment.kind) == kind,
            col(Amendment.until) < now,
            *([] if account_id is None else [col(Amendment.account_id) == account_id]),
        )
        spaces = session.scalars(select(Amendment.space_id).where(*over).distinct()).all()
        if spaces:
            session.execute(
                update(Amendment)
                .where(*over)
                .values(state=AmendmentState.FAILED, reason=why, ended_at=now)
                .execution_options(synchronize_session=False)
            )
            session.expire_all()
        for one in spaces:
            announce(session, one, MESSAGES, now)


def overdue_accounts(session: Session, before: datetime, *, is_stopped: bool) -> set[int]:
    """The accounts at which something could have been deleted or corrected before an instant."""
    going = [
        col(Amendment.state) == AmendmentState.WAITING,
        col(Amendment.try_at) <= before,
        *([col(Amendment.kind) == AmendmentKind.DELETE] if is_stopped else []),
    ]
    return set(session.scalars(select(Amendment.account_id).where(*going).distinct()))


def _waiting(account_id: int) -> list[Any]:
    return [
        col(Amendment.account_id) == account_id,
        col(Amendment.state) == AmendmentState.WAITING,
    ]


def _let_through(session: Session, account: Account) -> list[Any]:
    """While all is stopped nothing new is said, but what is there may be deleted."""
    if account.paused_at is None and not is_server_stopped(session):
        return []
    return [col(Amendment.kind) == AmendmentKind.DELETE]


def _turn(session: Session, row: Amendment, now: datetime, rng: Random) -> Turn | None:
    """Count the try and say what is handed over; None where there is nothing to hand over."""
    message = session.get_one(Message, row.message_id)
    ids = _ids(session, row.message_id)
    session.add(row)
    if not ids:
        _settle_unsent(session, row, message, now)
        return None
    row.tries += 1
    row.try_at = next_try(now, row.tries, row.until, rng) or row.until
    content = from_json(row.content) if row.kind == AmendmentKind.CORRECT else None
    return Turn(row.id or 0, ids, content, row.tries, row.until)


def _ids(session: Session, message_id: int) -> tuple[str, ...]:
    """WhatsApp's ids of each time that a message left, or may have."""
    found = session.scalars(
        select(Attempt.whatsapp_id)
        .where(
            col(Attempt.message_id) == message_id,
            col(Attempt.whatsapp_id).is_not(None),
            col(Attempt.outcome).not_in((Outcome.REFUSED, Outcome.NOT_SENT)),
        )
        .order_by(col(Attempt.number))
    )
    return tuple(one for one in found if one)


def _settle_unsent(session: Session, row: Amendment, message: Message, now: datetime) -> None:
    """What was on its way when it was asked for, and has no id: it waits, or did not go out."""
    if message.status == Status.SENDING:
        row.try_at = now + _LOOK_AGAIN
        return
    row.ended_at = now
    if message.status == Status.SCHEDULED:  # it goes as corrected, or is cancelled
        row.state = AmendmentState.DONE
        if row.kind == AmendmentKind.DELETE:
            message.status, message.settled_at = Status.CANCELLED, now
            who = session.get(User, row.asked_by_id or 0)
            message.reason = because(Code.TAKEN_BACK_BY, user=who.name if who else "somebody")
        return
    row.state = AmendmentState.FAILED
    row.reason = _MAYBE_GONE if message.status == Status.UNKNOWN else _NOT_GONE


def _note_done(session: Session, row: Amendment, one: Ended) -> None:
    row.state, row.reason = AmendmentState.DONE, NO_REASON
    row.ended_at, row.whatsapp_id = one.at, one.whatsapp_id
    message = session.get_one(Message, row.message_id)
    if one.turn.content is None:
        message.taken_back_at = one.at
    else:
        message.sent_text = tell_content(one.turn.content)
    session.add(message)


def _note_fault(row: Amendment, one: Ended, error: SendError) -> None:
    row.reason = error.reason
    if error.permanent or one.turn.tries >= TRIES:
        row.state, row.ended_at = AmendmentState.FAILED, one.at
