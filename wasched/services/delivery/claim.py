"""Taking due messages for sending: claimed and with their attempt written before it is made."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, insert, select, update
from sqlmodel import Session, col

from wasched.domain import content as contents
from wasched.domain.content import Content
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.pacing import Pace, Use, Wait, may_send, pick_variant
from wasched.models import Account, Acquaintance, Attempt, Message, Recipient, Schedule
from wasched.services import accounts, phones
from wasched.services.changes import MESSAGES, announce

BATCH = 50
"""How many messages are claimed in one transaction where no gap is asked for."""


@dataclass(frozen=True)
class Claimed:
    """A message that this worker holds, with all it needs to be handed over."""

    message_id: int
    attempt_id: int
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


def take(session: Session, account_id: int, now: datetime, rng: Random) -> list[Claimed] | Rest:
    """Claim what may go now, or say when to come again."""
    account = session.get(Account, account_id)
    if account is None or _is_held(account):
        return Rest(None)
    if account.held_until is not None and account.held_until > now:
        return Rest(account.held_until)
    rows = _due(session, account, now)
    if not rows:
        return Rest(next_try(session, account_id))
    pace, use, where = pace_of(account), _use(session, account, now), ZoneInfo(account.zone)
    claimed: list[Claimed] = []
    for row in rows:
        stranger = _is_stranger(session, account_id, row.recipient_id)
        verdict = may_send(now, pace, use, stranger, where)
        if isinstance(verdict, Wait):
            return claimed or _put_off(session, account, row, verdict, stranger)
        one = _claim(session, account, row, now)
        if one is not None:
            claimed.append(one)
            use = replace(
                use, sent_today=use.sent_today + 1, strangers_today=use.strangers_today + stranger
            )
        if pace.gap_max.total_seconds() > 0 and claimed:
            break
    if claimed and pace.gap_max.total_seconds() > 0:
        seconds = rng.uniform(account.gap_min_s, account.gap_max_s)
        account.next_send_at = now + (pace.gap_max * (seconds / account.gap_max_s))
        session.add(account)
    announce(session, account.owner_id, MESSAGES, now)
    return claimed or Rest(now)
