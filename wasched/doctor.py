"""Whether this server's door is closed: a list of checks, each of which says what it sees.

A new check is a function that takes the settings and returns a Finding; it goes into CHECKS.
"""

import platform
import shutil
import sqlite3
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from wasched import config, db, own_files
from wasched.adapters import damage_note, file_modes, media_stores, media_watch, open_doors
from wasched.config import Settings
from wasched.domain.damage import database_sentence, links_sentence
from wasched.domain.errors import WaschedError
from wasched.domain.log_words import visible_text
from wasched.domain.version import VERSION
from wasched.domain.wording import count_words, join_words

_COLUMNS = 79
_INDENT = 21
_ROOM = 500_000_000  # bytes
_NEIGHBOURS = 1 << 16  # addresses; more are no network of one's own proxies
_KINDS_OF_CHARACTERS = 10
_IN_CONTAINER = (Path("/.dockerenv"), Path("/run/.containerenv"))


@dataclass(frozen=True)
class Finding:
    """What one check sees, in a sentence, and how to mend it; nothing to mend if all is good."""

    what: str
    says: str
    mend: str = ""


def run_checks(environ: Mapping[str, str]) -> list[Finding]:
    """All findings; settings that make no sense are the only one, for nothing follows from them."""
    try:
        settings = config.read_settings(environ)
    except WaschedError as fault:
        return [Finding("settings", "The settings make no sense.", str(fault))]
    return [check(settings) for check in CHECKS]


def written_report(findings: Iterable[Finding]) -> str:
    """The findings for a terminal of 80 columns."""
    return "\n".join(line for finding in findings for line in _lines(finding))


def check_workers(settings: Settings) -> Finding:
    """Who holds the accounts; several workers are for a database that is a server's."""
    found = open_doors.workers_at_work(_reading(settings))
    if not found:
        return Finding("workers", "None is at work, as far as can be read here.")
    shares = [
        f"{title or 'one'} holds {count_words(n, 'account', 'accounts')}" for title, n in found
    ]
    says = f"{count_words(len(found), 'is', 'are')} at work: {join_words(shares)}."
    if settings.is_on_a_server and not settings.redis_url:
        says += " A second one would be refused: several need REDIS_HOST."
    return Finding("workers", says)


def check_versions(settings: Settings) -> Finding:
    """Which parts run here; asks nobody elsewhere for newer ones."""
    parts = ", ".join(f"{name} {version(name)}" for name in ("reflex", "neonize"))
    says = f"wasched {VERSION}, Python {platform.python_version()}, {parts}, "
    return Finding("versions", f"{says}SQLite {sqlite3.sqlite_version}.")


def check_update(settings: Settings) -> Finding:
    """What the next start of this version would do to the database."""
    found = open_doors.schema_version(_reading(settings))
    if found is None and settings.is_on_a_server:
        return Finding(
            "database",
            "The PostgreSQL that DATABASE_URL names cannot be read from here, or is still empty.",
            "If it is not new, look at DATABASE_URL, and at PostgreSQL and its log.",
        )
    if found is None:
        return Finding("database", "There is none yet, as far as can be read here.")
    if elsewhere := db.moved_sentence(settings.db_path):
        return Finding("database", "It went elsewhere, and starts no more.", elsewhere)
    steps = db.steps_from(found)
    if steps is None:
        return Finding(
            "database",
            f"It was made by a newer wasched ({found}; this one is {db.HEAD}), and is not touched.",
            "Start that version again, or "
            + (
                "restore a back-up from before the update."
                if settings.is_on_a_server
                else "`roll-back` to the copy from before the update."
            ),
        )
    since = open_doors.running_since(_reading(settings))
    runs = f" The worker has run since {since} UTC." if since else " No worker runs."
    if not steps:
        return Finding("database", f"It is at {found}, as this version has it.{runs}")
    told = " ".join(steps)
    keeps = "" if settings.is_on_a_server else "keeps a copy and "
    says = f"It is at {found}. The next start {keeps}takes it to {db.HEAD}: {told}{runs}"
    return Finding("database", says)


def check_public_url(settings: Settings) -> Finding:
    """A server that knows its own address takes forms and live lines from its own pages only."""
    if settings.public_url:
        return Finding("PUBLIC_URL", f"People open {settings.public_url}, and nothing else.")
    if _is_alone(settings):
        return Finding("PUBLIC_URL", "Not set; fine as long as only this machine opens the pages.")
    return Finding(
        "PUBLIC_URL",
        "Not set, so any name that leads here is taken for this server's own.",
        "Set PUBLIC_URL to the address that people type, such as https://wasched.example.org.",
    )


