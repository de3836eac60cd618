"""How the number of an account is doing, of the days that the worker counted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from wasched.domain import wall_clock
from wasched.domain.early_stop import Measure, Tally
from wasched.domain.number_health import HealthDay, NumberHealth, Vital, judge_number
from wasched.models import Account, AccountDay
from wasched.services import permissions
from wasched.services.accounts.daily_tally import days_of
from wasched.services.caller import Caller
from wasched.services.permissions import Action

CHART_DAYS, _WEEK, _BEFORE = 28, 7, 28


def number_health(session: Session, user: Caller, account_id: int, now: datetime) -> NumberHealth:
    """How one account's number is doing; NotFoundError if the user may not see it."""
    account = permissions.fetch_own(session, Account, account_id, user, Action.LOOK)
    return health_of(session, account, now)


def health_of(session: Session, account: Account, now: datetime) -> NumberHealth:
    """The last seven days of an account, today among them, beside the four weeks before."""
    today = _day(account, now)
    days = days_of(session, account, today - timedelta(days=_WEEK + _BEFORE - 1), today)
    week = [one for one in days if one.day > today - timedelta(days=_WEEK)]
    before = days[: len(days) - len(week)]
    return judge_number(
        _vitals(week),
        _vitals(before),
        _chart(days, today),
        sum(one.strangers_refused for one in week),
        sum(one.absent for one in week),
    )


def past_of(session: Session, account: Account, before: datetime) -> Mapping[Measure, Tally]:
    """How it went in the four weeks before the day of an instant, by what may go badly."""
    last = _day(account, before) - timedelta(days=1)
    days = days_of(session, account, last - timedelta(days=_BEFORE - 1), last)
    sent, refused = sum(one.sent for one in days), sum(one.refused for one in days)
    return {
        Measure.REFUSED: Tally(refused, sent + refused),
        Measure.SLOW: Tally(sent - sum(one.soon for one in days), sent),
        Measure.UNDELIVERED: Tally(sent - sum(one.in_time for one in days), sent),
    }


def _day(account: Account, at: datetime) -> date:
    return wall_clock.local(at, wall_clock.zone(account.zone)).date()


def _vitals(days: Sequence[AccountDay]) -> dict[Vital, Tally]:
    sent = sum(one.sent for one in days)
    refused = sum(one.refused for one in days)
    return {
        Vital.REFUSED: Tally(refused, sent + refused),
        Vital.ARRIVED: Tally(sum(one.arrived for one in days), sent),
        Vital.OPTED_OUT: Tally(sum(one.opted_out for one in days), sent),
        Vital.READ: Tally(sum(one.read for one in days), sent),
        Vital.ANSWERED: Tally(sum(one.answered for one in days), sent),
    }


def _chart(days: Iterable[AccountDay], today: date) -> tuple[HealthDay, ...]:
    """Every one of the last four weeks' days, the oldest first."""
    known = {one.day: Tally(one.arrived, one.sent) for one in days}
    every = (today - timedelta(days=back) for back in reversed(range(CHART_DAYS)))
    return tuple(HealthDay(day, known.get(day, Tally())) for day in every)
