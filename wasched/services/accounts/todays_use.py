"""What an account has sent today and may send: counted by its number, which warms up while new."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.domain.message import Status
from wasched.domain.pacing import Pace, PaceUse
from wasched.models import Account, Acquaintance, Message, Number, NumberPeriod
from wasched.models.base import UtcDateTime
from wasched.services.accounts.pacing import pace_of

PRACTICE = "practice"
"""The code of an account's state while its line is the practice line, which has no number."""


def pace_today(session: Session, account: Account, now: datetime) -> tuple[Pace, PaceUse]:
    """The pace of an account, with its warm-up, and its number's use since the account's midnight.

    What went out through another account counts as well if it had the same number: linked anew
    under another name, or in another space.
    """
    zone = wall_clock.zone(account.zone)
    asked = {"account": account.id, "start": wall_clock.midnight(now, zone)}
    found = session.execute(_OWN, asked).one()
    pace, use = pace_of(account), PaceUse(found.sent, found.strangers)
    if account.state_code == PRACTICE:
        return pace, use
    if found.is_shared:
        sent, on_the_way, strangers, strangers_ahead = session.execute(_SHARED, asked).one()
        use = PaceUse(sent + on_the_way, strangers + strangers_ahead)
    if found.warm_since is not None:
        pace = replace(pace, warm_since=wall_clock.local(found.warm_since, zone).date())
    return pace, use


_ACCOUNT: BindParameter[int] = bindparam("account")
_START: BindParameter[datetime] = bindparam("start", type_=UtcDateTime)
_NOW = and_(col(NumberPeriod.account_id) == _ACCOUNT, col(NumberPeriod.until).is_(None))
_DIGITS = select(col(NumberPeriod.digits)).where(_NOW).limit(1).scalar_subquery()

_other = aliased(NumberPeriod)
_IS_SHARED = (
    select(col(_other.id))
    .where(
        col(_other.digits) == _DIGITS,
        or_(col(_other.until).is_(None), col(_other.until) > _START),
        # Of the account's own day, too, only what it sent from this number counts.
        or_(col(_other.account_id) != _ACCOUNT, col(_other.since) > _START),
    )
    .exists()
)

_OWN = select(
    select(func.count(Message.id))
    .where(Message.account_id == _ACCOUNT, col(Message.sent_at) >= _START)
    .scalar_subquery()
    .label("sent"),
    select(func.count())
    .where(Acquaintance.account_id == _ACCOUNT, col(Acquaintance.since) >= _START)
    .scalar_subquery()
    .label("strangers"),
    select(col(Number.linked_at))
    .where(col(Number.digits) == _DIGITS, col(Number.warms_up))
    .scalar_subquery()
    .label("warm_since"),
    _IS_SHARED.label("is_shared"),
)
"""All that most accounts need, whose number is theirs alone."""

_period = aliased(NumberPeriod)
_BEGINS = case((col(_period.since) > _START, col(_period.since)), else_=_START)


def _within(instant: ColumnElement[datetime]) -> ColumnElement[bool]:
    """True for what lies in today's part of a period."""
    return and_(instant >= _BEGINS, or_(col(_period.until).is_(None), instant < col(_period.until)))


def _of_number(account_id: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(col(_period.digits) == _DIGITS, account_id == col(_period.account_id))


_ON_THE_WAY = and_(
    _of_number(col(Message.account_id)),
    col(_period.until).is_(None),
    col(Message.status) == Status.SENDING,
)
_MET = (
    select(Acquaintance.recipient_id)
    .where(
        Acquaintance.account_id == Message.account_id,
        Acquaintance.recipient_id == Message.recipient_id,
    )
    .exists()
)

_SHARED = select(
    select(func.count(Message.id))
    .where(_of_number(col(Message.account_id)), _within(col(Message.sent_at)))
    .scalar_subquery(),
    # Another account's worker has these in its hand: they go out in a moment.
    select(func.count(Message.id)).where(_ON_THE_WAY).scalar_subquery(),
    select(func.count())
    .where(_of_number(col(Acquaintance.account_id)), _within(col(Acquaintance.since)))
    .scalar_subquery(),
    select(func.count(Message.id)).where(_ON_THE_WAY, ~_MET).scalar_subquery(),
)