def check_https(settings: Settings) -> Finding:
    """Without TLS whoever sits on the way reads passwords and cookies."""
    parts = urlsplit(settings.public_url)
    if parts.scheme == "https":
        return Finding("https", "Cookies are for HTTPS only.")
    if _is_own_name(parts.hostname or "") or (not settings.public_url and _is_alone(settings)):
        return Finding("https", "Not needed: the pages are for this machine alone.")
    return Finding(
        "https",
        "Passwords and messages travel so that all on the way can read them.",
        "Put a proxy with TLS before it and set PUBLIC_URL=https://…, as docs/operate.md shows.",
    )


def check_address(settings: Settings) -> Finding:
    """Who listens on all networks is reached past the proxy, without TLS."""
    if _is_own_name(settings.host):
        return Finding("bind address", f"Only this machine reaches port {settings.port}.")
    if any(path.exists() for path in _IN_CONTAINER):
        says = f"{settings.host} within this container; compose.yaml opens it to the host alone."
        return Finding("bind address", says)
    return Finding(
        "bind address",
        f"Everybody in the networks of {settings.host} reaches port {settings.port}, without TLS.",
        "Set LOCALHOST=127.0.0.1 and let a proxy on this machine pass people on.",
    )


def check_proxies(settings: Settings) -> Finding:
    """Whoever counts as a proxy may say that people come from anywhere."""
    named = ", ".join(map(str, settings.trusted_proxies))
    if not any(one.num_addresses > _NEIGHBOURS for one in settings.trusted_proxies):
        return Finding("trusted proxies", f"Believed about where people come from: {named}.")
    return Finding(
        "trusted proxies",
        f"So many may say where people come from that the limit on passwords is none: {named}.",
        "Set TRUSTED_PROXIES to the addresses of your proxies alone.",
    )


def check_sign_up(settings: Settings) -> Finding:
    """Whoever signs up has a space of their own, and may send from it."""
    if not settings.allow_registration:
        return Finding("sign-up", "Closed: people come by invitation.")
    return Finding(
        "sign-up",
        "Open: whoever reaches the pages can sign up, and link a phone.",
        "Leave ALLOW_REGISTRATION away, and invite people in Settings.",
    )


def check_second_steps(settings: Settings) -> Finding:
    """Who signs in by a password alone is let in by whoever gets to know it."""
    found = open_doors.without_second_step(_reading(settings))
    if found is None:
        return Finding("second step", "Nobody can sign in yet, as far as can be read here.")
    if not found:
        return Finding("second step", "Everybody gives a code or a passkey beside their password.")
    says = f"A password alone lets these in: {', '.join(found)}."
    if _is_alone(settings) and not settings.public_url:
        return Finding("second step", says)
    return Finding("second step", says, "Each sets it up in Settings, Second step or Passkeys.")


def check_invitations(settings: Settings) -> Finding:
    """Whoever has the address of one that stands open may use it."""
    found = open_doors.open_invitations(_reading(settings))
    if not found:
        return Finding("invitations", "None stands open, as far as can be read here.")
    told = "; ".join(
        f"{f'into {one.space} as {one.role}' if one.space else 'to a space of their own'}"
        f" until {one.until} UTC, made by {one.made_by}"
        for one in found
    )
    return Finding(
        "invitations",
        f"{count_words(len(found), 'stands open', 'stand open')}: {told}. "
        "One that nobody waits for is taken back in Settings, People.",
    )


def check_password_links(settings: Settings) -> Finding:
    """Whoever has one chooses the password of its person."""
    found = open_doors.open_password_links(_reading(settings))
    if not found:
        return Finding("password links", "None is open, as far as can be read here.")
    told = "; ".join(f"for {one.email} until {one.until} UTC" for one in found)
    return Finding("password links", f"{count_words(len(found), 'is open', 'are open')}: {told}.")


def check_secret_key(settings: Settings) -> Finding:
    """Who knows the key can set the server up and sign what it signs."""
    if not settings.secret_key:
        return Finding("secret key", "The database keeps one, made by wasched, for all machines.")
    if len(set(settings.secret_key)) >= _KINDS_OF_CHARACTERS:
        return Finding("secret key", "Long, and not simple.")
    return Finding(
        "secret key",
        "SECRET_KEY is long, but of so few different characters that it can be guessed.",
        "Leave SECRET_KEY away, then one is made and kept; or take `openssl rand -base64 32`.",
    )


