"""The warm-up of numbers that are new to this server: noted, shown, switched off and on."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.domain.reasons import Code, because
from wasched.domain.warm_up import DAYS, caps_of_day, day_of_warm_up
from wasched.models import Account, Number, NumberPeriod
from wasched.services import permissions
from wasched.services.accounts.put_off import ask_again
from wasched.services.accounts.todays_use import PRACTICE
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, announce
from wasched.services.permissions import Action
from wasched.services.phone_numbers import phones
from wasched.services.views import WarmUp


def note_number(session: Session, account: Account, jid: str, at: datetime) -> None:
    """Keep that an account writes from a number from now on; one that is new here warms up."""
    digits = phones.from_jid(jid).removeprefix("+")
    running = _running(session, account)
    if not digits or (running is not None and running.digits == digits):
        return
    if session.get(Number, digits) is None:
        session.add(Number(digits=digits, linked_at=at, warms_up=True))
        session.flush()
    if running is not None:
        running.until = at
    session.add(NumberPeriod(digits=digits, account_id=account.id or 0, since=at))
    session.flush()


def warm_up_of(session: Session, account: Account, now: datetime) -> WarmUp | None:
    """Where the number of an account stands in its first two weeks; None without or after them."""
    running = _running(session, account)
    if running is None or account.state_code == PRACTICE:
        return None
    number = session.get_one(Number, running.digits)
    zone = wall_clock.zone(account.zone)
    first = wall_clock.local(number.linked_at, zone).date()
    day = day_of_warm_up(first, wall_clock.local(now, zone).date())
    if not day:
        return None
    caps = caps_of_day(day, account.daily_cap, account.stranger_cap)
    return WarmUp(
        day=day,
        messages=caps.messages,
        strangers=caps.strangers,
        own_messages=account.daily_cap,
        own_strangers=account.stranger_cap,
        over_on=first + timedelta(days=DAYS),
        is_on=number.warms_up,
        switched_at=number.switched_at,
    )


def switch_warm_up(
    session: Session, user: Caller, account_id: int, now: datetime, *, is_on: bool
) -> None:
    """Let the number of an account warm up or not, through whichever account it sends.

    What its caps had put off is looked at anew. Nothing happens where there is no warm-up.
    """
    account = permissions.fetch_own(session, Account, account_id, user, Action.MANAGE)
    running = _running(session, account)
    if running is None or warm_up_of(session, account, now) is None:
        return
    number = session.get_one(Number, running.digits)
    if number.warms_up == is_on:
        return
    number.warms_up, number.switched_at, number.switched_by_id = is_on, now, user.id
    code = Code.WARM_UP_ON if is_on else Code.WARM_UP_OFF
    did = because(code, account_id=account_id, account=account.name)
    record_deed(session, user, did, now)
    for one in _accounts_with(session, number):
        ask_again(session, one, now)
        announce(session, one.space_id, ACCOUNTS, now)


def _running(session: Session, account: Account) -> NumberPeriod | None:
    """Since when the account writes from the number that it has now."""
    return session.scalar(
        select(NumberPeriod).where(
            col(NumberPeriod.account_id) == account.id, col(NumberPeriod.until).is_(None)
        )
    )


def _accounts_with(session: Session, number: Number) -> list[Account]:
    periods = select(NumberPeriod.account_id).where(
        col(NumberPeriod.digits) == number.digits, col(NumberPeriod.until).is_(None)
    )
    return list(session.scalars(select(Account).where(col(Account.id).in_(periods))))
