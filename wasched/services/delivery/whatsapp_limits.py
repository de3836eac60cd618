"""WhatsApp's own limits: they pause what must be paused, say until when, and end by themselves."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from wasched.domain.errors import SendError
from wasched.domain.reasons import Code, Reason
from wasched.models import Account
from wasched.services.change_notes import ACCOUNTS, announce
from wasched.services.delivery.outcomes import AttemptResult

RATE_LIMITED, STRANGERS_REFUSED = 429, 463
_PAUSE = timedelta(minutes=15)
_LONG_PAUSE = timedelta(hours=6)


def asks_to_stop(error: SendError | None) -> bool:
    """True if nothing more should be handed over after this answer."""
    return error is not None and error.code in (RATE_LIMITED, STRANGERS_REFUSED)


def heed_limit(session: Session, account: Account, ended: list[AttemptResult]) -> None:
    """Hold the account when WhatsApp's answers ask for it."""
    codes = {one.error.code for one in ended if one.error is not None}
    heed_codes(session, account, codes, ended[-1].at)


def heed_codes(
    session: Session, account: Account, codes: Collection[int | None], now: datetime
) -> None:
    """The same, by the numbers of the answers."""
    if RATE_LIMITED in codes:
        hold_account(session, account, now + _PAUSE, Reason(Code.PAUSE_ASKED), now)
    if STRANGERS_REFUSED in codes:
        hold_account(session, account, now + _LONG_PAUSE, Reason(Code.STRANGERS_REFUSED), now)


def hold_account(
    session: Session, account: Account, until: datetime, why: Reason, now: datetime
) -> None:
    """Let nothing go out before the instant; a longer hold stays."""
    if account.held_until is None or account.held_until < until:
        account.held_until, account.held_reason = until, why
        session.add(account)
        announce(session, account.space_id, ACCOUNTS, now)
