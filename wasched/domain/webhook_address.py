"""Addresses that webhooks are delivered to, as somebody types them."""

import ipaddress
from urllib.parse import urlsplit

from wasched.domain.errors import InputError
from wasched.domain.public_addresses import is_global, is_reachable

LENGTH_MAX = 2000
PRIVATE_SETTING = "WEBHOOKS_TO_PRIVATE"
"""What lets webhooks go to addresses that are not public."""

IS_PRIVATE = (
    "It is not on the public internet. Whoever runs this server lets webhooks and alerts go "
    f"to its own network by {PRIVATE_SETTING}=true."
)


def read_webhook_address(typed: str, *, allows_private: bool) -> str:
    """The address, InputError (`url`) if nothing is delivered to it.

    Names are looked up when something is delivered: what they lead to may change.
    """
    text = typed.strip()
    if len(text) > LENGTH_MAX or any(ord(one) <= 32 or ord(one) == 127 for one in text):
        raise _refused(f"Give an address without spaces, of {LENGTH_MAX} characters at most.")
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
        host.encode("idna")
    except (ValueError, UnicodeError):
        raise _refused("This address cannot be read. Look at it again.") from None
    if parts.scheme not in ("https", "http") or not host:
        raise _refused("Give the whole address, such as https://example.org/hook.")
    if parts.username is not None or parts.password is not None:
        raise _refused("Leave the password out of it: every delivery is signed.")
    if parts.scheme == "http" and not allows_private:
        raise _refused("It has to begin with https://, so that nobody on the way reads along.")
    if not may_be_there(host, allows_private=allows_private):
        raise _refused(IS_PRIVATE)
    return parts._replace(fragment="").geturl()


def host_of(url: str) -> str:
    """Where an address leads, without what may be secret in it."""
    parts = urlsplit(url)
    return parts.netloc


def may_be_there(host: str, *, allows_private: bool) -> bool:
    """False for what is no public address by its very words."""
    try:
        ip = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        is_local = host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
        return allows_private or not is_local
    return is_reachable(ip) if allows_private else is_global(ip)


def _refused(sentence: str) -> InputError:
    return InputError("url", sentence)
