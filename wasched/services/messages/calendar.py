"""The calendar: what goes out on each day, laid out already or still to come by a rule."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, pairwise, takewhile

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain import filling, recurrence, wall_clock
from wasched.domain.wall_clock import ClockChange
from wasched.models import Account, Recipient, Schedule, ScheduleRecipient, ScheduleStatus
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.messages import per_day
from wasched.services.messages.per_day import DayQuery
from wasched.services.recipients import recipients
from wasched.services.schedules import audience_names, upcoming
from wasched.services.views import Batch

DAY_MAX = 20
"""Sends of one day that are listed; more are counted."""

DAYS_MAX = 62
_RULES_MAX = 300


@dataclass(frozen=True)
class Coming:
    """An occurrence of a repeating schedule whose messages are not laid out yet."""

    schedule_id: int
    at: datetime
    recipient: str
    recipient_kind: str
    others: int
    text: str
    account: str
    lists: str = ""
    beside: int = 0


@dataclass(frozen=True)
class CalendarDay:
    """One day in the reader's zone; `total` counts all its sends, listed or not."""

    day: date
    sends: list[Batch]
    coming: list[Coming]
    total: int
    change: ClockChange | None = None


def calendar_days(
    session: Session,
    user: Caller,
    first: date,
    count: int,
    now: datetime,
    account_id: int = 0,
    *,
    listed: int = DAY_MAX,
    whole: date | None = None,
) -> list[CalendarDay]:
    """The days from `first` on, in the reader's zone; of each so many sends are `listed`.

    Of the day `whole` as many are listed as of any.
    """
    count = min(count, DAYS_MAX)
    wanted = [first + timedelta(days=number) for number in range(count)]
    where = wall_clock.zone(user.zone)
    days = (first + timedelta(days=number) for number in range(count + 1))
    bounds = [wall_clock.start_of(day, where) for day in days]
    by_day: dict[date, list[Coming]] = {}
    for one in coming_occurrences(session, user, max(bounds[0], now), bounds[-1], account_id):
        by_day.setdefault(_day(one.at, user.zone), []).append(one)
    place = wanted.index(whole) if whole in wanted and listed < DAY_MAX else None
    shape = DayQuery(user, account_id, count, listed, place, DAY_MAX)
    found = per_day.of_spans(session, shape, bounds, now)
    return [
        CalendarDay(
            day,
            few,
            repeated := by_day.get(day, []),
            total + len(repeated),
            wall_clock.clock_change_between(since, until, where),
        )
        for day, (few, total), (since, until) in zip(wanted, found, pairwise(bounds), strict=True)
    ]


def coming_occurrences(
    session: Session,
    user: Caller,
    since: datetime,
    until: datetime,
    account_id: int = 0,
    most: int | None = None,
) -> list[Coming]:
    """Occurrences after the next one, which alone is laid out; the soonest ones, if not all."""
    statement = (
        select(Schedule, Account.name)
        .join(Account, col(Account.id) == Schedule.account_id)
        .where(
            permissions.visible_to(Schedule.space_id, user),
            Schedule.status == ScheduleStatus.ACTIVE,
            Schedule.rrule != "",
            col(Schedule.next_at) < until,
        )
        .order_by(col(Schedule.next_at))
        .limit(_RULES_MAX)
    )
    if account_id:
        statement = statement.where(Schedule.account_id == account_id)
    rows = session.execute(statement).all()
    settled = upcoming.settled_ahead(session, [made.id for made, _ in rows])
    planned = sorted(
        (at, place)
        for place, (made, _) in enumerate(rows)
        for at in _instants(made, since, until)
        if (made.id, at) not in settled
    )
    instants: dict[int, list[datetime]] = {}
    for at, place in planned[:most]:
        instants.setdefault(place, []).append(at)
    named = (
        _named(session, rows[place][0], rows[place][1], found) for place, found in instants.items()
    )
    return sorted(chain.from_iterable(named), key=lambda one: one.at)


def _instants(made: Schedule, since: datetime, until: datetime) -> list[datetime]:
    assert made.next_at is not None
    after = max(made.next_at, since - timedelta(microseconds=1))
    walked = (instant for instant, _ in recurrence.walk_rule(_rule(made), after))
    return list(takewhile(lambda instant: instant < until, walked))


def _rule(made: Schedule) -> recurrence.Recurrence:
    left_out = tuple(datetime.fromisoformat(one) for one in made.exdates)
    return recurrence.Recurrence(made.rrule, made.starts_local, made.zone, left_out, made.month_end)


def _named(
    session: Session, made: Schedule, account: str, instants: list[datetime]
) -> list[Coming]:
    """The occurrences under the name of one of their recipients."""
    to = select(Recipient).join(
        ScheduleRecipient, col(ScheduleRecipient.recipient_id) == Recipient.id
    )
    first = session.scalar(to.where(ScheduleRecipient.schedule_id == made.id).limit(1))
    number = session.scalar(select(func.count()).where(ScheduleRecipient.schedule_id == made.id))
    if first is None or made.id is None:
        return []
    lists = audience_names.lists_of(session, [made.id]).get(made.id, audience_names.Lists(""))
    values = recipients.variable_values(first) if number == 1 else {}
    return [
        Coming(
            made.id,
            at,
            recipients.recipient_title(first),
            first.kind,
            (number or 1) - 1,
            filling.outline_content(made.preview, at, made.zone, values),
            account,
            lists.name,
            lists.beside,
        )
        for at in instants
    ]


def _day(instant: datetime, zone: str) -> date:
    return wall_clock.local(instant, wall_clock.zone(zone)).date()
