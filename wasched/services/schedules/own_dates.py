"""Dates of a series that go on their own, because somebody changed only them.

Such a date is a schedule of its own. The series leaves its day out, and cannot take it in again
beside it, or both would go out. Back to the usual: the series' own message goes instead.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlmodel import Session, col

from wasched.domain import recurrence, sentences
from wasched.domain.message import Status
from wasched.models import LIVE_STATUSES, Message, Schedule, ScheduleStatus
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.schedules import occurrences
from wasched.services.schedules.occurrences import At
from wasched.services.schedules.schedule_views import OwnDate, Series
from wasched.services.schedules.skip import left_out, usual_time


@dataclass(frozen=True)
class _Own:
    """A date on its own: whether it waits, is gone, was missed or called off, and since when."""

    made: Schedule
    state: str
    due_at: datetime | None


def hand_on(session: Session, series: Schedule, since: date, to: Schedule) -> None:
    """Let the dates from a day on be those of the series that takes over then."""
    session.execute(
        update(Schedule)
        .where(col(Schedule.series_id) == series.id, col(Schedule.series_day) >= since)
        .values(series_id=to.id)
        .execution_options(synchronize_session="fetch")
    )


def own_dates(session: Session, series: Schedule, now: datetime) -> list[OwnDate]:
    """The dates of a series that go, or went, on their own and are to come; the soonest first."""
    found = []
    for one in _living(session, [series.id or 0]):
        usual = usual_time(series, one.made.series_day)
        to_at = one.due_at or one.made.next_at
        if usual is not None and max(usual[0], to_at or usual[0]) > now:
            has_other_words = one.made.contents != series.contents
            id_ = one.made.id or 0
            found.append(OwnDate(id_, usual[1], usual[0], to_at, one.state, has_other_words))
    return sorted(found, key=lambda one: one.at)


def days_on_their_own(session: Session, ids: Collection[int]) -> dict[int, set[date]]:
    """For each series the days that go, or went, on their own."""
    days: dict[int, set[date]] = {one: set() for one in ids}
    for one in _living(session, ids):
        if one.made.series_id and one.made.series_day:
            days[one.made.series_id].add(one.made.series_day)
    return days


def sentence_of(session: Session, made: Schedule) -> str:
    """A repeating schedule in words; dates that go on their own are no exceptions to people."""
    return say_without(made, days_on_their_own(session, [made.id or 0])[made.id or 0])


def say_without(made: Schedule, days: Collection[date]) -> str:
    """The rule of a schedule in words, without the exceptions on some days."""
    return sentences.rule_sentence(recurrence.with_days(occurrences.rule_of(made), days))


def series_of(session: Session, user: Caller, own: Schedule, now: datetime) -> Series | None:
    """Of which series a schedule is a date; None if of none that the user may see."""
    series = session.get(Schedule, own.series_id) if own.series_id else None
    if series is None or series.id is None or not permissions.may(user, Action.LOOK, series):
        return None
    usual = usual_time(series, own.series_day)
    return Series(
        id=series.id,
        sentence=sentences.rule_sentence(replace(occurrences.rule_of(series), exdates=())),
        zone=series.zone,
        at=usual[0] if usual else None,
        may_go_back=permissions.may(user, Action.WRITE, series)
        and way_back(session, own, series, now) is not None,
    )


def going_back(session: Session, ids: Collection[int], now: datetime) -> set[int]:
    """Which of some schedules are dates that may go as usual again."""
    found = session.scalars(select(Schedule).where(col(Schedule.id).in_(ids))).all()
    dates = [(one, one.series_id) for one in found if one.series_id]
    series = {of: session.get(Schedule, of) for _, of in dates}
    return {
        one.id
        for one, of in dates
        if one.id and (whole := series[of]) and way_back(session, one, whole, now)
    }


def way_back(session: Session, own: Schedule, series: Schedule, now: datetime) -> At | None:
    """The usual time of a date on its own; None once it has gone, or that time is over."""
    usual = usual_time(series, own.series_day)
    if usual not in left_out(series, now) or own.status == ScheduleStatus.CANCELLED:
        return None
    opens = select(Message.id).where(*messages_of(own), is_open(now)).limit(1)
    return usual if session.scalar(opens) is not None else None


def messages_of(own: Schedule) -> list[ColumnElement[bool]]:
    """All messages of a date on its own."""
    return [col(Message.schedule_id) == own.id]


def is_open(now: datetime) -> ColumnElement[bool]:
    """Messages that went to nobody and are not on their way: they wait, or were missed."""
    waits = and_(col(Message.status) == Status.SCHEDULED, ~_is_sent_ahead(now))
    return and_(or_(waits, col(Message.status) == Status.MISSED), col(Message.attempts) == 0)


def is_begun(now: datetime) -> ColumnElement[bool]:
    """Messages that were tried, or that a person has just sent ahead of their time."""
    is_on_its_way = and_(col(Message.status) == Status.SCHEDULED, _is_sent_ahead(now))
    return or_(col(Message.attempts) > 0, is_on_its_way)


def _is_sent_ahead(now: datetime) -> ColumnElement[bool]:
    return and_(col(Message.due_at) <= now, col(Message.due_at) != col(Message.occurrence_at))


def _living(session: Session, ids: Collection[int]) -> Iterator[_Own]:
    """What is changed of some series and was not called off."""
    found = session.scalars(select(Schedule).where(col(Schedule.series_id).in_(ids))).all()
    tallies = _tallies(session, [one.id or 0 for one in found])
    for made in found:
        waiting, gone, missed, due_at = tallies.get(made.id or 0, (0, 0, 0, None))
        if waiting or (made.status in LIVE_STATUSES and not (gone or missed)):
            yield _Own(made, "waits", due_at)
        elif gone or missed:
            yield _Own(made, "gone" if gone else "missed", due_at)


def _tallies(session: Session, ids: Collection[int]) -> dict[int, tuple[int, int, int, datetime]]:
    """Of each schedule how many wait, were tried or were missed, and when the first is due."""
    waits = col(Message.status).in_((Status.SCHEDULED, Status.SENDING))
    rows = session.execute(
        select(
            col(Message.schedule_id),
            func.count().filter(waits),
            func.count().filter(col(Message.attempts) > 0),
            func.count().filter(col(Message.status) == Status.MISSED),
            func.min(Message.due_at),
        )
        .where(col(Message.schedule_id).in_(ids))
        .group_by(col(Message.schedule_id))
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}
