"""Schedules: from what a person asks for to messages laid out for their instant."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import case, func, insert, literal, select
from sqlmodel import Session, col

from wasched.domain import content as contents
from wasched.domain.content import Content
from wasched.domain.content_rules import check_variants, preview_line
from wasched.domain.errors import DraftError
from wasched.domain.message import Status
from wasched.domain.wall_clock import UnknownZone, instant, zone
from wasched.models import (
    Account,
    Message,
    Recipient,
    Schedule,
    ScheduleRecipient,
    ScheduleStatus,
)
from wasched.services import access, media, occurrences, phones, recipients
from wasched.services.changes import MESSAGES, announce
from wasched.services.views import SignedIn

RECIPIENTS_MAX = 5_000
HORIZON = timedelta(days=3653)
LATE_MAX = timedelta(days=365)
GRACE = timedelta(minutes=1)
"""A time chosen this long ago still counts as now: people type slowly."""


@dataclass(frozen=True)
class Draft:
    """What a person asks for.

    `to` mixes recipient ids and typed phone numbers; `day` and `clock` are wall time in `zone`
    (an IANA name), both None for "now"; `late_s` is how many seconds late it may go.
    """

    account_id: int
    to: tuple[int | str, ...]
    contents: tuple[Content, ...]
    day: date | None
    clock: time | None
    zone: str
    rrule: str = ""
    month_end: str = "skip"
    late_s: int = 1800
    respects_quiet_hours: bool = False
    stops_on_reply: bool = False
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scheduled:
    """A saved schedule: its id, its account and the first instant (UTC)."""

    schedule_id: int
    account_id: int
    first_at: datetime


def schedule(session: Session, user: SignedIn, draft: Draft, now: datetime) -> Scheduled:
    """Save what a person asks for and lay out its first messages; DraftError saves nothing."""
    account = _account(session, user, draft)
    starts_local, first = _first(draft, now)
    check_variants(draft.contents)
    media.check_use(session, {user.id, account.owner_id}, draft.contents, now)
    if not 0 <= draft.late_s <= LATE_MAX.total_seconds():
        raise DraftError("late", "A message may be up to a year late.")
    chosen = _recipients(session, account.owner_id, draft, now)
    made = Schedule(
        owner_id=account.owner_id,
        account_id=draft.account_id,
        contents=[contents.to_json(one) for one in draft.contents],
        preview=preview_line(draft.contents[0]),
        starts_local=starts_local,
        zone=draft.zone,
        rrule=draft.rrule,
        month_end=draft.month_end,
        late_window_s=draft.late_s,
        respects_quiet_hours=draft.respects_quiet_hours,
        stops_on_reply=draft.stops_on_reply,
        next_at=first,
        tzdata=occurrences.tzdata_version(),
        created_at=now,
        changed_at=now,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    session.execute(
        insert(ScheduleRecipient),
        [{"schedule_id": made.id, "recipient_id": one} for one in chosen],
    )
    lay_out(session, made, now)
    return Scheduled(made.id, draft.account_id, first)


def lay_out(session: Session, made: Schedule, now: datetime) -> int:
    """Make the message rows of a schedule's next occurrence; returns how many are new.

    Safe to run twice: a row for the same schedule, occurrence and recipient is made once.
    """
    if made.next_at is None:
        return 0
    late_at = made.next_at + timedelta(seconds=made.late_window_s)
    opted_out = col(Recipient.opted_out_at).is_not(None)
    there = select(Message.recipient_id).where(
        Message.schedule_id == made.id, Message.occurrence_at == made.next_at
    )
    values: dict[str, Any] = {
        "owner_id": literal(made.owner_id),
        "schedule_id": literal(made.id),
        "account_id": literal(made.account_id),
        "recipient_id": ScheduleRecipient.recipient_id,
        "occurrence_at": literal(made.next_at, Message.__table__.c.due_at.type),
        "due_at": literal(made.next_at, Message.__table__.c.due_at.type),
        "try_at": literal(made.next_at, Message.__table__.c.due_at.type),
        "late_at": literal(late_at, Message.__table__.c.due_at.type),
        "status": case((opted_out, Status.SKIPPED.value), else_=Status.SCHEDULED.value),
        "reason": case((opted_out, "Asked for no more messages."), else_=""),
        "attempts": literal(0),
        "sent_text": literal(""),
    }
    rows = (
        select(*values.values())
        .join(Recipient, col(Recipient.id) == ScheduleRecipient.recipient_id)
        .where(
            ScheduleRecipient.schedule_id == made.id,
            col(ScheduleRecipient.recipient_id).not_in(there),
        )
        .order_by(col(ScheduleRecipient.recipient_id))
    )
    done = session.execute(insert(Message).from_select(list(values), rows))
    announce(session, made.owner_id, MESSAGES, now)
    return int(done.rowcount)


def advance(session: Session, now: datetime, limit: int = 200) -> list[int]:
    """Move schedules whose occurrence has come to their next one; returns accounts to wake."""
    due = session.scalars(
        select(Schedule)
        .where(Schedule.status == ScheduleStatus.ACTIVE, col(Schedule.next_at) <= now)
        .order_by(col(Schedule.next_at))
        .limit(limit)
    )
    woken = set()
    for made in due:
        made.next_at = occurrences.next_after(made, made.next_at or now)
        made.tzdata = occurrences.tzdata_version()
        if made.next_at is None:
            made.status = ScheduleStatus.ENDED
        session.add(made)
        session.flush()
        lay_out(session, made, now)
        woken.add(made.account_id)
    return sorted(woken)


def _account(session: Session, user: SignedIn, draft: Draft) -> Account:
    account = access.fetch(session, Account, draft.account_id, user)
    if account.removed_at is not None:
        raise DraftError("account", f"{account.name} was removed. Choose another account.")
    return account


def _first(draft: Draft, now: datetime) -> tuple[datetime, datetime]:
    """The wall-clock start and the first instant, refused when past or too far."""
    try:
        where = zone(draft.zone)
    except UnknownZone as fault:
        raise DraftError("zone", str(fault)) from None
    if draft.day is None and draft.clock is None:
        return now.astimezone(where).replace(tzinfo=None), now
    if draft.day is None or draft.clock is None:
        raise DraftError("when", "Choose a date and a time.")
    starts = datetime.combine(draft.day, draft.clock.replace(tzinfo=None))
    first = instant(starts, where)
    if draft.rrule:
        return starts, _first_of_rule(draft, starts, now)
    if first < now - GRACE:
        raise DraftError(
            "when",
            f"{starts.day} {starts:%B}, {starts:%H:%M} is over. Choose a later time.",
        )
    if first > now + HORIZON:
        raise DraftError("when", "A message can be scheduled up to ten years ahead.")
    return starts, first


def _first_of_rule(draft: Draft, starts: datetime, now: datetime) -> datetime:
    first = occurrences.first_of_rule(
        draft.rrule, starts, draft.zone, draft.month_end, now.astimezone(UTC)
    )
    if first is None:
        raise DraftError("when", "This never happens. Change the days or the end.")
    return first


def _recipients(session: Session, owner_id: int, draft: Draft, now: datetime) -> list[int]:
    if not draft.to:
        raise DraftError("to", "Say whom it goes to.")
    ids = {one for one in draft.to if isinstance(one, int)}
    for typed in draft.to:
        if isinstance(typed, str):
            number = phones.read(typed)
            row = recipients.person(session, owner_id, number, now, draft.names.get(typed, ""))
            assert row.id is not None
            ids.add(row.id)
    if len(ids) > RECIPIENTS_MAX:
        raise DraftError(
            "to", f"{len(ids):,} recipients; one schedule may have {RECIPIENTS_MAX:,}. Split them."
        )
    known = session.scalar(
        select(func.count()).where(Recipient.owner_id == owner_id, col(Recipient.id).in_(ids))
    )
    if known != len(ids):
        raise DraftError("to", "One of the recipients is gone. Choose again.")
    return sorted(ids)
