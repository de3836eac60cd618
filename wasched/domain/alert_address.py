"""Addresses at other services by which people are told, in Apprise's form, and which are taken.

Only services that are reached by HTTP and told a text: none that runs a program, writes a file or
speaks to the machine itself (dbus, syslog, …).
"""

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

from wasched.domain.errors import InputError
from wasched.domain.webhook_address import IS_PRIVATE, PRIVATE_SETTING, may_be_there

LENGTH_MAX = 2000

_BY_TOKEN = {
    "tgram": "Telegram",
    "slack": "Slack",
    "discord": "Discord",
    "pover": "Pushover",
    "pbul": "Pushbullet",
    "workflows": "Teams",
    "gchat": "Google Chat",
    "wxteams": "Webex",
    "zulip": "Zulip",
    "pagerduty": "PagerDuty",
    "opsgenie": "Opsgenie",
}
"""Services of one provider: all behind the colon may be secret."""

_BY_HOST = {
    "ntfy": "ntfy",
    "gotify": "Gotify",
    "matrix": "Matrix",
    "mmost": "Mattermost",
    "rocket": "Rocket.Chat",
    "nctalk": "Nextcloud Talk",
    "hassio": "Home Assistant",
    "signal": "Signal",
    "bark": "Bark",
    "json": "JSON",
    "xml": "XML",
    "form": "Form",
}
"""Programs on a host that the address names; with an s at the end by HTTPS."""

_PAGES = {"hooks.slack.com": "Slack", "discord.com": "Discord", "discordapp.com": "Discord"}
"""Hosts whose own addresses, as they show them, are understood."""

SERVICES = (*dict.fromkeys((*_BY_HOST.values(), *_BY_TOKEN.values())),)
"""What all of them are called."""

_REFUSED_WORDS = ("template", "attach")
"""What reads a file of the server."""


@dataclass(frozen=True)
class ServiceAddress:
    """An address that is taken, and what it may be called before everybody: no secret is in it."""

    url: str
    label: str


def read_service_address(typed: str, *, allows_private: bool) -> ServiceAddress:
    """The address as typed; InputError (`address`) where nothing can be told by it.

    What a name leads to is looked at when something is told: it may change.
    """
    text = typed.strip()
    if len(text) > LENGTH_MAX or any(ord(one) <= 32 or ord(one) == 127 for one in text):
        raise _refused(f"Give one address without spaces, of {LENGTH_MAX} characters at most.")
    try:
        parts = urlsplit(text)
        host, said = parts.hostname or "", parse_qs(parts.query)
        if _names_host(parts):
            _port = parts.port  # elsewhere what stands there may be half of a token
    except ValueError:
        raise _refused("This address cannot be read. Look at it again.") from None
    label = _label(parts, host)
    if any(one.lower().startswith(_REFUSED_WORDS) for one in said):
        raise _refused("Leave files and templates out of the address.")
    if not may_be_there(host, allows_private=allows_private):
        raise _refused(IS_PRIVATE)
    if _is_open_to_all(parts) and not allows_private:
        raise _refused(
            f"Write {parts.scheme}s:// instead, so that nobody on the way reads along. Within an "
            f"own network it is possible with {PRIVATE_SETTING}=true."
        )
    return ServiceAddress(text, label)


def is_allowed(url: str) -> bool:
    """True for an address of a service that is in the list, whoever gave it."""
    parts = urlsplit(url)
    return bool(_name(parts, parts.hostname or ""))


def _label(parts: SplitResult, host: str) -> str:
    name = _name(parts, host)
    if not name:
        raise _refused(
            "Give an address that begins with the name of a service, such as "
            "ntfys://ntfy.example.org/TOPIC, tgram://TOKEN/CHAT or gotifys://HOST/TOKEN. "
            f"There are: {', '.join(SERVICES)}."
        )
    return f"{name} at {host}" if _names_host(parts) else name


def _name(parts: SplitResult, host: str) -> str:
    if parts.scheme == "https":
        return _PAGES.get(host, "")
    return _BY_TOKEN.get(parts.scheme) or _BY_HOST.get(parts.scheme.removesuffix("s"), "")


def _names_host(parts: SplitResult) -> bool:
    """Without a path ntfy:// names a topic at ntfy.sh, which is a secret of its own."""
    if parts.scheme.removesuffix("s") == "ntfy":
        return bool(parts.path.strip("/"))
    return parts.scheme.removesuffix("s") in _BY_HOST


def _is_open_to_all(parts: SplitResult) -> bool:
    return parts.scheme in _BY_HOST and _names_host(parts)


def _refused(sentence: str) -> InputError:
    return InputError("address", sentence)
