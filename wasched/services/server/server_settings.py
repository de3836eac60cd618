"""What the admin chose for the whole server; what the environment says goes before it."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, Reason, because
from wasched.domain.typed import read_number
from wasched.models import Account, LinkWish, Setting, Wish
from wasched.services import permissions
from wasched.services.audit_log import record_on_server
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, PEOPLE, announce_to_all
from wasched.services.permissions import Action

KEEP_DAYS_MAX = 36_500

_PRACTICE, _KEEP_DAYS = "practice", "keep_days"


def practice_mode(session: Session, configured: bool | None) -> bool:
    """True while nothing may leave this server; `configured` is the environment's word."""
    if configured is not None:
        return configured
    return _chosen_value(session, _PRACTICE) == "yes"


def keep_days(session: Session, configured: int | None) -> int:
    """For how many days finished messages are kept; 0 keeps all."""
    if configured is not None:
        return configured
    return int(_chosen_value(session, _KEEP_DAYS) or 0)


def choose_practice(session: Session, user: Caller, wanted: bool, now: datetime) -> None:
    """Switch practice mode; the worker opens every account's line anew, of the other kind."""
    permissions.require(user, Action.RUN_SERVER)
    if practice_mode(session, None) == wanted:
        return
    session.merge(Setting(name=_PRACTICE, value="yes" if wanted else "no"))
    for account_id in session.scalars(select(Account.id).where(col(Account.removed_at).is_(None))):
        session.merge(LinkWish(account_id=account_id, wish=Wish.REOPEN, asked_at=now))
    what = Reason(Code.PRACTICE_ON if wanted else Code.PRACTICE_OFF)
    record_on_server(session, user, what, now)
    announce_to_all(session, ACCOUNTS, now)
    announce_to_all(session, PEOPLE, now)


def choose_keep_days(session: Session, user: Caller, typed: str, now: datetime) -> int:
    """Set for how many days finished messages are kept; InputError if it is no number."""
    permissions.require(user, Action.RUN_SERVER)
    days = read_number(typed.strip())
    if days is None or days > KEEP_DAYS_MAX:
        sentence = f"Give a whole number of days, at most {KEEP_DAYS_MAX:,}; 0 keeps everything."
        raise InputError("keep_days", sentence)
    session.merge(Setting(name=_KEEP_DAYS, value=str(days)))
    record_on_server(session, user, because(Code.KEEP_DAYS, days=days), now)
    return days


def _chosen_value(session: Session, name: str) -> str:
    found = session.get(Setting, name)
    return found.value if found is not None else ""
