"""Editing a schedule: all of it, one occurrence, or one and those that follow.

What went stays as it went: whoever has a message of an occurrence keeps it, and gets no other
for that occurrence, wherever the edit moves it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain import recurrence, wall_clock
from wasched.domain.errors import DraftError
from wasched.models import Account, Message, Schedule, ScheduleStatus, User
from wasched.services import drafting, members, occurrences
from wasched.services.drafting import Draft
from wasched.services.laying_out import last_begun, lay_out, move_occurrence
from wasched.services.occurrences import At
from wasched.services.schedules.drafts import draft_of
from wasched.services.schedules.leaving_out import leave_out
from wasched.services.schedules.steps import (
    Steered,
    change,
    changed,
    moved_on,
    take,
    waiting,
)
from wasched.services.scheduling import columns, go_to, step
from wasched.services.views import SignedIn

_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class _Edit:
    """A checked edit: the schedule as it is, what it shall be, and whom it goes to."""

    made: Schedule
    account: Account
    draft: Draft
    before: Draft
    to: list[int]
    now: datetime


def edit(
    session: Session,
    user: SignedIn,
    schedule_id: int,
    draft: Draft,
    now: datetime,
    *,
    scope: str = "all",
    occurrence_at: datetime | None = None,
    seen: datetime | None = None,
) -> Steered:
    """Change a schedule; DraftError changes nothing.

    `scope` is all, this or following, counted from the occurrence at an instant (the next one
    if none is named). `seen` is when the schedule had last been changed as the page knew it.
    """
    made = take(session, user, schedule_id, now, *set(ScheduleStatus) - {ScheduleStatus.CANCELLED})
    _refuse_if_changed(session, made, seen)
    while made.rrule and made.next_at is not None and made.next_at <= now:
        step(session, made, now)  # what has come is not the next one any more
    account = drafting.account_of(session, user, draft)
    drafting.check(session, user, account, draft, now)
    to = drafting.recipient_ids(session, account.owner_id, draft, now)
    one = _Edit(made, account, draft, draft_of(session, user, schedule_id), to, now)
    if scope == "all" or not made.rrule:
        return _all(session, one)
    at = _occurrence(made, occurrence_at, now)
    if scope == "this":
        return _this(session, one, at)
    if scope != "following":
        raise DraftError("", "Say whether it is for this one, those that follow, or all.")
    return _following(session, one, at)


def _refuse_if_changed(session: Session, made: Schedule, seen: datetime | None) -> None:
    if seen is not None and made.changed_at > seen:
        owner = session.get(User, made.owner_id)
        who = owner.name if owner else "Somebody"
        raise DraftError("changed", f"{who} changed this meanwhile. Look again before you save.")


def _occurrence(made: Schedule, at: datetime | None, now: datetime) -> At:
    """The occurrence that is meant, with its wall-clock time."""
    wanted = at or made.next_at
    if wanted is None or wanted <= now - _MOMENT:
        raise moved_on()
    if wanted == made.next_at and made.next_local is not None:
        return wanted, made.next_local
    found = next(recurrence.walk(occurrences.rule_of(made), wanted - _MOMENT), None)
    if found is None or found[0] != wanted:
        raise moved_on()
    return found


def _all(session: Session, one: _Edit) -> Steered:
    """Change the schedule itself; what has begun goes on in the new words."""
    made, draft = one.made, one.draft
    moves = draft.when != one.before.when
    start = drafting.start(draft, one.now) if moves else None
    for name, value in columns(draft, made.starts_local, one.now).items():
        setattr(made, name, value)
    made.owner_id = one.account.owner_id
    change(session, waiting(made), account_id=draft.account_id)
    _readdress(session, one, made)
    if start is not None:
        made.starts_local = start.local
        _move(session, made, _not_again(session, made, start))
    if draft.late_s != one.before.late_s:
        _stretch(session, made)
    changed(session, made, one.now)
    lay_out(session, made, one.now)
    assert made.id is not None
    return Steered(made.id, made.account_id, "Saved.", wake=True)


def _not_again(session: Session, made: Schedule, start: drafting.Start) -> At | None:
    """The first occurrence of a new rule on a day on which nothing went out yet."""
    if start.rule is None:
        return start.first
    begun = last_begun(session, made)
    if begun is None:
        return start.first
    last = wall_clock.local(begun, wall_clock.zone(made.zone)).date()
    later = recurrence.walk(start.rule, start.first[0] - _MOMENT)
    return next((one for one in later if one[1].date() > last), None)


def _move(session: Session, made: Schedule, at: At | None) -> None:
    """Let the next occurrence be another one, with the messages it has."""
    old = made.next_at
    if old is None and not made.rrule:  # it has begun: the rest of it moves
        old = session.scalar(
            select(col(Message.occurrence_at)).where(*waiting(made)).limit(1)
        ) or last_begun(session, made)
    if at is None:
        raise DraftError("when", "This never happens again. Change the days or the end.")
    if made.status == ScheduleStatus.ENDED:
        made.status = ScheduleStatus.ACTIVE
    if old is not None:
        move_occurrence(session, made, old, at[0])
    go_to(made, at)


def _readdress(session: Session, one: _Edit, made: Schedule) -> None:
    """Let it go to the people and lists chosen now; others get nothing more of it."""
    draft = one.draft
    members.address(session, made, one.to, draft.lists, draft.but_not, draft.but_not_people)
    members.leave_alone(session, made, one.now)


def _stretch(session: Session, made: Schedule) -> None:
    """Give unsent messages the new time that they may be late."""
    window = timedelta(seconds=made.late_window_s)
    for due_at in session.scalars(
        select(col(Message.due_at)).where(*waiting(made)).distinct()
    ).all():
        change(session, waiting(made, col(Message.due_at) == due_at), late_at=due_at + window)


def _this(session: Session, one: _Edit, at: At) -> Steered:
    """Make one occurrence a schedule of its own."""
    draft = replace(_from_day(one, at), rrule="", month_end="skip", exdates=())
    return _part(session, one, at, draft)


def _following(session: Session, one: _Edit, at: At) -> Steered:
    """End the schedule before an occurrence, and go on from it with another."""
    rule = occurrences.rule_of(one.made)
    passed = takewhile(lambda time: time < at[1], recurrence.wall_times(rule, rule.dtstart))
    if next(passed, None) is None:
        return _all(session, one)
    draft = _from_day(one, at)
    if draft.rrule == one.before.rrule:
        draft = replace(draft, rrule=recurrence.rest(rule, at[1]).rrule)
    later = tuple(one for one in draft.exdates if one.date() >= at[1].date())
    draft = replace(draft, exdates=later)
    steered = _part(session, one, at, draft)
    made = one.made
    before = recurrence.ending_before(rule, at[1])
    made.rrule, made.exdates = before.rrule, [one.isoformat() for one in before.exdates]
    if made.next_at is not None and made.next_at >= at[0]:
        go_to(made, None)
        made.status = ScheduleStatus.ENDED
    changed(session, made, one.now)
    return steered


def _from_day(one: _Edit, at: At) -> Draft:
    """The draft from the day of an occurrence on, unless another day was chosen."""
    draft = one.draft
    if draft.day != one.before.day or draft.clock is None:
        return draft
    clock = at[1].time() if draft.clock == one.before.clock else draft.clock
    return replace(draft, day=at[1].date(), clock=clock, fold=0)


def _part(session: Session, one: _Edit, at: At, draft: Draft) -> Steered:
    """Save a draft as a new schedule that takes over the messages of an occurrence."""
    made, now = one.made, one.now
    start = drafting.start(draft, now)
    status = ScheduleStatus.PAUSED if made.status == ScheduleStatus.PAUSED else "active"
    new = Schedule(
        owner_id=one.account.owner_id,
        created_at=now,
        status=status,
        **columns(draft, start.local, now),
    )
    go_to(new, start.first)
    session.add(new)
    session.flush()
    assert new.id is not None
    move_occurrence(session, made, at[0], start.first[0], new)
    _readdress(session, one, new)
    leave_out(session, made, at[1], now)
    changed(session, made, now)
    lay_out(session, made, now)
    lay_out(session, new, now)
    return Steered(new.id, new.account_id, "Saved.", wake=True)
