"""How fast an account may send: the knobs a person can turn, and their bounds."""

from datetime import datetime, time, timedelta

from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.domain.pacing import Pace
from wasched.domain.reasons import Code, because
from wasched.domain.typed import read_number
from wasched.models import Account
from wasched.services import permissions
from wasched.services.accounts.put_off import ask_again
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, announce
from wasched.services.permissions import Action

GAP_MAX_S = 3600
CAP_MAX = 10_000


def pace_of_account(session: Session, user: Caller, account_id: int) -> Pace:
    """The pace of an account; NotFoundError if the user may not see it."""
    return pace_of(permissions.fetch_own(session, Account, account_id, user, Action.LOOK))


def pace_of(account: Account) -> Pace:
    """The knobs of an account as the domain knows them."""
    return Pace(
        gap_min=timedelta(seconds=account.gap_min_s),
        gap_max=timedelta(seconds=account.gap_max_s),
        daily_cap=account.daily_cap,
        stranger_cap=account.stranger_cap,
        quiet_from=account.quiet_from,
        quiet_to=account.quiet_to,
        typing=account.typing,
    )


def change_pace(session: Session, user: Caller, account_id: int, pace: Pace, now: datetime) -> None:
    """Set the pace of an account; InputError names the knob that cannot stand so."""
    account = permissions.fetch_own(session, Account, account_id, user, Action.MANAGE)
    _check_pace(pace)
    account.gap_min_s = pace.gap_min.total_seconds()
    account.gap_max_s = pace.gap_max.total_seconds()
    account.daily_cap, account.stranger_cap = pace.daily_cap, pace.stranger_cap
    account.quiet_from, account.quiet_to = pace.quiet_from, pace.quiet_to
    account.typing = pace.typing
    changed = because(Code.CHANGED_PACE, account_id=account_id, account=account.name)
    record_deed(session, user, changed, now)
    announce(session, account.space_id, ACCOUNTS, now)
    ask_again(session, account, now)


def read_pace(form: dict[str, str]) -> Pace:
    """The pace that a form says; InputError names the field that cannot be read."""
    return Pace(
        gap_min=timedelta(seconds=_number_of(form, "gap_min_s", "seconds", 0, GAP_MAX_S)),
        gap_max=timedelta(seconds=_number_of(form, "gap_max_s", "seconds", 0, GAP_MAX_S)),
        daily_cap=_number_of(form, "daily_cap", "messages", 1, CAP_MAX),
        stranger_cap=_number_of(form, "stranger_cap", "people", 0, CAP_MAX),
        quiet_from=_clock_of(form, "quiet_from"),
        quiet_to=_clock_of(form, "quiet_to"),
        typing=bool(form.get("typing")),
    )


def _check_pace(pace: Pace) -> None:
    if pace.gap_max < pace.gap_min:
        raise InputError("gap_max_s", "The longest gap is shorter than the shortest.")
    if (pace.quiet_from is None) != (pace.quiet_to is None):
        missing = "quiet_to" if pace.quiet_to is None else "quiet_from"
        raise InputError(missing, "Quiet hours need both times; leave both empty for none.")


def _number_of(form: dict[str, str], name: str, what: str, low: int, high: int) -> int:
    number = read_number(form.get(name, "").strip())
    if number is None or not low <= number <= high:
        raise InputError(name, f"Give a whole number of {what}, from {low} to {high:,}.")
    return number


def _clock_of(form: dict[str, str], name: str) -> time | None:
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise InputError(name, "Give a time like 22:00.") from None
