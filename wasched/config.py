"""Every setting of wasched, read once from the environment and refused when it makes no sense."""

import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

from wasched import packaged
from wasched.domain import wall_clock
from wasched.domain.back_ups import BackUpPlan
from wasched.domain.errors import ConfigError
from wasched.domain.mail import MailServer, read_mail_server
from wasched.domain.origins import origin_of
from wasched.domain.session_database import refused_words
from wasched.domain.typed import read_number

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off", ""}
_KEY_MIN = 32  # characters
_PASSPHRASE_MIN = 16
_S3 = {
    "access_key_id": "AWS_ACCESS_KEY_ID",
    "secret_access_key": "AWS_SECRET_ACCESS_KEY",
    "endpoint": "AWS_ENDPOINT_URL",
    "region": "AWS_REGION",
}
_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]+(/[\w.-]+)*")
_POSTGRESQL = ("postgresql+psycopg", "postgresql", "postgres")  # first the one it becomes
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True)
class Settings:
    """All settings; paths are absolute, `public_url` has no trailing slash or is empty."""

    host: str
    port: int
    public_url: str
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    db_path: Path
    database_url: str  # as SQLAlchemy names it: the file at db_path, or a PostgreSQL
    session_path: Path
    session_database_url: str  # as libpq names it: where links are kept; empty: in session_path
    media_path: Path
    media_to: str  # s3://BUCKET/FOLDER; empty: attached files lie at media_path
    media_cache_mb: int  # of those in a bucket, on this machine
    media_max_mb: int
    media_kept_max_mb: int  # of one person, all files together
    redis_url: str
    zone: str
    allow_registration: bool
    accounts_max: int  # of a member
    link_accounts_per_process: int  # 1: each has a process of its own
    lease_s: int  # a worker that was not heard of for so long is taken for dead by the others
    practice: bool | None  # None: chosen in Settings
    api_per_minute: int  # requests of one key in the long run
    api_burst: int  # requests of one key at once
    webhooks_to_private: bool  # whether they may lead to addresses that are not public
    demo_url: str
    log_level: str
    keep_days: int | None  # None: chosen in Settings; 0 keeps all
    health_file: str
    mail_server: MailServer | None  # None: no e-mails are sent
    ping_url: str  # called while all is well; empty: nobody is
    metrics_token: str  # empty: this machine alone may ask for metrics
    back_ups: BackUpPlan  # to nowhere: none is made by itself
    s3: tuple[tuple[str, str], ...]  # keys and address of the store behind s3://, as obstore has it
    in_container: bool  # of our own image
    secret_key: str  # empty: a database that machines share keeps it
    is_secret_given: bool  # by SECRET_KEY

    @property
    def data_path(self) -> Path:
        """The folder that holds the database, the queue file, media and the kept secret."""
        return self.db_path.parent

    @property
    def is_on_a_server(self) -> bool:
        """True if the database is a server's, which other machines reach, and no file here."""
        return not _is_file(self.database_url)

    @property
    def queue_path(self) -> Path:
        """The embedded queue's own file, beside the database."""
        return self.db_path.with_name("queue.db")