def check_files(settings: Settings) -> Finding:
    """Files hold messages, keys of links and the secret."""
    folder = settings.data_path
    entered = [folder] if file_modes.is_wide(folder) else []
    found = [
        *entered,
        *file_modes.open_modes(*own_files.files_beside(settings), *own_files.own_places(settings)),
    ]
    if not found:
        return Finding("file modes", f"Nobody else reads {settings.data_path}, or what is in it.")
    return Finding(
        "file modes",
        f"Other users of this machine may read or enter {len(found)}, such as {found[0]}.",
        f"Say `chmod -R go= '{found[0]}'` as its owner, or as root.",
    )


def check_room(settings: Settings) -> Finding:
    """A full disk stops sending."""
    free = shutil.disk_usage(settings.data_path).free
    says = f"{free / 1e9:.1f} GB are free in {settings.data_path}."
    return Finding(
        "room", says, "" if free >= _ROOM else "Make room; without any, nothing is sent."
    )


def check_media(settings: Settings) -> Finding:
    """What cannot be kept cannot be attached, and several machines must find the same files."""
    store = media_stores.open_media_store(settings)
    where = settings.media_to or str(settings.media_path)
    if fault := media_watch.media_fault(store.check):
        return Finding("attached files", f"They cannot be kept in {where}.", fault)
    return Finding("attached files", f"They can be written, read and deleted in {where}.")


def check_damage(settings: Settings) -> Finding:
    """What the checks of the worker have found, which stays noted until it is mended."""
    database = damage_note.of_database(settings.db_path).read()
    links = damage_note.of_links(settings.db_path).read()
    if database:
        return Finding("damage", "The database is damaged.", database_sentence(database, ""))
    if links:
        return Finding("damage", "Links are damaged.", links_sentence(links))
    return Finding("damage", "None is known.")


def check_alerts(settings: Settings) -> Finding:
    """A server of which nobody hears that it does not send."""
    ways = open_doors.count_alert_ways(_reading(settings)) or 0
    gone = "" if settings.ping_url else " Nobody misses the server when it is gone: set PING_URL."
    if settings.mail_server is None and not ways:
        return Finding(
            "alerts",
            "Nobody is told when an account or the server needs them: set SMTP_URL, or add a way "
            f"in Settings, Alerts.{gone}",
        )
    more = f", and by {count_words(ways, 'other way', 'other ways')}" if ways else ""
    by = "by e-mail" if settings.mail_server is not None else "not by e-mail"
    return Finding("alerts", f"People are told when they are needed: {by}{more}.{gone}")


def check_keys(settings: Settings) -> Finding:
    """A program that has one may do what it is for, without anybody looking on."""
    found = open_doors.open_keys(_reading(settings))
    if not found:
        return Finding("keys", "None lets a program in, as far as can be read here.")
    told = "; ".join(
        f"“{one.name}” into {one.space}{f' until {one.until}' if one.until else ''}, made by"
        f" {one.made_by}"
        for one in found
    )
    return Finding("keys", f"{count_words(len(found), 'lets', 'let')} a program in: {told}.")


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    check_https,
    check_public_url,
    check_address,
    check_proxies,
    check_sign_up,
    check_second_steps,
    check_invitations,
    check_password_links,
    check_keys,
    check_alerts,
    check_secret_key,
    check_files,
    check_room,
    check_media,
    check_damage,
    check_update,
    check_workers,
    check_versions,
)


def _lines(finding: Finding) -> list[str]:
    mark = "MEND" if finding.mend else "ok"
    head = f"{mark:<5}{finding.what:<{_INDENT - 5}}"
    told = textwrap.wrap(visible_text(finding.says), _COLUMNS - _INDENT)
    mended = (
        textwrap.wrap(visible_text(f"→ {finding.mend}"), _COLUMNS - _INDENT) if finding.mend else []
    )
    first, *others = [*told, *mended]
    return [head + first, *(" " * _INDENT + line for line in others)]


def _reading(settings: Settings) -> open_doors.Read:
    if settings.is_on_a_server:
        return partial(open_doors.read_server, settings.database_url)
    return partial(open_doors.read_file, settings.db_path)


def _is_alone(settings: Settings) -> bool:
    return _is_own_name(settings.host)


def _is_own_name(name: str) -> bool:
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
