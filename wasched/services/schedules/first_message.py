"""The first message of an account that has just been linked: to its own phone, to see it work."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.content import Text
from wasched.domain.errors import InputError
from wasched.domain.link import LinkState
from wasched.models import Account, Message
from wasched.services.accounts import account_limits
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.phone_numbers import phones
from wasched.services.schedules import create
from wasched.services.schedules.requests import ScheduleRequest

WORDS = "Hello from wasched: this phone is linked, and sending works."


def is_untried(session: Session, account_id: int) -> bool:
    """True if no message was ever written for an account."""
    return (
        session.scalar(select(Message.id).where(col(Message.account_id) == account_id).limit(1))
        is None
    )


def send_test(session: Session, user: Caller, account_id: int, now: datetime) -> int:
    """Have an account write to its own number now; the message's id.

    InputError if it is not connected, or WhatsApp has not told its number.
    """
    account = account_limits.fetch_account(session, user, account_id, Action.WRITE)
    number = phones.from_jid(account.jid or "")
    if account.state != LinkState.CONNECTED or not number:
        raise InputError("account", f"{account.name} is not connected. Link it first.")
    scheduled = create.create_schedule(session, user, _to_itself(account, number), now)
    session.flush()
    made = select(Message).where(Message.schedule_id == scheduled.schedule_id)
    return session.scalars(made).one().id or 0


def _to_itself(account: Account, number: str) -> ScheduleRequest:
    assert account.id is not None
    return ScheduleRequest(
        account_id=account.id,
        to=(number,),
        contents=(Text(WORDS),),
        day=None,
        clock=None,
        zone=account.zone,
        names={number: account.push_name or account.name},
    )
