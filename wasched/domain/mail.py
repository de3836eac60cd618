"""E-mails this server sends, and the server that takes them, as one URL names it."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}  # RFC 8314, 3.3


@dataclass(frozen=True)
class Mail:
    """One e-mail of plain text."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class MailServer:
    """Who takes our e-mails; without a `user` we do not log in."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    begins_with_tls: bool  # else STARTTLS
    needs_tls: bool


def read_mail_server(url: str, own_host: str) -> MailServer:
    """What smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS&tls=no says; ValueError if it is no sense.

    With smtps:// TLS comes first, with smtp:// by STARTTLS, which must be had unless the host is
    this machine or tls=no. The sender is the user, if that is an address, else one at `own_host`.
    """
    parts = urlsplit(url)
    port, said = parts.port, parse_qs(parts.query, strict_parsing=bool(parts.query))
    if parts.scheme not in _PORTS or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("no such address")
    if not said.keys() <= {"from", "tls"} or said.get("tls", ["no"]) != ["no"]:
        raise ValueError("unknown words after the question mark")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(
        parts.hostname,
        port or _PORTS[parts.scheme],
        user,
        password,
        _sender(said.get("from", [""])[0], user, own_host),
        begins_with_tls=parts.scheme == "smtps",
        needs_tls=not (said.get("tls") or _is_this_machine(parts)),
    )


def _sender(said: str, user: str, own_host: str) -> str:
    sender = said or (user if "@" in user else f"wasched@{own_host}")
    local, _, host = sender.rpartition("@")
    if not local or not host or not sender.isprintable() or " " in sender:
        raise ValueError("from is no address")
    return sender


def _is_this_machine(parts: SplitResult) -> bool:
    try:
        return parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
