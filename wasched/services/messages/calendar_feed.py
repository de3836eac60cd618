"""What a calendar elsewhere shows of a space: what went lately, and what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from wasched.domain import wall_clock
from wasched.domain.message import Status
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.models import CalendarAddress, ScheduleStatus, Space
from wasched.services import permissions
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.messages import batches, calendar, feed_uids
from wasched.services.messages.calendar import Coming
from wasched.services.messages.filters import Filters
from wasched.services.messages.standing import Held, held_accounts, standing_line
from wasched.services.permissions import Action
from wasched.services.views import Batch

DAYS_BACK, DAYS_AHEAD = 28, 92
PAST_MAX, COMING_MAX = 300, 700
"""Sends that are listed: of those that went the last ones, of those to come the first."""


@dataclass(frozen=True)
class FeedLine:
    """One send, or one still to be laid out; `to` names whom it goes to where it is one or a list.

    `status` is one of a send (`standing.py`), or paused; `tally` counts its messages by status.
    """

    uid: str
    at: datetime
    schedule_id: int
    message_id: int  # of the one message, else 0
    status: str
    count: int
    to: str
    text: str
    account: str
    reason: Reason
    tally: dict[str, int]


@dataclass(frozen=True)
class Feed:
    """All of it, and whether there is more than is listed."""

    space: str
    lines: list[FeedLine]
    is_cut: bool


def read_feed(session: Session, user: Caller, now: datetime) -> Feed:
    """What the user sees of their space, from four weeks ago to three months ahead."""
    permissions.require(user, Action.LOOK)
    since, until = _span(user, now)
    went = Filters(tab="", since=since, until=now, newest_first=True)
    past = batches.batch_page(session, user, went, "", now, PAST_MAX)
    ahead = Filters(tab="", since=now, until=until)
    coming = batches.batch_page(session, user, ahead, "", now, COMING_MAX)
    by_rule = calendar.coming_occurrences(session, user, now, until, most=COMING_MAX + 1)
    soonest = sorted([*coming.sends, *by_rule], key=_at)
    shown = [*reversed(past.sends), *soonest[:COMING_MAX]]
    space = session.get_one(Space, user.space_id)
    is_cut = bool(past.next_cursor or coming.next_cursor or len(soonest) > COMING_MAX)
    return Feed(space.name, _lines(session, user, space, shown), is_cut)


def _lines(
    session: Session, user: Caller, space: Space, shown: Sequence[Batch | Coming]
) -> list[FeedLine]:
    sends = [one for one in shown if isinstance(one, Batch)]
    coming = [one for one in shown if isinstance(one, Coming)]
    uids = feed_uids.uids_of(session, space, sends, coming)
    held = held_accounts(accounts.account_names(session, user))
    return [
        _line_of_coming(one, uids[one.schedule_id, one.at])
        if isinstance(one, Coming)
        else _line_of_send(one, uids[one.schedule_id, one.row.due_at], held)
        for one in shown
    ]


def told_before(session: Session, user: Caller) -> dict[str, Any]:
    """What was told of each event at the user's address; nothing if they have none."""
    row = session.get(CalendarAddress, (user.id, user.space_id))
    return row.told if row else {}


def note_told(session: Session, user: Caller, told: dict[str, Any]) -> None:
    """Keep what is told now."""
    row = session.get(CalendarAddress, (user.id, user.space_id))
    if row is not None:
        row.told = told
        session.add(row)


def _span(user: Caller, now: datetime) -> tuple[datetime, datetime]:
    """Whole days of the reader, so that the same is told all day long."""
    where = wall_clock.zone(user.zone)
    today = now.astimezone(where).date()
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    return wall_clock.start_of(first, where), wall_clock.start_of(last, where)


def _at(one: Batch | Coming) -> datetime:
    return one.at if isinstance(one, Coming) else one.row.due_at


def _line_of_send(send: Batch, uid: str, held: Held) -> FeedLine:
    row = send.row
    is_paused = row.status == Status.SCHEDULED and row.reason.code is Code.PAUSED
    return FeedLine(
        uid=uid,
        at=row.due_at,
        schedule_id=send.schedule_id,
        message_id=row.id if send.count == 1 else 0,
        status=ScheduleStatus.PAUSED if is_paused else standing_line(send, held)[0],
        count=send.count,
        to=send.lists or (row.recipient if send.count == 1 else ""),
        text=row.text,
        account=row.account,
        reason=row.reason if send.count == 1 or row.status == Status.SCHEDULED else NO_REASON,
        tally=send.tally,
    )


def _line_of_coming(one: Coming, uid: str) -> FeedLine:
    """As it will be once it is laid out, for all that is known today."""
    return FeedLine(
        uid=uid,
        at=one.at,
        schedule_id=one.schedule_id,
        message_id=0,
        status=Status.SCHEDULED,
        count=one.others + 1,
        to=one.lists or ("" if one.others else one.recipient),
        text=one.text,
        account=one.account,
        reason=NO_REASON,
        tally={Status.SCHEDULED: one.others + 1},
    )
