"""What to tell a person about an account's link: what is so, and what to do."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wasched.domain import sentences
from wasched.domain.link import LinkState
from wasched.models import Account

LONG = timedelta(minutes=10)
"""A connection that is away for so long does not mend itself: somebody has to look."""

_NO_CODE = ("unlinked", "no_code")

_PLAIN: dict[str, str] = {
    LinkState.CONNECTING: "Connecting to WhatsApp. This takes a few seconds.",
    LinkState.NEEDS_LINK: "Link it by QR code or number code, with this phone in hand.",
    LinkState.OUTDATED: "WhatsApp no longer accepts this version of wasched. Messages wait, "
    "each for as long as it may be late. Pull or build a newer image.",
    LinkState.NEEDS_PASSKEY: "WhatsApp asks this number for a passkey, which wasched cannot "
    "give yet. Use another number for now.",
}


def sentence(account: Account, waiting: int, now: datetime) -> str:
    """One sentence or two about the link, in the account's own zone."""
    match account.state:
        case LinkState.CONNECTED:
            return _connected(account, now)
        case LinkState.NEEDS_LINK if account.state_code in _NO_CODE:
            return "No code is shown now. Ask for a new one, with this phone in hand."
        case LinkState.RECONNECTING:
            return _reconnecting(account, now)
        case LinkState.LOGGED_OUT:
            ended = f"The phone ended the link at {_clock(account, account.state_since)}."
            return f"{ended} {_stay(waiting)}".strip()
        case LinkState.REPLACED:
            return (
                f"Another program opened this link at {_clock(account, account.state_since)}, "
                "and only one can hold it. Stop the other one, then connect here."
            )
        case LinkState.BANNED:
            return _banned(account)
        case LinkState.ERROR:
            return account.state_detail or "The link does not work. It tries again by itself."
    return _PLAIN[account.state]


def limit(account: Account, instant: datetime, now: datetime) -> str:
    """Which of WhatsApp's own limits keeps a message from going at an instant, and until when.

    Empty for none.
    """
    if account.state == LinkState.BANNED:
        is_over = account.state_until is not None and account.state_until <= instant
        return "" if is_over else _banned(account)
    if account.held_until is not None and account.held_until > instant:
        return f"{account.held_reason} It goes on by itself {_then(account, now)}."
    return ""


def _connected(account: Account, now: datetime) -> str:
    if held := limit(account, now, now):
        return held
    if account.linked_at is None:
        return "Ready to send."
    return f"Ready to send. Linked since {_day(account, account.linked_at)}."


def _reconnecting(account: Account, now: datetime) -> str:
    if account.state_detail:
        return account.state_detail
    for_long = now - account.state_since
    if for_long < LONG:
        return "No connection to WhatsApp. It tries again by itself."
    return f"No connection for {_length(for_long)}. Check this server's internet."


def _length(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"


def _banned(account: Account) -> str:
    if account.state_until is None:
        return (
            "WhatsApp has restricted this number. Open WhatsApp on the phone and ask for a review."
        )
    until = account.state_until.astimezone(ZoneInfo(account.zone))
    return (
        f"WhatsApp has restricted this number until {until:%a} {until.day} {until:%B}, "
        f"{until:%H:%M}. Sending goes on by itself then."
    )


def _then(account: Account, now: datetime) -> str:
    """When a pause that WhatsApp asked for ends: at 17:57, tomorrow at 02:13."""
    assert account.held_until is not None
    there = ZoneInfo(account.zone)
    day = sentences.day(account.held_until, there, now)
    clock = f"at {_clock(account, account.held_until)}"
    if day == "Today":
        return clock
    return f"tomorrow {clock}" if day == "Tomorrow" else f"on {day} {clock}"


def _stay(waiting: int) -> str:
    if waiting == 0:
        return "Link it again with a new code."
    if waiting == 1:
        return "Your waiting message stays as it is."
    return f"Your {waiting} waiting messages stay as they are."


def _clock(account: Account, instant: datetime) -> str:
    return f"{instant.astimezone(ZoneInfo(account.zone)):%H:%M}"


def _day(account: Account, instant: datetime) -> str:
    local = instant.astimezone(ZoneInfo(account.zone))
    return f"{local.day} {local:%B}"
