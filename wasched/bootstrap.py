"""The one place where services meet adapters; tests put fakes in here."""

from collections.abc import Callable
from functools import cache

from huey import Huey
from sqlalchemy import event
from sqlmodel import Session

from wasched import db, logs
from wasched.adapters.changes import RedisChanges, SqliteChanges
from wasched.adapters.clock import SystemClock
from wasched.adapters.passwords import Argon2Passwords
from wasched.adapters.queue import make_queue
from wasched.config import settings
from wasched.domain.link import LinkEvent
from wasched.services import server_settings
from wasched.services.ports import Changes, Clock, Line, PasswordHasher

session_scope = db.session_scope


def start() -> None:
    """What every process does first: logs, schema, and hints after each commit."""
    logs.set_up(settings().log_level)
    db.upgrade()
    event.listen(Session, "after_commit", _hint)


@cache
def queue() -> Huey:
    """The queue of tasks: Redis when it is set, else a file beside the database."""
    return make_queue(settings().redis_url, settings().queue_path)


@cache
def changes() -> Changes:
    """How this process hears of changes in the others."""
    if settings().redis_url:
        return RedisChanges(settings().redis_url)
    return SqliteChanges(settings().db_path)


@cache
def clock() -> Clock:
    """The clock of this process."""
    return SystemClock()


@cache
def passwords() -> PasswordHasher:
    """The hasher of this process."""
    return Argon2Passwords()


def is_practice() -> bool:
    """True while nothing may leave this server: by the environment, else as the owner chose."""
    with session_scope(write=False) as session:
        return server_settings.practice(session, settings().practice)


def make_line(account_id: int, on_event: Callable[[LinkEvent], None]) -> Line:
    """The line of an account: WhatsApp's, or one that only practises."""
    # Only the worker asks for a line, so only the worker loads what a line needs.
    if is_practice():
        from wasched.adapters.dry_run import DryRunLine

        return DryRunLine(on_event)
    from wasched.adapters.whatsapp.process import WhatsAppLine

    return WhatsAppLine(settings().session_path / f"account-{account_id}.db", on_event)


def _hint(session: Session) -> None:
    if session.info.pop("changes", None):
        changes().hint()
