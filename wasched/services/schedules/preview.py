"""What a request will do, told before anything is saved."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from wasched.domain import recurrence, sentences, wall_clock
from wasched.domain.errors import InputError
from wasched.domain.reasons import Reason
from wasched.models import Account
from wasched.services.caller import Caller
from wasched.services.schedules import estimate, requests
from wasched.services.schedules.estimate import Estimate, PacedGroup
from wasched.services.schedules.pace_choices import Spread, spread_of
from wasched.services.schedules.preview_notes import (
    Audience,
    PreviewNote,
    audience_of,
    days_over,
    left_out,
    preview_notes,
)
from wasched.services.schedules.requests import ScheduleRequest, Start

NEXT = 5
"""How many of the next times are shown."""


@dataclass(frozen=True)
class NextTime:
    """A time it goes out: the instant (UTC), the wall clock there, and what is odd about it.

    `own` is the rule's own time, which names the occurrence, also where clocks jump over it.
    `moved_from` is its usual instant, where somebody moved its messages; what `has_begun` is no
    occurrence to come of its schedule any more, only messages that wait.
    """

    at: datetime
    local: datetime
    own: datetime
    note: str = ""
    moved_from: datetime | None = None
    has_begun: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why it cannot be saved as it is, and in which field to mend it."""

    field: str
    reason: Reason


@dataclass(frozen=True)
class Preview:
    """What will happen; `done_at` is about when the last message of the first time goes."""

    sentence: str = ""
    zone: str = ""
    first_at: datetime | None = None
    next_times: list[NextTime] = field(default_factory=list)
    is_all: bool = False  # nothing comes after these times
    recipients: int = 0
    opted_out: int = 0
    strangers: int = 0
    done_at: datetime | None = None
    days: int = 1  # over how many days the first time is spread
    spread: Spread | None = None  # some would come too late: a question to answer
    pace: str = ""
    warnings: list[PreviewNote] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def preview(
    session: Session,
    user: Caller,
    request: ScheduleRequest,
    now: datetime,
    edited: int = 0,
    own_days: Collection[date] = (),
) -> Preview:
    """Say what a request will do and what is wrong with it; saves nothing.

    What cannot stand so is in `refusals`; only NotFoundError is raised. `edited` is the schedule
    that the request is to change, `own_days` are those of its dates that were changed alone.
    """
    refusals: list[Refusal] = []
    account = _try_check(refusals, requests.account_of, session, user, request)
    start = _try_check(refusals, requests.request_start, request, now)
    audience = None
    if account is not None:
        _try_check(refusals, requests.check_request, session, account, request, now)
        if start is not None:
            _try_check(refusals, requests.check_nudge, session, account, request, now)
        audience = _try_check(refusals, audience_of, session, account, request)
    told = _next_times(request, start, now, own_days) if start is not None else {}
    rule = start.rule if start is not None else None
    days_out = left_out(rule, now, own_days) if rule is not None else []
    if account is None or start is None or audience is None or not audience.total:
        total = audience.total if audience else 0
        return Preview(**told, recipients=total, warnings=days_out, refusals=refusals)
    ahead = _estimate_draft(session, account, request, start, audience, now, edited)
    done_at = ahead.last_at
    days = days_over(request, start, done_at, account)
    return Preview(
        **told,
        recipients=audience.total,
        opted_out=audience.opted_out,
        strangers=audience.strangers,
        done_at=done_at,
        days=days,
        spread=spread_of(start, audience.reached, ahead, days),
        pace=_pace_words(account),
        warnings=[
            *preview_notes(session, user, account, request, start, audience, ahead, now),
            *days_out,
        ],
        refusals=refusals,
    )


def check_spread(
    session: Session, user: Caller, request: ScheduleRequest, now: datetime, edited: int = 0
) -> None:
    """InputError (spread) if some of those it goes to would get it too late to get it at all."""
    account = requests.account_of(session, user, request)
    start, audience = requests.request_start(request, now), audience_of(session, account, request)
    ahead = _estimate_draft(session, account, request, start, audience, now, edited)
    days = days_over(request, start, ahead.last_at, account)
    found = spread_of(start, audience.reached, ahead, days)
    if found is not None:
        raise InputError("spread", found.sentence)


def next_times(rule: recurrence.Recurrence, now: datetime, limit: int = NEXT) -> list[NextTime]:
    """The next times of a rule, with clock changes and left-out days noted."""
    found = recurrence.preview_rule(rule, now, limit)
    return [NextTime(one.instant, one.local, one.own, one.note) for one in found]


def one_time(at: datetime, local: datetime, zone: str) -> NextTime:
    """A single time, with a note if the clocks jump over it or pass it twice."""
    where = wall_clock.zone(zone)
    shift = wall_clock.clock_shift(local, where, wall_clock.fold(at, where))
    return NextTime(at, wall_clock.local(at, where), local, shift.sentence)


def _try_check(refusals: list[Refusal], work: Any, *given: Any) -> Any:
    """The result of a check, or None with its refusal kept."""
    try:
        return work(*given)
    except InputError as refusal:
        refusals.append(Refusal(refusal.field, refusal.reason))
        return None


def _next_times(
    request: ScheduleRequest, start: Start, now: datetime, own_days: Collection[date]
) -> dict[str, Any]:
    at, local = start.first
    where = wall_clock.zone(request.zone)
    if start.rule is not None:
        times = next_times(start.rule, min(now, at - timedelta(seconds=1)))
        said = sentences.rule_sentence(recurrence.with_days(start.rule, own_days))
        is_all = len(times) < NEXT
    else:
        is_now = request.day is None
        times = [NextTime(at, local, local) if is_now else one_time(at, local, request.zone)]
        said, is_all = "Now" if is_now else sentences.once_words(at, where, now), True
    return {
        "sentence": said,
        "zone": request.zone,
        "first_at": at,
        "next_times": times,
        "is_all": is_all,
    }


def _estimate_draft(
    session: Session,
    account: Account,
    request: ScheduleRequest,
    start: Start,
    audience: Audience,
    now: datetime,
    edited: int,
) -> Estimate:
    if not audience.reached:
        return Estimate(None, 0)
    first = start.first[0]
    batch = PacedGroup(
        audience.reached,
        audience.strangers,
        first,
        first + timedelta(seconds=request.late_s),
        request.respects_quiet_hours,
        edited,
    )
    return estimate.estimate_group(session, account, batch, now)


def _pace_words(account: Account) -> str:
    if account.gap_max_s <= 0:
        return "one right after another"
    low, high = f"{account.gap_min_s:g}", f"{account.gap_max_s:g}"
    between = low if low == high else f"{low} to {high}"
    return f"one after another, {between} s apart"
