"""What the library reports, and the state of the link that follows from it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from wasched.domain.link import LinkState, StateChanged
from wasched.domain.reasons import Code, Reason, because


@dataclass(frozen=True)
class LoggedIn:
    """The session is open and messages can be sent."""


@dataclass(frozen=True)
class Disconnected:
    """The connection broke; the library connects again by itself."""

    code: str = ""


@dataclass(frozen=True)
class LoggedOut:
    """WhatsApp ended the session; the library has deleted it."""

    code: str = ""


@dataclass(frozen=True)
class Replaced:
    """Another program opened the session."""


@dataclass(frozen=True)
class Banned:
    """The number is restricted for `lasts_s` seconds, 0 if WhatsApp did not say how long."""

    code: str
    lasts_s: float


@dataclass(frozen=True)
class Outdated:
    """WhatsApp no longer takes this version of the library (failure 405)."""


@dataclass(frozen=True)
class LoginFailed:
    """WhatsApp refused the login for another reason; the library does not try again.

    `text` is WhatsApp's own, None where the library could not even name the reason.
    """

    code: str
    text: str | None = ""


@dataclass(frozen=True)
class Silent:
    """Pings are not answered."""


@dataclass(frozen=True)
class Heard:
    """Pings are answered again."""


@dataclass(frozen=True)
class AllTold:
    """All that came while nobody was there has been told."""


@dataclass(frozen=True)
class Paired:
    """A phone took this device; the login follows."""

    jid: str


@dataclass(frozen=True)
class PairingEnded:
    """The library's word on how the wait for a phone ended."""

    status: str


@dataclass(frozen=True)
class QrCode:
    """The code to scan now."""

    code: str


@dataclass(frozen=True)
class CodeRetired:
    """WhatsApp no longer takes the number code on show, and asks for another one."""


@dataclass(frozen=True)
class Unread:
    """A message came that could not be decrypted, or not be kept; WhatsApp is asked for it."""


Report = (
    LoggedIn
    | Disconnected
    | LoggedOut
    | Replaced
    | Banned
    | Outdated
    | LoginFailed
    | Silent
    | Heard
    | AllTold
    | Paired
    | PairingEnded
    | QrCode
    | CodeRetired
    | Unread
)

RESTING = frozenset(
    {
        LinkState.LOGGED_OUT,
        LinkState.REPLACED,
        LinkState.OUTDATED,
        LinkState.BANNED,
        LinkState.NEEDS_PASSKEY,
    }
)
"""States that no new connection mends: somebody must act first, or an instant must come."""

_PAIRING = {
    "passkey-request": LinkState.NEEDS_PASSKEY,
    "err-client-outdated": LinkState.OUTDATED,
}


def may_follow(current: LinkState, report: Report, now: datetime) -> StateChanged | None:
    """The state that a report leads to, None if it leaves the state as it is."""
    if current in RESTING:
        return None
    match report:
        case LoggedIn() | Heard():
            return _unless(current, StateChanged(LinkState.CONNECTED, now))
        case Disconnected(code) if current is LinkState.CONNECTED:
            return StateChanged(LinkState.RECONNECTING, now, code)
        case Silent() if current is LinkState.CONNECTED:
            return StateChanged(LinkState.RECONNECTING, now, "silent")
        case QrCode():
            return _unless(current, StateChanged(LinkState.NEEDS_LINK, now))
        case Paired():
            return StateChanged(LinkState.CONNECTING, now, "paired")
        case LoggedOut(code):
            return StateChanged(LinkState.LOGGED_OUT, now, code)
        case Replaced():
            return StateChanged(LinkState.REPLACED, now)
        case Outdated():
            return StateChanged(LinkState.OUTDATED, now, "405")
        case Banned(code, lasts_s):
            until = now + timedelta(seconds=lasts_s) if lasts_s > 0 else None
            return StateChanged(LinkState.BANNED, now, code, until=until)
        case LoginFailed(code, text):
            return StateChanged(LinkState.ERROR, now, code, _why_refused(code, text))
        case PairingEnded(status) if status in _PAIRING:
            return StateChanged(_PAIRING[status], now, status)
    return None


def _why_refused(code: str, text: str | None) -> Reason:
    if text is None:
        return because(Code.LOGIN_REFUSED_UNKNOWN, number=code)
    if text:
        return because(Code.LOGIN_REFUSED_SAYING, number=code, text=text)
    return because(Code.LOGIN_REFUSED, number=code)


def names_refusal(fault: str) -> bool:
    """True when the library ended because WhatsApp refused the login."""
    return "TemporaryBan" in fault or "ConnectFailure" in fault


def of_refusal(logged: str, fault: str) -> Report | None:
    """The refused login behind the library's end, None if it ended for another reason.

    neonize ends when WhatsApp gives a reason that it cannot name; `logged` is the last refusal
    in whatsmeow's log, such as `<failure code="199" expire="600" reason="402"/>`.
    """
    told = dict(re.findall(r'(\w+)="(\d+)"', logged))
    if "TemporaryBan" in fault:
        return Banned(told.get("code", ""), float(told.get("expire", 0)))
    if "ConnectFailure" in fault:
        return LoginFailed(told.get("reason", ""), None)
    return None


def asks_for_new_codes(report: Report) -> bool:
    """True when the codes to scan have run out, or a scan failed: a new round is needed."""
    return (
        isinstance(report, PairingEnded)
        and report.status not in _PAIRING
        and report.status != "success"
    )


def _unless(current: LinkState, change: StateChanged) -> StateChanged | None:
    return None if change.state is current else change