@cache
def settings() -> Settings:
    """The settings of this process; ConfigError names what is wrong and how to mend it."""
    return read_settings(os.environ)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read settings from an environment; keeps a generated secret in the data folder."""
    folder = environ.get("DATA_DIR") or packaged.data_folder()
    db_path = _path(environ, "DB_PATH", f"{folder}/app.db")
    database_url, secret_key = _database_url(environ, db_path), _secret_key(environ)
    return Settings(
        host=_host(environ),
        port=_number(environ, "PORT", 3001, low=1, high=65535),
        public_url=_url(environ),
        trusted_proxies=_proxies(environ),
        db_path=db_path,
        database_url=database_url,
        session_path=_path(environ, "SESSION_PATH", str(db_path.parent / "session")),
        session_database_url=_session_database_url(environ, db_path),
        media_path=_path(environ, "MEDIA_PATH", str(db_path.parent / "media")),
        media_to=_media_to(environ),
        media_cache_mb=_number(environ, "MEDIA_CACHE_MB", 1_000, low=1, high=10_000_000),
        media_max_mb=_number(environ, "MEDIA_MAX_MB", 100, low=1, high=2048),
        media_kept_max_mb=_number(environ, "MEDIA_KEPT_MAX_MB", 5_000, low=1, high=10_000_000),
        redis_url=_redis_url(environ),
        zone=_zone(environ),
        allow_registration=_flag(environ, "ALLOW_REGISTRATION"),
        accounts_max=_number(environ, "ACCOUNTS_MAX", 10, low=1, high=1000),
        link_accounts_per_process=_number(
            environ, "LINK_ACCOUNTS_PER_PROCESS", 25, low=1, high=100
        ),
        lease_s=_number(environ, "LEASE_S", 20, low=2, high=300),
        practice=_flag(environ, "PRACTICE_MODE") if environ.get("PRACTICE_MODE") else None,
        api_per_minute=_number(environ, "API_PER_MINUTE", 60, low=1, high=1_000_000),
        api_burst=_number(environ, "API_BURST", 300, low=1, high=1_000_000),
        webhooks_to_private=_flag(environ, "WEBHOOKS_TO_PRIVATE"),
        demo_url=environ.get("DEMO_URL", ""),
        log_level=_level(environ),
        keep_days=_number(environ, "KEEP_DAYS", 0, low=0, high=36500)
        if environ.get("KEEP_DAYS", "").strip()
        else None,
        health_file=environ.get("HEALTH_FILE", ""),
        mail_server=_mail_server(environ),
        ping_url=_ping_url(environ),
        metrics_token=_metrics_token(environ),
        back_ups=_back_ups(environ),
        s3=_s3_store(environ),
        in_container=_flag(environ, "IN_CONTAINER"),
        secret_key=secret_key or _secret_in(db_path.parent, _is_file(database_url)),
        is_secret_given=bool(secret_key),
    )


def _path(environ: Mapping[str, str], name: str, default: str) -> Path:
    return Path(environ.get(name) or default).expanduser().absolute()


def _host(environ: Mapping[str, str]) -> str:
    text = environ.get("LOCALHOST", "").strip() or "127.0.0.1"
    try:
        return text if text == "localhost" else str(ip_address(text))
    except ValueError:
        raise ConfigError(
            f"LOCALHOST is {text!r}. Give the address to listen on: 127.0.0.1 for this machine "
            "alone, 0.0.0.0 for every network it is in."
        ) from None


def _is_file(database_url: str) -> bool:
    return database_url.startswith("sqlite:")


def _url_of(db_path: Path) -> str:
    return f"sqlite:///{db_path}"


def _database_url(environ: Mapping[str, str], db_path: Path) -> str:
    """Which database; a URL may hold a password, so it is not quoted when it is refused."""
    given = _secret(environ, "DATABASE_URL")
    return _server_url("DATABASE_URL", given, db_path) or _url_of(db_path)


def _server_url(name: str, given: str, db_path: Path) -> str:
    """The URL of a PostgreSQL as SQLAlchemy names it; nothing for the file at db_path."""
    if given in ("", _url_of(db_path)):
        return ""
    from sqlalchemy import make_url  # 15 MB that the launcher need not carry
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in _POSTGRESQL or not url.database:
        raise ConfigError(
            f"{name} makes no sense. Give postgresql://USER:PASSWORD@HOST/DATABASE, or leave "
            "it away for a SQLite file, and say by DB_PATH where that is."
        )
    return url.set(drivername=_POSTGRESQL[0]).render_as_string(hide_password=False)


def _session_database_url(environ: Mapping[str, str], db_path: Path) -> str:
    """Which PostgreSQL the links are kept in: the product's own, unless another one is named."""
    name = "SESSION_DATABASE_URL" if _secret(environ, "SESSION_DATABASE_URL") else "DATABASE_URL"
    given = _server_url(name, _secret(environ, name), db_path)
    if not given:
        return ""
    plain = f"{_POSTGRESQL[1]}://{given.partition('://')[2]}"
    if refused := refused_words(parse_qsl(urlsplit(plain).query, keep_blank_values=True)):
        raise ConfigError(
            f"{name} says {', '.join(refused)}, which the WhatsApp library's driver does not know. "
            "Leave it away, or name by SESSION_DATABASE_URL the same database without it."
        )
    return plain


