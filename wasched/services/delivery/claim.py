"""Taking due messages for sending: claimed, and with their attempt written before it is made."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, func, insert, inspect, select, update
from sqlmodel import Session, col

from wasched.domain.content import Content
from wasched.domain.filling import told
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.pacing import Pace, Use, Wait, may_send
from wasched.models import Account, Acquaintance, Attempt, Message, Recipient, Schedule
from wasched.services import accounts, phones, rendering
from wasched.services.changes import MESSAGES, announce
from wasched.services.delivery import late
from wasched.services.delivery.withheld import withhold

BATCH = 50
"""How many messages are claimed in one transaction where no gap is asked for."""


@dataclass(frozen=True)
class Claimed:
    """A message that this worker holds, with all it needs to be handed over."""

    message_id: int
    attempt: int
    to: str
    content: Content
    secret: bytes
    recipient_id: int
    late_at: datetime
    typing: bool = False


@dataclass(frozen=True)
class Rest:
    """Nothing to send before `until`; None when nothing is scheduled or the line is down."""

    until: datetime | None


@dataclass(frozen=True)
class _Due:
    """A message that waits for its turn, with what decides about it."""

    message: Message
    schedule: Schedule
    recipient: Recipient
    is_stranger: bool


def take(session: Session, account_id: int, now: datetime, rng: Random) -> list[Claimed] | Rest:
    """Claim what may go now, or say when to come again."""
    account = session.get(Account, account_id)
    if account is None or account.paused_at or account.state != LinkState.CONNECTED:
        return Rest(None)
    held_until = max(filter(None, (account.held_until, account.next_send_at)), default=None)
    if held_until is not None and held_until > now:
        return Rest(held_until if next_try(session, account_id) else None)
    due = _due(session, account_id, now)
    if not due:
        return Rest(_next_after_expiry(session, account, now))
    chosen = _choose(session, account, due, now)
    claimed = _claim(session, account, chosen, now)
    if claimed and account.gap_max_s > 0:
        gap = timedelta(seconds=rng.uniform(account.gap_min_s, account.gap_max_s))
        account.next_send_at = now + gap
        session.add(account)
    announce(session, account.owner_id, MESSAGES, now)
    return claimed or Rest(now)


def _next_after_expiry(session: Session, account: Account, now: datetime) -> datetime | None:
    until = next_try(session, account.id or 0)
    if until is not None and until <= now:  # only what is too late is left of what is due
        late.expire_of(session, account, now)
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


def give_back(session: Session, claims: list[Claimed]) -> None:
    """Undo claims whose messages were not handed over: neither failure nor attempt."""
    for one in claims:
        session.execute(delete(Attempt).where(col(Attempt.secret) == one.secret))
        session.execute(
            update(Message)
            .where(col(Message.id) == one.message_id, Message.status == Status.SENDING)
            .values(status=Status.SCHEDULED, attempts=one.attempt - 1)
        )


def pace_of(account: Account) -> Pace:
    """The knobs of an account as the domain knows them."""
    return Pace(
        gap_min=timedelta(seconds=account.gap_min_s),
        gap_max=timedelta(seconds=account.gap_max_s),
        daily_cap=account.daily_cap,
        stranger_cap=account.stranger_cap,
        quiet_from=account.quiet_from,
        quiet_to=account.quiet_to,
        typing=account.typing,
    )


def use_of(session: Session, account: Account, now: datetime) -> Use:
    """What an account has sent since its midnight, and to how many strangers."""
    start = accounts.midnight(account.zone, now)
    strangers = session.scalar(
        select(func.count()).where(
            Acquaintance.account_id == account.id, col(Acquaintance.since) >= start
        )
    )
    return Use(accounts.sent_since(session, account.id or 0, start), strangers or 0, None)


def _due(session: Session, account_id: int, now: datetime) -> list[_Due]:
    met = (
        select(Acquaintance.recipient_id)
        .where(
            Acquaintance.account_id == account_id,
            Acquaintance.recipient_id == Message.recipient_id,
        )
        .exists()
    )
    rows = session.execute(
        select(Message, Schedule, Recipient, met)
        .join(Schedule, col(Schedule.id) == Message.schedule_id)
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .where(
            Message.account_id == account_id,
            Message.status == Status.SCHEDULED,
            col(Message.try_at) <= now,
            col(Message.late_at) >= now,
        )
        .order_by(col(Message.try_at), col(Message.id))
        .limit(BATCH)
    )
    return [_Due(row[0], row[1], row[2], not row[3]) for row in rows]


def _choose(session: Session, account: Account, due: list[_Due], now: datetime) -> list[_Due]:
    """Those that the pace lets go now; the others are put off until it does."""
    pace, use, where = pace_of(account), use_of(session, account, now), ZoneInfo(account.zone)
    most = 1 if account.gap_max_s > 0 else BATCH
    chosen: list[_Due] = []
    for one in due:
        if len(chosen) == most:
            break
        if withhold(one.message, one.schedule, one.recipient, now):
            session.add(one.message)
            continue
        quiet = one.schedule.respects_quiet_hours
        own = pace if quiet else replace(pace, quiet_from=None, quiet_to=None)
        verdict = may_send(now, own, use, one.is_stranger, where)
        if isinstance(verdict, Wait):
            one.message.try_at, one.message.reason = verdict.until, verdict.sentence
            session.add(one.message)
            continue
        chosen.append(one)
        use = replace(
            use,
            sent_today=use.sent_today + 1,
            strangers_today=use.strangers_today + one.is_stranger,
        )
    return chosen


def _claim(session: Session, account: Account, chosen: list[_Due], now: datetime) -> list[Claimed]:
    """Take the messages by a conditional UPDATE and write their attempts."""
    taken = set(
        session.scalars(
            update(Message)
            .where(
                col(Message.id).in_([one.message.id for one in chosen]),
                Message.status == Status.SCHEDULED,
            )
            .values(status=Status.SENDING, attempts=Message.attempts + 1, reason="")
            .returning(col(Message.id))
            .execution_options(synchronize_session=False)
        )
    )
    claimed = [_claimed(account, one) for one in chosen if one.message.id in taken]
    if claimed:
        session.execute(
            insert(Attempt),
            [
                {
                    "message_id": one.message_id,
                    "number": one.attempt,
                    "secret": one.secret,
                    "started_at": now,
                }
                for one in claimed
            ],
        )
        texts = [{"m": one.message_id, "said": told(one.content)} for one in claimed]
        session.connection().execute(_SAYS, texts)
    return claimed


_SAYS = (
    update(inspect(Message).local_table)
    .where(col(Message.id) == bindparam("m"))
    .values(sent_text=bindparam("said"))
)


def _claimed(account: Account, one: _Due) -> Claimed:
    assert one.message.id is not None and one.recipient.id is not None
    return Claimed(
        message_id=one.message.id,
        attempt=one.message.attempts + 1,
        to=one.recipient.jid or phones.to_jid(one.recipient.phone or ""),
        content=rendering.for_message(one.schedule, one.message, one.recipient),
        secret=secrets.token_bytes(32),
        recipient_id=one.recipient.id,
        late_at=one.message.late_at,
        typing=account.typing,
    )
