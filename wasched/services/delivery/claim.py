"""Taking due messages for sending: claimed, and with their attempt written before it is made."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import bindparam, delete, exists, insert, inspect, select, update
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.domain.content import Content
from wasched.domain.filling import tell_content
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.pacing import PaceUse, Wait, gap_between, may_send, without_quiet_hours
from wasched.domain.reasons import NO_REASON
from wasched.models import (
    Account,
    Approval,
    Attempt,
    Message,
    Outcome,
    RecipientKind,
    Schedule,
)
from wasched.services.accounts.pacing import pace_of
from wasched.services.accounts.todays_use import pace_today
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery import corrections, expiry, nudges, same_person
from wasched.services.delivery.due import Due, due_messages
from wasched.services.delivery.guards import blocked_columns
from wasched.services.delivery.send_holds import is_held
from wasched.services.delivery.send_watch import SendWatch
from wasched.services.server_stop import is_server_stopped
from wasched.services.votes import sent_polls

LEAST, MOST = 50, 500
"""How many messages are claimed in one transaction where no gap is asked for."""

HEAD_START = timedelta(milliseconds=30)
"""So long before its instant a message may be claimed, so that the claim makes it no later."""


@dataclass(frozen=True)
class Claimed:
    """A message that this worker holds, with all it needs to be handed over at its instant."""

    message_id: int
    at: datetime
    attempt: int
    to: str
    content: Content
    secret: bytes
    recipient_id: int
    late_at: datetime
    typing: bool = False
    is_nudge: bool = False


@dataclass(frozen=True)
class Idle:
    """Nothing goes before `until`; None when nothing is scheduled or the line is down."""

    until: datetime | None


_CHATS = (RecipientKind.PERSON, RecipientKind.GROUP)
"""Where somebody can see that one is typing."""


class TakenError(Exception):
    """Rows that were read as waiting did not wait any more; nothing is claimed."""


def claim_due(
    session: Session,
    account_id: int,
    now: datetime,
    rng: Random,
    most: int = LEAST,
    watch: SendWatch | None = None,
    *,
    is_caught_up: bool = True,
) -> list[Claimed] | Idle:
    """Claim what may go now or in a moment, `most` messages at most, or say when to come again.

    What goes badly is stopped instead, where there is a `watch` that looks. Nudges go only while
    it is known what people have answered (`is_caught_up`).
    """
    account = session.get(Account, account_id)
    if account is None or account.paused_at or account.state != LinkState.CONNECTED:
        return Idle(None)
    if is_server_stopped(session):
        return Idle(None)
    soon, opens = now + HEAD_START, opens_at(account, now)
    if opens > soon:
        return Idle(opens if next_try(session, account_id) else None)
    found = due_messages(session, account_id, now, soon, most, by_window=account.gap_max_s > 0)
    if not found:
        return Idle(_next_after_expiry(session, account, now, soon))
    large = (one.row for one in found if one.row.is_large_send)  # of others too little is known
    sends = {(one.schedule_id, one.occurrence_at) for one in large}
    if watch is not None and watch.stop_bad(session, account, sends, now):
        return Idle(now)
    asked = [one.row.id for one in found if one.is_nudge]
    put_off = nudges.columns_against(session, asked, now, is_caught_up=is_caught_up)
    chosen = _choose(session, account, found, soon, put_off)
    claimed = _claim(session, account, chosen, now, opens)
    if claimed and account.gap_max_s > 0:
        gap = gap_between(pace_of(account), rng)
        account.next_send_at = max(now, claimed[0].at) + gap
        session.add(account)
    announce(session, account.space_id, MESSAGES, now)
    return claimed or Idle(now)


def _next_after_expiry(
    session: Session, account: Account, now: datetime, soon: datetime
) -> datetime | None:
    until = next_try(session, account.id or 0)
    if until is not None and until <= soon:  # only what is too late is left of what is due
        expiry.expire_of(session, account, now)
        until = next_try(session, account.id or 0)
    return until


def next_try(session: Session, account_id: int) -> datetime | None:
    """The next instant at which a message of the account may be tried."""
    return session.scalar(
        select(Message.try_at)
        .where(Message.account_id == account_id, Message.status == Status.SCHEDULED)
        .order_by(col(Message.try_at))
        .limit(1)
    )


def opens_at(account: Account, now: datetime) -> datetime:
    """When the account may send next, by its gap and by WhatsApp's limits; `now` at the earliest.

    A gap that ends later than any gap can was begun before the clock was set back: it is over.
    """
    gap_ends = account.next_send_at or now
    if gap_ends > now + HEAD_START + timedelta(seconds=account.gap_max_s):
        gap_ends = now
    return max(now, gap_ends, account.held_until or now)


def give_back(session: Session, claims: list[Claimed]) -> None:
    """Undo claims whose messages were not handed over: neither failure nor attempt.

    Nothing of one that another worker has settled meanwhile.
    """
    for one in claims:
        undone = session.exec(
            update(Message)
            .where(
                col(Message.id) == one.message_id,
                Message.status == Status.SENDING,
                Message.attempts == one.attempt,
            )
            .values(status=Status.SCHEDULED, attempts=one.attempt - 1)
        )
        if undone.rowcount == 1:
            session.execute(delete(Attempt).where(col(Attempt.secret) == one.secret))


def _choose(
    session: Session,
    account: Account,
    found: list[Due],
    now: datetime,
    put_off: dict[int, dict[str, Any]],
) -> list[Due]:
    """Those that the pace lets go; the others are put off until it does."""
    pace, use = pace_today(session, account, now)
    where = wall_clock.zone(account.zone)
    always = without_quiet_hours(pace)
    most = 1 if account.gap_max_s > 0 else len(found)
    doubles = same_person.reasons_to_skip(session, account.space_id, [one.row for one in found])
    chosen: list[Due] = []
    for one in found:
        if len(chosen) == most:
            break
        if double := doubles.get(one.row.id):
            same_person.skip_same_person(session, {one.row.id: double}, now)
            continue
        if stopped := blocked_columns(one.row, one.schedule, now):
            _set(session, one, stopped)
            continue
        if held := put_off.get(one.row.id):
            _set(session, one, held)
            continue
        own = pace if one.schedule.respects_quiet_hours else always
        verdict = may_send(now, own, use, one.is_stranger, where)
        if isinstance(verdict, Wait):
            _set(session, one, {"try_at": verdict.until, "reason": verdict.reason})
            continue
        chosen.append(one)
        use = PaceUse(use.sent_today + 1, use.strangers_today + one.is_stranger)
    return chosen


def _set(session: Session, one: Due, values: dict[str, Any]) -> None:
    session.execute(update(Message).where(col(Message.id) == one.row.id).values(**values))


def _claim(
    session: Session, account: Account, chosen: list[Due], now: datetime, opens: datetime
) -> list[Claimed]:
    """Take the messages by a conditional UPDATE and write their attempts."""
    if not chosen:
        return []
    corrected = corrections.corrected_contents(session, [one.row.id for one in chosen])
    claimed = [_claimed(account, one, opens, corrected.get(one.row.id)) for one in chosen]
    texts = [{"m": one.message_id, "said": tell_content(one.content)} for one in claimed]
    connection = session.connection()
    if connection.execute(_TAKE, texts).rowcount != len(claimed):
        raise TakenError("Messages were claimed by somebody else between two statements.")
    attempts = [
        {
            "message_id": one.message_id,
            "number": one.attempt,
            "secret": one.secret,
            "started_at": now,
            "outcome": Outcome.OPEN,
            "detail": NO_REASON,
        }
        for one in claimed
    ]
    connection.execute(_ATTEMPTS, attempts)
    sent_polls.keep_polls(session, [(one.message_id, one.content) for one in claimed])
    return claimed


_TAKE = (
    update(inspect(Message).local_table)
    .where(
        col(Message.id) == bindparam("m"),
        Message.status == Status.SCHEDULED,
        # Whatever put it where it is due: what is not approved cannot be claimed.
        exists().where(
            col(Schedule.id) == Message.schedule_id, col(Schedule.approval) == Approval.GIVEN
        ),
        ~is_held(),
    )
    .values(
        status=Status.SENDING,
        attempts=Message.attempts + 1,
        reason=NO_REASON,
        sent_text=bindparam("said"),
    )
)
_ATTEMPTS = insert(inspect(Attempt).local_table)


def _claimed(account: Account, one: Due, opens: datetime, corrected: Content | None) -> Claimed:
    return Claimed(
        message_id=one.row.id,
        at=max(opens, one.row.try_at),
        attempt=one.row.attempts + 1,
        to=one.to,
        content=corrected or one.content(),
        secret=secrets.token_bytes(32),
        recipient_id=one.row.recipient_id,
        late_at=one.row.late_at,
        typing=account.typing and one.row.kind in _CHATS,
        is_nudge=one.is_nudge,
    )