def _number(environ: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    number = read_number(text)
    if number is None or not low <= number <= high:
        raise ConfigError(f"{name} is {text!r}. Give a whole number from {low} to {high}.")
    return number


def _flag(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "").strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ConfigError(f"{name} is {text!r}. Say true or false.")


def _proxies(environ: Mapping[str, str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks; the word `gateway` is where a container's host is seen to be."""
    text = environ.get("TRUSTED_PROXIES") or "127.0.0.1,::1"
    parts = [part.strip() for part in text.split(",") if part.strip()]
    try:
        return tuple(ip_network(_gateway() if part == "gateway" else part) for part in parts)
    except ValueError as fault:
        raise ConfigError(
            f"TRUSTED_PROXIES is {text!r}: {fault}. Give addresses or networks with commas between."
        ) from None


def _gateway() -> str:
    """The way out of this machine or container, as Linux lists it: proc(5), /proc/net/route."""
    try:
        routes = Path("/proc/net/route").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        routes = []
    for route in routes:
        _interface, destination, gateway, *_rest = route.split()
        if int(destination, 16) == 0:
            # The kernel prints the four bytes as they lie in memory.
            return str(IPv4Address(int(gateway, 16).to_bytes(4, sys.byteorder)))
    return "127.0.0.1"


def _url(environ: Mapping[str, str]) -> str:
    text = (environ.get("PUBLIC_URL") or environ.get("CLIENT_ORIGIN") or "").strip().rstrip("/")
    if not text:
        return ""
    scheme, _, host = text.partition("://")
    if origin_of(scheme, host) is None:
        raise ConfigError(
            f"PUBLIC_URL is {text!r}. Give the address people type, such as "
            "https://wasched.example.org, without a path; a name with other letters as xn--…."
        )
    return text


def _mail_server(environ: Mapping[str, str]) -> MailServer | None:
    """Who takes e-mails; what was set may hold a password and is not quoted."""
    text, site = _secret(environ, "SMTP_URL"), _url(environ)
    if not text:
        return None
    if not site:
        raise ConfigError("SMTP_URL needs PUBLIC_URL: links in e-mails lead there. Set both.")
    try:
        return read_mail_server(text, urlsplit(site).hostname or "")
    except ValueError:
        raise ConfigError(
            "SMTP_URL makes no sense. Give smtp://USER:PASSWORD@HOST:587?from=ADDRESS, or smtps:// "
            "for port 465; write what is no letter or digit in user and password as %40."
        ) from None


def _ping_url(environ: Mapping[str, str]) -> str:
    """Who is called while all is well; whoever has the address can call it, so it is not quoted."""
    text = _secret(environ, "PING_URL")
    try:
        parts = urlsplit(text)
        is_right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_right = False
    if text and (not is_right or not text.isprintable() or " " in text):
        raise ConfigError(
            "PING_URL makes no sense. Give the whole address that your watchdog shows, such as "
            "https://hc-ping.com/… or https://uptime.example.org/api/push/…"
        )
    return text


def _zone(environ: Mapping[str, str]) -> str:
    name = environ.get("APP_TIMEZONE", "").strip() or "UTC"
    try:
        wall_clock.zone(name)
    except wall_clock.UnknownZone:
        raise ConfigError(
            f"APP_TIMEZONE is {name!r}, which is no time zone. Give a name like Europe/Berlin."
        ) from None
    return name


def _level(environ: Mapping[str, str]) -> str:
    name = (environ.get("LOG_LEVEL") or "INFO").upper()
    if name not in _LEVELS:
        raise ConfigError(f"LOG_LEVEL is {name!r}. Choose one of {', '.join(_LEVELS)}.")
    return name


def _redis_url(environ: Mapping[str, str]) -> str:
    host = environ.get("REDIS_HOST", "").strip()
    if not host:
        return ""
    port = _number(environ, "REDIS_PORT", 6379, low=1, high=65535)
    password = _secret(environ, "REDIS_PASSWORD")
    login = f":{quote(password, safe='')}@" if password else ""
    return f"redis://{login}{host}:{port}/0"


def _secret(environ: Mapping[str, str], name: str) -> str:
    """A secret given as NAME or, better, as a file in NAME_FILE."""
    path = environ.get(f"{name}_FILE", "")
    if not path:
        return environ.get(name, "").strip()
    if environ.get(name):
        raise ConfigError(f"Both {name} and {name}_FILE are set. Keep one of them.")
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{name}_FILE names {path!r}, which cannot be read: {fault}.") from None
    if not text:
        raise ConfigError(f"{name}_FILE names {path!r}, which is empty.")
    return text


def _metrics_token(environ: Mapping[str, str]) -> str:
    """What a monitor elsewhere shows, or nothing."""
    return _long_secret(environ, "METRICS_TOKEN", "this machine alone may ask")


def _back_ups(environ: Mapping[str, str]) -> BackUpPlan:
    """Where back-ups go by themselves; nothing of the store's keys is quoted."""
    to = environ.get("BACKUP_TO", "").strip().rstrip("/")
    if "://" in to and not _BUCKET.fullmatch(to):
        raise ConfigError(
            "BACKUP_TO makes no sense. Give a folder, or s3://BUCKET/FOLDER; keys and address of "
            "the store have settings of their own: AWS_ACCESS_KEY_ID and the like."
        )
    passphrase = _secret(environ, "BACKUP_PASSPHRASE")
    if 0 < len(passphrase) < _PASSPHRASE_MIN:
        raise ConfigError(
            f"BACKUP_PASSPHRASE has {len(passphrase)} characters, which can be guessed. Give at "
            f"least {_PASSPHRASE_MIN}, and keep a copy elsewhere: lost is lost."
        )
    return BackUpPlan(
        to if "://" in to or not to else str(_path(environ, "BACKUP_TO", "")),
        _time_of_day(environ, "BACKUP_AT", "03:17"),
        passphrase,
        _s3_store(environ),
    )


def _s3_store(environ: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What is set of the store behind s3://."""
    return tuple(
        (name, found) for name, set_as in _S3.items() if (found := _secret(environ, set_as))
    )


def _media_to(environ: Mapping[str, str]) -> str:
    """The bucket of attached files, or nothing; what was set may hold a key and is not quoted."""
    to = environ.get("MEDIA_TO", "").strip().rstrip("/")
    if to and not _BUCKET.fullmatch(to):
        raise ConfigError(
            "MEDIA_TO makes no sense. Give s3://BUCKET/FOLDER, keys and address of the store by "
            "AWS_ACCESS_KEY_ID and the like; or leave it away, and say by MEDIA_PATH which folder."
        )
    if to and to == environ.get("BACKUP_TO", "").strip().rstrip("/"):
        raise ConfigError("MEDIA_TO and BACKUP_TO are the same. Give each a folder of its own.")
    return to


def _time_of_day(environ: Mapping[str, str], name: str, default: str) -> time:
    text = environ.get(name, "").strip() or default
    try:
        return time.fromisoformat(text if len(text) == len("00:00") else "")
    except ValueError:
        raise ConfigError(f"{name} is {text!r}. Give a time of day, such as {default}.") from None


def _secret_key(environ: Mapping[str, str]) -> str:
    """The key as it was given, or nothing."""
    return _long_secret(environ, "SECRET_KEY", "one is made and kept")


def _long_secret(environ: Mapping[str, str], name: str, without: str) -> str:
    """A secret, or nothing; ConfigError if it can be guessed. `without` says what is so then."""
    text = _secret(environ, name)
    if text and len(text) < _KEY_MIN:
        raise ConfigError(
            f"{name} has {len(text)} characters, which can be guessed. Give at least "
            f"{_KEY_MIN} random ones, or leave it away: then {without}."
        )
    return text


def _secret_in(folder: Path, makes: bool) -> str:
    """The secret generated on the first start and kept, readable by its owner only.

    Where a database keeps it for all machines, none is made here: it is empty without a file.
    """
    path = folder / "secret_key"
    try:
        if makes:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_once(path, secrets.token_urlsafe(32))
        elif not path.exists():
            return ""
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(
            f"The data folder {folder} cannot be used: {fault}. "
            "Make it writable for this user, or set DB_PATH to another place."
        ) from None
    if len(text) < _KEY_MIN:
        raise ConfigError(f"{path} is damaged. Delete it; a new one is made at the next start.")
    return text


def _write_once(path: Path, text: str) -> None:
    """Write the file unless it exists, whole or not at all, whoever else is starting."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; its secret is as good
    finally:
        draft.unlink()
