"""How an account's link stands: what is so, for a door to say it and what to do."""

from datetime import datetime, timedelta

from wasched.domain.link import LinkState
from wasched.domain.reasons import NO_REASON, Code, Reason, because
from wasched.models import Account

LONG = timedelta(minutes=10)
"""A connection that is away for so long does not mend itself: somebody has to look."""

_UNLINKED = ("unlinked", "no_code")

_PLAIN: dict[str, Code] = {
    LinkState.CONNECTING: Code.CONNECTING,
    LinkState.NEEDS_LINK: Code.TO_LINK,
    LinkState.OUTDATED: Code.OUTDATED,
}


def standing(account: Account, waiting: int, now: datetime) -> Reason:
    """How the link stands; `waiting` messages wait for it."""
    match account.state:
        case LinkState.CONNECTED:
            return _connected_words(account, now)
        case LinkState.NEEDS_LINK if account.state_code in _UNLINKED:
            return Reason(Code.NO_CODE)
        case LinkState.RECONNECTING:
            return _reconnecting_words(account, now)
        case LinkState.LOGGED_OUT:
            return because(Code.LOGGED_OUT, at=account.state_since, waiting=waiting)
        case LinkState.REPLACED:
            return because(Code.REPLACED, at=account.state_since)
        case LinkState.BANNED:
            return _restricted(account)
        case LinkState.NEEDS_PASSKEY:
            return account.state_detail or Reason(Code.NEEDS_PASSKEY)
        case LinkState.ERROR:
            return account.state_detail or Reason(Code.LINK_FAILS)
    return Reason(_PLAIN[account.state])


def limit_sentence(account: Account, instant: datetime) -> Reason:
    """Which of WhatsApp's own limits keeps a message from going at an instant, and until when."""
    if account.state == LinkState.BANNED:
        is_over = account.state_until is not None and account.state_until <= instant
        return NO_REASON if is_over else _restricted(account)
    if account.held_until is not None and account.held_until > instant:
        return because(Code.HELD, held=str(account.held_reason), at=account.held_until)
    return NO_REASON


def _connected_words(account: Account, now: datetime) -> Reason:
    if held := limit_sentence(account, now):
        return held
    if account.state_code == Code.LINK_APART:
        return account.state_detail
    if account.linked_at is None:
        return Reason(Code.READY)
    return because(Code.READY_SINCE, at=account.linked_at)


def _reconnecting_words(account: Account, now: datetime) -> Reason:
    if account.state_detail:
        return account.state_detail
    for_long = now - account.state_since
    if for_long < LONG:
        return Reason(Code.RECONNECTING)
    return because(Code.NO_CONNECTION_FOR, minutes=int(for_long.total_seconds() // 60))


def _restricted(account: Account) -> Reason:
    if account.state_until is None:
        return Reason(Code.RESTRICTED)
    return because(Code.RESTRICTED_UNTIL, at=account.state_until)
