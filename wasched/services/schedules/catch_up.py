"""Bringing schedules up to now: after a downtime, what can still go in time before the past.

A schedule is behind when the occurrence that is laid out has come. What its rule says next is
laid out first of all, wherever the schedule stands; only then are the days that were slept
through listed, in transactions so short that they hold up nobody.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice

from sqlalchemy import Select, func, select
from sqlalchemy.orm import load_only
from sqlmodel import Session, col

from wasched.models import Account, Schedule, ScheduleRecipient, ScheduleStatus
from wasched.services.delivery import expiry
from wasched.services.ports import Clock, Database
from wasched.services.schedules import occurrences
from wasched.services.schedules.expand import lay_out_at
from wasched.services.schedules.occurrences import At, go_to

ROWS_AT_ONCE = 1_000
"""About so many messages are laid out in one transaction, however many an occurrence has."""

ROWS_IN_A_DEED = 20_000
"""So many are laid out while a person waits for what they decided."""

AT_ONCE = timedelta(milliseconds=75)
BREATH = timedelta(milliseconds=25)
"""How long a transaction goes on, and the time between two: who waits for SQLite's lock looks
at least this often in the beginning, so it comes in between."""

_MOMENT = timedelta(microseconds=1)
_NEVER = datetime.max.replace(tzinfo=UTC)
_READ_AHEAD = 40


@dataclass(frozen=True)
class CatchUpStep:
    """One short transaction of the work; `is_needed` if it was about what can still go in time."""

    is_needed: bool


@dataclass(frozen=True, order=True)
class _Need:
    """A schedule that is behind, and by when it needs its next messages laid out."""

    by: datetime
    schedule_id: int


def work_off(database: Database, clock: Clock) -> Iterator[CatchUpStep]:
    """Bring every schedule up to now, the soonest first; a step is committed when it is given.

    What comes due meanwhile is taken in before the past goes on. Safe to run twice at once.
    """
    needs: list[_Need] = []
    looked_at: datetime | None = None
    while True:
        now = clock.now()
        come = database.answer(partial(_come, since=looked_at, now=now))
        _take_in(needs, come)
        if not needs and not database.answer(partial(is_any_behind, now=now)):
            return
        looked_at, is_needed = now, bool(needs)
        if needs:
            needs = database.transaction(partial(_lay_out_needed, needs=needs, clock=clock))
        else:
            database.transaction(partial(_list_past, clock=clock))
        yield CatchUpStep(is_needed)
        clock.sleep_until(clock.now() + BREATH)


def schedules_behind(now: datetime) -> Select[Schedule]:
    """The schedules whose occurrence has come, the one that is furthest behind first."""
    return (
        select(Schedule)
        .where(col(Schedule.status) == ScheduleStatus.ACTIVE, col(Schedule.next_at) <= now)
        .order_by(col(Schedule.next_at), col(Schedule.id))
    )


def bring_up(
    session: Session, made: Schedule, now: datetime, most: int | None = None
) -> tuple[int, bool]:
    """Lay out what came since the occurrence that is laid out, and the one to come.

    About `most` messages, if that is given; returns how many are new, and whether that is all.
    What is too late by now is laid out to wait like the rest: whoever calls expires it.
    """
    wanted, coming = _passed_dates(made, now, most)
    is_all = most is None or len(wanted) < most
    wanted += [coming] if is_all and coming else []
    if most is not None and len(wanted) > 1:
        few = max(most // max(_count_recipients(session, made), 1), 1)
        wanted, is_all = wanted[:few], is_all and len(wanted) <= few
    rows = lay_out_at(session, made, [at for at, _ in wanted], now, most)
    if most is not None and len(wanted) == 1 and rows >= most:
        return rows, False  # it goes to more than that: the schedule stays until all have theirs
    go_to(made, coming if is_all else wanted[-1])
    if made.next_at is None:
        made.status = ScheduleStatus.ENDED
    session.add(made)
    session.flush()
    return rows, is_all


def lay_out_coming(
    session: Session, made: Schedule, now: datetime, most: int | None = None
) -> tuple[int, bool]:
    """Lay out what can still go in time and the next one after it, wherever the schedule stands.

    Returns the same as `bring_up`; the schedule stays where it is, for the past is to come.
    """
    rows = 0
    for at, _ in _coming_dates(made, now):
        rows += lay_out_at(session, made, [at], now, None if most is None else most - rows)
        if most is not None and rows >= most:
            return rows, False
    return rows, True


def catch_up(session: Session, made: Schedule, now: datetime) -> bool:
    """Bring a schedule up to now before somebody changes it; False if that takes too long.

    So that a change is about what is to come, and nothing slept through is lost or comes twice.
    A schedule whose own occurrence has come, and none after it, is left as it is.
    """
    if made.status != ScheduleStatus.ACTIVE or made.next_at is None or made.next_at > now:
        return True
    passed, _ = _passed_dates(made, now)
    if not passed:
        return True
    if len(passed) * _count_recipients(session, made) > ROWS_IN_A_DEED:
        return False
    bring_up(session, made, now)
    _expire_of(session, {made.account_id}, now)
    return True


def _take_in(needs: list[_Need], come: Iterable[_Need]) -> None:
    for one in come:
        heapq.heappush(needs, one)


def _come(session: Session, since: datetime | None, now: datetime) -> list[_Need]:
    """What came due after an instant, or ever, with when the rest of it is needed."""
    statement = schedules_behind(now).order_by(None).options(load_only(*_OF_THE_RULE))
    if since is not None:
        statement = statement.where(col(Schedule.next_at) > since)
    come = []
    for made in session.scalars(statement.execution_options(yield_per=500)):
        come.append(_Need(_needed_by(made, now), made.id or 0))
        session.expunge(made)
    return come


_OF_THE_RULE = (
    Schedule.status,
    Schedule.next_at,
    Schedule.next_local,
    Schedule.rrule,
    Schedule.starts_local,
    Schedule.zone,
    Schedule.exdates,
    Schedule.month_end,
    Schedule.late_window_s,
)


def _needed_by(made: Schedule, now: datetime) -> datetime:
    """What is to come is needed at its instant, what has come before it is too late to go."""
    first = next(_coming_dates(made, now), None)
    if first is None:
        return _NEVER
    return first[0] if first[0] > now else first[0] + _late_window(made)


def is_any_behind(session: Session, now: datetime) -> bool:
    """True if an occurrence of some schedule has come, and the next is not laid out."""
    return session.scalar(schedules_behind(now).with_only_columns(Schedule.id).limit(1)) is not None


def _lay_out_needed(session: Session, needs: list[_Need], clock: Clock) -> list[_Need]:
    """Lay out the soonest of what is needed.

    Returns what is needed still; `needs` stays as it is, for this may be done twice.
    """
    began, rows, left = clock.now(), 0, needs.copy()
    taken = [heapq.heappop(left) for _ in range(min(len(left), _READ_AHEAD))]
    there = _fetch_schedules(session, taken)
    for place, need in enumerate(taken):
        if rows >= ROWS_AT_ONCE or clock.now() - began > AT_ONCE:
            _take_in(left, taken[place:])
            break
        made, now = there.get(need.schedule_id), clock.now()
        if made is None or made.next_at is None or made.next_at > now:
            continue  # somebody changed it meanwhile, which brought it up to now
        new, is_all = _bring_needed(session, made, now, _left_to_lay_out(rows))
        if not is_all:
            heapq.heappush(left, _Need(_needed_by(made, now), need.schedule_id))
        rows += new
    return left


def _bring_needed(session: Session, made: Schedule, now: datetime, most: int) -> tuple[int, bool]:
    """Lay out what is needed of one schedule; it moves on where nothing too late is in between."""
    first = next(occurrences.later_occurrences(made), None)
    if first is None or first[0] + _late_window(made) >= now:
        return bring_up(session, made, now, most)
    return lay_out_coming(session, made, now, most)


def _fetch_schedules(session: Session, needs: Sequence[_Need]) -> dict[int, Schedule]:
    ids = [one.schedule_id for one in needs]
    found = session.scalars(
        select(Schedule).where(
            col(Schedule.id).in_(ids), col(Schedule.status) == ScheduleStatus.ACTIVE
        )
    )
    return {one.id: one for one in found if one.id is not None}


def _list_past(session: Session, clock: Clock) -> None:
    """List some of what was slept through."""
    began, rows, accounts = clock.now(), 0, set[int]()
    for made in session.scalars(schedules_behind(began).limit(_READ_AHEAD)).all():
        if rows >= ROWS_AT_ONCE or clock.now() - began > AT_ONCE:
            break
        rows += bring_up(session, made, clock.now(), _left_to_lay_out(rows))[0]
        accounts.add(made.account_id)
    _expire_of(session, accounts, clock.now())


def _left_to_lay_out(rows: int) -> int:
    """How many more a transaction may lay out; not a handful at a time where thousands wait."""
    return max(ROWS_AT_ONCE - rows, ROWS_AT_ONCE // 4)


def _expire_of(session: Session, account_ids: set[int], now: datetime) -> None:
    for account in session.scalars(select(Account).where(col(Account.id).in_(account_ids))):
        expiry.expire_of(session, account, now)


def _coming_dates(made: Schedule, now: datetime) -> Iterator[At]:
    """What is not laid out and can still go in time, and the first one that is to come."""
    for at in occurrences.later_occurrences(made, now - _late_window(made) - _MOMENT):
        yield at
        if at[0] > now:
            return


def _passed_dates(
    made: Schedule, now: datetime, most: int | None = None
) -> tuple[list[At], At | None]:
    """What came since the occurrence that is laid out, the first `most`; and what comes then."""
    passed: list[At] = []
    for at in islice(occurrences.later_occurrences(made), most):
        if at[0] > now:
            return passed, at
        passed.append(at)
    return passed, None


def _count_recipients(session: Session, made: Schedule) -> int:
    count = select(func.count()).where(
        col(ScheduleRecipient.schedule_id) == made.id,
        col(ScheduleRecipient.stopped_at).is_(None),
    )
    return session.scalar(count) or 0


def _late_window(made: Schedule) -> timedelta:
    return timedelta(seconds=made.late_window_s)
