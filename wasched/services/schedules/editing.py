"""Editing a schedule: all of it, one occurrence, or one and those that follow.

What went stays as it went: whoever has a message of an occurrence keeps it, and gets no other
for that occurrence, wherever the edit moves it. Days that were left out stay left out.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain import recurrence, wall_clock
from wasched.domain.errors import InputError
from wasched.domain.reasons import Code
from wasched.domain.schedule import ScheduleChoice
from wasched.models import Account, Message, Schedule, ScheduleStatus
from wasched.services import permissions, versions
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.schedules import approval, audience, nudges, occurrences, requests
from wasched.services.schedules.already_gone import AlreadyGone, already_gone, done_words
from wasched.services.schedules.carry_over import RowsBefore, carry_over
from wasched.services.schedules.create import go_to, schedule_columns
from wasched.services.schedules.ending import finish_schedule
from wasched.services.schedules.expand import last_begun, lay_out, move_occurrence
from wasched.services.schedules.occurrences import At
from wasched.services.schedules.own_dates import hand_on
from wasched.services.schedules.requests import ScheduleRequest
from wasched.services.schedules.skip import leave_out
from wasched.services.schedules.steps import (
    ActionResult,
    change_messages,
    come_to,
    moved_on,
    note_change,
    record_on_schedule,
    take_schedule,
    waiting_messages,
)
from wasched.services.schedules.timing import When
from wasched.services.schedules.to_request import request_of

_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class _Edit:
    """A checked edit: the schedule as it is, what it shall be, and whom it goes to."""

    user: Caller
    made: Schedule
    account: Account
    request: ScheduleRequest
    before: ScheduleRequest
    to: list[int]
    now: datetime
    gone: AlreadyGone


def edit_schedule(
    session: Session,
    user: Caller,
    schedule_id: int,
    request: ScheduleRequest,
    now: datetime,
    *,
    scope: str = "all",
    occurrence_at: datetime | None = None,
    if_version: int | None = None,
) -> ActionResult:
    """Change a schedule; InputError changes nothing.

    `scope` is all, this or following, counted from the occurrence at an instant (the next one
    if none is named). ChangedError if it is no more of the version that the caller has seen.
    """
    _check_version(session, user, schedule_id, if_version)
    made = take_schedule(session, user, schedule_id, now, ScheduleChoice.EDIT, narrows=True)
    gone = already_gone(session, made, now)
    come_to(session, made, now)
    account = requests.account_of(session, user, request)
    requests.check_request(session, account, request, now)
    requests.check_nudge(session, account, request, now, is_nudge=nudges.is_nudge(made))
    to = requests.recipient_ids(session, user, request, now)
    before = request_of(session, user, schedule_id)
    record_on_schedule(session, user, Code.CHANGED_SCHEDULE, schedule_id, now)
    asked = request.at(kept_out(request.when, before.when))
    one = _Edit(user, made, account, asked, before, to, now, gone)
    if scope == "all" or not made.rrule:
        return _edit_all(session, one)
    at = _meant_occurrence(made, occurrence_at, now)
    if scope == "this":
        return _edit_this(session, one, at)
    if scope != "following":
        raise InputError("", "Say whether it is for this one, those that follow, or all.")
    return _edit_following(session, one, at)


def kept_out(when: When, before: When) -> When:
    """A time that an edit asks for, still without the days that were left out before."""
    if not when.rrule:
        return replace(when, exdates=())
    return replace(when, exdates=tuple(sorted({*before.exdates, *when.exdates})))


def _check_version(
    session: Session, user: Caller, schedule_id: int, if_version: int | None
) -> None:
    """ChangedError to who has not seen the last change; it says whose it was."""
    made = permissions.fetch_own(session, Schedule, schedule_id, user, Action.WRITE)
    is_gone = if_version is not None and made.status == ScheduleStatus.CANCELLED
    versions.check_version(session, user, made, if_version, is_gone=is_gone)


def _meant_occurrence(made: Schedule, at: datetime | None, now: datetime) -> At:
    """The occurrence that is meant, with its wall-clock time."""
    wanted = at or made.next_at
    if wanted is None or made.next_at is None or wanted < max(made.next_at, now - _MOMENT):
        raise moved_on()  # it has come, or went out ahead of its time
    if wanted == made.next_at and made.next_local is not None:
        return wanted, made.next_local
    found = next(recurrence.walk_rule(occurrences.rule_of(made), wanted - _MOMENT), None)
    if found is None or found[0] != wanted:
        raise moved_on()
    return found


def _edit_all(session: Session, one: _Edit) -> ActionResult:
    """Change the schedule itself; what has begun goes on in the new words."""
    made, request = one.made, one.request
    moves, nudged = request.when != one.before.when, dict(made.nudge)
    start = requests.request_start(request, one.now) if moves else None
    before = _laid_out(session, made)
    for name, value in schedule_columns(request, made.starts_local, one.now).items():
        setattr(made, name, value)
    approval.saved_by(session, one.user, made, one.now)
    if made.rrule:  # it is no date of a series any more
        made.series_id = made.series_day = None
    change_messages(session, waiting_messages(made), account_id=request.account_id)
    _readdress(session, one, made)
    if start is not None:
        made.starts_local = start.local
        if not made.rrule and before is not None:
            _put_in_place(session, made, before.since, one.now)
        _move_next(session, made, before, _not_again(session, made, before, start))
    if request.late_s != one.before.late_s:
        _stretch_window(session, made)
    note_change(session, made, one.now)
    lay_out(session, made, one.now)
    nudges.follow_edit(session, made, nudged, one.now)
    return _saved(session, one, made)


def _laid_out(session: Session, made: Schedule) -> RowsBefore | None:
    """How it is laid out from the next occurrence on; None if nothing of it can move."""
    since = made.next_at
    if since is None and not made.rrule:  # it has begun: the rest of it moves
        since = last_begun(session, made)
    return RowsBefore.of(made, since) if since is not None else None


def _not_again(
    session: Session, made: Schedule, before: RowsBefore | None, start: requests.Start
) -> At | None:
    """The first occurrence of a new rule on a day on which nothing went out yet."""
    if start.rule is None or (before is not None and before.rule is None):
        return start.first
    begun = last_begun(session, made, before.since if before else None)
    if begun is None:
        return start.first
    zone = before.zone if before else made.zone
    last = wall_clock.local(begun, wall_clock.zone(zone)).date()
    later = recurrence.walk_rule(start.rule, start.first[0] - _MOMENT)
    return next((one for one in later if one[1].date() > last), None)


def _move_next(session: Session, made: Schedule, before: RowsBefore | None, at: At | None) -> None:
    """Let the next occurrence be another one, and what is laid out follow its days."""
    if at is None:
        raise InputError("when", "This never happens again. Change the days or the end.")
    if made.status == ScheduleStatus.ENDED:
        made.status = ScheduleStatus.ACTIVE
    go_to(made, at)
    if before is not None:
        carry_over(session, made, before, made)


def _put_in_place(session: Session, made: Schedule, at: datetime, now: datetime) -> None:
    """Let what was moved by hand be where it was: the edit says when it goes."""
    ahead = waiting_messages(made, col(Message.occurrence_at) == at, col(Message.due_at) > now)
    change_messages(session, ahead, due_at=at, late_at=at + timedelta(seconds=made.late_window_s))


def _readdress(session: Session, one: _Edit, made: Schedule) -> None:
    """Let it go to the people and lists chosen now; others get nothing more of it."""
    request = one.request
    audience.address_schedule(
        session, made, one.to, request.lists, request.but_not, request.but_not_people
    )
    audience.leave_alone(session, made, one.now)


def _stretch_window(session: Session, made: Schedule) -> None:
    """Give unsent messages the new time that they may be late."""
    window = timedelta(seconds=made.late_window_s)
    for due_at in session.scalars(
        select(col(Message.due_at)).where(*waiting_messages(made)).distinct()
    ).all():
        change_messages(
            session, waiting_messages(made, col(Message.due_at) == due_at), late_at=due_at + window
        )


def _edit_this(session: Session, one: _Edit, at: At) -> ActionResult:
    """Make one occurrence a schedule of its own."""
    made, request = one.made, replace(_from_day(one, at), rrule="", month_end="skip", exdates=())
    new = _add_successor(session, one, request)
    assert new.next_at is not None
    new.series_id, new.series_day = made.id, at[1].date()
    _put_in_place(session, made, at[0], one.now)
    move_occurrence(session, made, at[0], new.next_at, new)
    leave_out(session, made, at[1], one.now)
    note_change(session, made, one.now)
    lay_out(session, made, one.now)
    return _begin_successor(session, one, new)


def _edit_following(session: Session, one: _Edit, at: At) -> ActionResult:
    """End the schedule before an occurrence, and go on from it with another."""
    made, rule = one.made, occurrences.rule_of(one.made)
    passed = takewhile(lambda time: time < at[1], recurrence.wall_times(rule, rule.dtstart))
    if next(passed, None) is None:
        return _edit_all(session, one)
    request = _from_day(one, at)
    if (one.request.day, request.rrule) == (one.before.day, one.before.rrule):
        request = replace(request, rrule=recurrence.rest_of_rule(rule, at[1]).rrule)
    left_out = tuple(one for one in request.exdates if one.date() >= at[1].date())
    new = _add_successor(session, one, replace(request, exdates=left_out))
    carry_over(session, made, RowsBefore.of(made, at[0]), new)
    hand_on(session, made, at[1].date(), new)
    ended = recurrence.ending_before(rule, at[1])
    made.rrule, made.exdates = ended.rrule, [one.isoformat() for one in ended.exdates]
    if made.next_at is not None and made.next_at >= at[0]:
        finish_schedule(session, made, one.now)
    note_change(session, made, one.now)
    return _begin_successor(session, one, new)


def _from_day(one: _Edit, at: At) -> ScheduleRequest:
    """The request from the day of an occurrence on, unless another day was chosen."""
    request = one.request
    if request.day != one.before.day or request.clock is None:
        return request
    clock = at[1].time() if request.clock == one.before.clock else request.clock
    return replace(request, day=at[1].date(), clock=clock, fold=0)


def _add_successor(session: Session, one: _Edit, request: ScheduleRequest) -> Schedule:
    """The schedule that takes over from an occurrence on; nothing of it is laid out yet."""
    start = requests.request_start(request, one.now)
    is_paused = one.made.status == ScheduleStatus.PAUSED
    new = Schedule(
        space_id=one.account.space_id,
        made_by_id=one.made.made_by_id,
        changed_by_id=one.made.changed_by_id,
        created_at=one.now,
        status=ScheduleStatus.PAUSED if is_paused else ScheduleStatus.ACTIVE,
        **schedule_columns(request, start.local, one.now),
    )
    go_to(new, start.first)
    approval.saved_by(session, one.user, new, one.now)
    session.add(new)
    session.flush()
    return new


def _begin_successor(session: Session, one: _Edit, new: Schedule) -> ActionResult:
    """Let the schedule that took over go to whom it shall, with what it was handed."""
    _readdress(session, one, new)
    lay_out(session, new, one.now)
    nudges.follow_edit(session, new, one.made.nudge, one.now)
    return _saved(session, one, new)


def _saved(session: Session, one: _Edit, made: Schedule) -> ActionResult:
    """What was saved waits or goes as it is approved now."""
    approval.settle(session, made)
    assert made.id is not None
    said = done_words("Saved", one.gone, one.user, one.now, " as it was")
    return ActionResult(made.id, f"{said} {approval.say_held(made)}".strip())
