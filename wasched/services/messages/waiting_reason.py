"""Why a scheduled message does not go out at its time: computed, so that it is never stale."""

from datetime import datetime

from wasched.domain.link import LinkState
from wasched.domain.message import PUT_AWAY
from wasched.models import Account, Message
from wasched.services.accounts.link_status import limit

_TOO_LATE = "This one may not be so late: it will be missed, and you are asked."


def reason(message: Message, account: Account, now: datetime) -> str:
    """What a scheduled message waits for, empty when only for its time."""
    if message.try_at >= PUT_AWAY:
        return "Paused by you. Nothing goes out until you resume."
    if account.paused_at is not None:
        return f"{account.name} is stopped. Go on in time, or this is missed."
    if limited := limit(account, max(message.try_at, now), now):
        too_late = limit(account, message.late_at, now)
        return f"{limited} {_TOO_LATE}" if too_late else limited
    if account.state == LinkState.BANNED:
        return message.reason  # the restriction has ended by then
    if account.state == LinkState.RECONNECTING and message.due_at <= now:
        return "No connection to WhatsApp; it tries again by itself."
    if account.state not in (LinkState.CONNECTED, LinkState.RECONNECTING, LinkState.CONNECTING):
        return f"{account.name} is not linked. Link it in time, or this is missed."
    return message.reason
