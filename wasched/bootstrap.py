"""The one place where services meet adapters; tests put fakes in here."""

import logging
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import ExceptionContext, event
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlmodel import Session

from wasched import db, logs, own_files
from wasched.adapters import bounded_process, damage_note, file_modes, own_addresses
from wasched.adapters.alert_posts import AlertPosts
from wasched.adapters.back_up_places import BackUpPlace, open_place
from wasched.adapters.bounded_media_tools import BoundedMediaTools
from wasched.adapters.bounded_process import BoundedProcess, BoundedWork, Bounds, SpareProcess
from wasched.adapters.buckets import OwnBuckets, RedisBuckets
from wasched.adapters.changes import RedisChanges, SqliteChanges
from wasched.adapters.clock import SystemClock
from wasched.adapters.damage_watch import DamageWatch
from wasched.adapters.huey_library import Huey
from wasched.adapters.media_stores import open_media_store
from wasched.adapters.passwords import Argon2Passwords
from wasched.adapters.push_posts import PushPosts
from wasched.adapters.queue import make_asking, make_queue
from wasched.adapters.queue_watch import QueueWatch
from wasched.adapters.task_hints import TaskHints
from wasched.adapters.web_pages import WebPages
from wasched.adapters.webhook_posts import WebhookPosts
from wasched.adapters.worker_calls import WorkerCalls
from wasched.config import settings
from wasched.db import postgresql_looks
from wasched.db.postgresql_schema import CHANGES
from wasched.db.presence import Presence
from wasched.domain import storage
from wasched.domain.calendar_file import CalendarFile
from wasched.domain.damage import back_up_sentence, database_sentence, links_sentence
from wasched.domain.errors import UnusableDatabaseError
from wasched.domain.figures import Figure, Histogram
from wasched.domain.link import LinkEvent
from wasched.domain.log_tail import LogPart
from wasched.domain.media import MB
from wasched.domain.opaque_ids import OpaqueIds
from wasched.services.caller import Caller
from wasched.services.effects import Effect, take_effects
from wasched.services.files import uploads
from wasched.services.ports import (
    AlertTeller,
    Buckets,
    Changes,
    Clock,
    Database,
    Line,
    LinkSource,
    Mailer,
    MediaStore,
    MediaTools,
    OldServerBook,
    PasskeyReader,
    PasswordHasher,
    Pinger,
    PushTeller,
    StrengthMeter,
    WebhookPoster,
)
from wasched.services.server import kept_back_ups, server_settings, shared_secret
from wasched.services.server.lateness_tally import LatenessTally
from wasched.services.votes import settling

if TYPE_CHECKING:  # only the worker loads what a link needs
    from wasched.adapters.whatsapp.processes import LinkProcesses

log = logging.getLogger(__name__)

_FULL_S = 120.0  # the worker notes its heartbeat each minute
_full_at = [float("-inf")]  # when something found no room on the database's server
_SHORTEN_TRIES, _SHORTEN_PAUSE_S = 10, 0.2
_READ_PEOPLE = Bounds(cpu_s=90, wall_s=180, memory=128 * MB)
_READ_NODE = Bounds(cpu_s=120, wall_s=300, memory=128 * MB)
_BACK_UP = Bounds(cpu_s=8 * 3600, wall_s=12 * 3600, memory=512 * MB)

Answer = TypeVar("Answer")


def answer(question: Callable[[Session, datetime], Answer]) -> Answer:
    """What a reading question comes to now; it never waits for writers."""
    return database().answer(lambda session: question(session, clock().now()))


def transaction(deed: Callable[[Session, datetime], Answer]) -> Answer:
    """What a writing deed comes to now, committed; nothing is saved if it raises."""
    return database().transaction(lambda session: deed(session, clock().now()))


def network_url() -> str:
    """The address for other devices in the same network; empty if this machine alone is let in."""
    return own_addresses.network_url(settings())


def start(part: LogPart) -> None:
    """What every process does first: modes, logs, schema, hints after each commit, the queue."""
    started_at()
    file_modes.make_private(*own_files.files_beside(settings()), settings().session_path)
    threading.Thread(
        target=file_modes.make_private, args=(settings().media_path,), daemon=True
    ).start()
    logs.set_up(settings().log_level, (settings().data_path, part))
    notice_damage()
    db.upgrade()
    presence().begin("worker" if part is LogPart.WORKER else "api")
    secret_key()  # a machine with another one than the others is told so before it says anything
    event.listen(Session, "after_commit", _hint)
    queue_watch().start()


@cache
def presence() -> Presence:
    """How others know that this process uses the database."""
    return Presence(db.engine())


def carry_out_effects(
    carry_out: Callable[[Effect], None], sessions: type[Session] | Session = Session
) -> None:
    """Have what follows from each commit of this process done by this; it must not wait."""

    def follow(session: Session) -> None:
        for effect in take_effects(session):
            try:
                carry_out(effect)
            except Exception:  # the change is committed, and the worker's own look makes up for it
                log.exception("What follows from a change cannot be passed on: %s", effect)

    event.listen(sessions, "after_commit", follow)
    event.listen(sessions, "after_rollback", take_effects)


def start_fault() -> str:
    """Start the api; what keeps the database from being used, as the log says it, or nothing."""
    try:
        start(LogPart.SERVER)
    except (DatabaseError, UnusableDatabaseError) as fault:
        sentence = storage.sentence_for(fault)
        if not sentence:
            raise
        log.exception("The database cannot be used")  # the log says the sentence instead
        return sentence
    if wrong := damage():
        log.error(wrong)
    return ""


def notice_damage() -> None:
    """Have faults of the database that show damage noted, whichever thread they are raised on."""
    event.listen(db.engine(), "handle_error", _note_fault)


def damage() -> str:
    """What is known to be wrong inside the database, and the way back; empty if nothing is."""
    found = damage_note.of_database(settings().db_path).read()
    return database_sentence(found, _last_back_up()) if found else ""


def link_damage() -> str:
    """Which links' files are known to be damaged, and what to do; empty if none is."""
    found = damage_note.of_links(settings().db_path).read()
    return links_sentence(found) if found else ""


def damage_watch() -> DamageWatch:
    """What checks the files of this server."""
    return DamageWatch(
        settings().db_path,
        settings().session_path,
        settings().zone,
        clock(),
        lambda: [sentence for sentence in (damage(), link_damage()) if sentence],
        partial(postgresql_looks.damage_of, db.engine()) if settings().is_on_a_server else None,
    )


def database_fault() -> str:
    """What keeps a database on a server from being written to now, or has within two minutes."""
    return postgresql_looks.write_fault(db.engine()) or _full_server()


def _full_server() -> str:
    """A server without room is known by what could not be written there."""
    is_recent = time.monotonic() - _full_at[0] < _FULL_S
    return storage.SERVER_FULL if is_recent else ""


def checkpoint() -> None:
    """Shorten the database's log; it is asked for past the engine, so damage is noted here."""
    try:
        db.checkpoint(db.engine())
    except sqlite3.Error as fault:
        _note_damage(fault)
        raise


def shorten_log() -> None:
    """Let nothing that was deleted stand in the database's log; left out while it is in use."""
    checkpoint()
    for _ in range(_SHORTEN_TRIES):
        if db.shorten_log(db.engine()):
            return
        time.sleep(_SHORTEN_PAUSE_S)


def note_health(sentence: str) -> None:
    """Leave word of what is wrong, or that nothing is, for the health check of the container."""
    if settings().health_file:
        Path(settings().health_file).write_text(sentence, encoding="utf-8")


def database() -> Database:
    """The database of this process."""
    return db.Database(db.engine())


@cache
def queue() -> Huey:
    """The queue of tasks: Redis when it is set, else a file beside the database."""
    return make_queue(settings().redis_url, settings().queue_path)


@cache
def task_hints() -> TaskHints:
    """What hands this process's tasks to the queue."""
    return TaskHints()


@cache
def queue_watch() -> QueueWatch:
    """What this process knows of how the queue is."""
    return QueueWatch(make_asking(settings().redis_url, settings().queue_path))


@cache
def worker_calls() -> WorkerCalls | None:
    """How workers pass on what came to the wrong one; None where there can be no other."""
    given = settings()
    is_shared = given.is_on_a_server and given.redis_url
    return WorkerCalls(given.redis_url) if is_shared else None


@cache
def changes() -> Changes:
    """How this process hears of changes in the others."""
    if settings().redis_url:
        return RedisChanges(settings().redis_url)
    if settings().is_on_a_server:
        return _changes_by_database()
    return SqliteChanges(settings().db_path)


def _changes_by_database() -> Changes:
    from wasched.adapters.postgresql_changes import PostgresqlChanges  # 9 MB, with its driver

    return PostgresqlChanges(database().plain_connection, CHANGES)


@cache
def buckets() -> Buckets:
    """Where the requests of programs are counted: with the other apis, where there is a Redis."""
    return RedisBuckets(settings().redis_url) if settings().redis_url else OwnBuckets()


@cache
def opaque_ids() -> OpaqueIds:
    """How this server's rows are named to programs."""
    return OpaqueIds(secret_key())


def secret_key() -> str:
    """The secret of this server: one for all machines that share its database."""
    return _shared_secret() if settings().is_on_a_server else settings().secret_key


@cache
def _shared_secret() -> str:
    own = settings().secret_key
    given = own if settings().is_secret_given else ""
    if found := answer(lambda session, _now: shared_secret.find_secret(session, given)):
        return found
    offered = own or secrets.token_urlsafe(32)
    return transaction(lambda session, _: shared_secret.settle_secret(session, given, offered))


@cache
def clock() -> Clock:
    """The clock of this process."""
    return SystemClock()


@cache
def started_at() -> datetime:
    """When this process started, as far as it has called this before anything else."""
    return clock().now()


def queue_fault() -> str:
    """What keeps tasks from being passed on, in one sentence; empty if nothing does.

    It is known already: nobody waits for the queue here.
    """
    return queue_watch().fault()


@cache
def passwords() -> PasswordHasher:
    """The hasher of this process."""
    return Argon2Passwords()


@cache
def passkey_reader() -> PasskeyReader:
    """What this process looks at passkeys with."""
    from wasched.adapters.passkeys import WebAuthnPasskeys  # 28 MB that many servers never need

    return WebAuthnPasskeys()


@cache
def mailer() -> Mailer | None:
    """What this process sends e-mails with; None where SMTP_URL is not set."""
    server = settings().mail_server
    if server is None:
        return None
    from wasched.adapters.smtp import SmtpMailer  # which most servers do without

    return SmtpMailer(server)


@cache
def strength() -> StrengthMeter:
    """What this process looks at new passwords with."""
    # Its lists of words cost 13 MB, and most servers choose a password once.
    from wasched.adapters.password_strength import ZxcvbnStrength

    return ZxcvbnStrength()


def is_practice() -> bool:
    """True while nothing may leave this server: by the environment, else as the admin chose."""
    return answer(lambda session, _now: server_settings.practice_mode(session, settings().practice))


def write_calendar(file: CalendarFile) -> bytes:
    """A calendar as other programs read it."""
    from wasched.adapters.ical import write_calendar  # 8 MB, and most servers are never asked

    return write_calendar(file)


def server_figures() -> list[Figure]:
    """What a monitor is told of this server's files and queue."""
    from wasched.adapters.server_figures import server_figures

    sizes = _size(), db.log_size(db.engine())
    return server_figures(sizes, settings().data_path, queue(), queue_fault())


def log_size() -> int:
    """How many bytes the database's log takes here; a server's is its own affair."""
    return db.log_size(db.engine())


def _size() -> int | None:
    try:
        return db.size(db.engine())
    except SQLAlchemyError:  # a server that is away just now
        return None


def write_figures(found: Iterable[Figure | Histogram], accept: str) -> tuple[bytes, str]:
    """Figures as a monitor reads them, and their content type."""
    from wasched.adapters.prometheus import write_figures  # most servers are never asked

    return write_figures(found, accept)


@cache
def lateness_tally() -> LatenessTally:
    """What this process has counted of how late sends began."""
    return LatenessTally(started_at())


@cache
def media_store() -> MediaStore:
    """Where this process finds and keeps files."""
    return open_media_store(settings())


def give_up_upload(user: Caller, token: str) -> None:
    """Forget an upload of this person, which may take as long as the media store does."""
    uploads.give_up(database(), user, media_store(), token)


def media_tools() -> MediaTools:
    """What one file is looked into with; it can be stopped without stopping others."""
    return BoundedMediaTools()


def people_reading() -> BoundedWork:
    """What one file of people is read with; it can be stopped."""
    return BoundedWork(people_readers().take)


@cache
def people_readers() -> SpareProcess:
    """Processes that read a file of people each."""
    return SpareProcess(
        lambda: BoundedProcess("wasched.people_reader", _READ_PEOPLE, knows_secrets=True)
    )


def node_reading() -> BoundedWork:
    """What one database of the Node.js version is read with; it can be stopped."""
    return BoundedWork(
        lambda: BoundedProcess("wasched.node_reader", _READ_NODE, knows_secrets=True)
    )


def back_up_work() -> BoundedWork:
    """What one back-up is made with; it can be stopped."""
    return BoundedWork(
        lambda: BoundedProcess("wasched.back_up_child", _BACK_UP, knows_secrets=True)
    )


def back_up_place() -> BackUpPlace:
    """Where back-ups are kept by themselves; BackupError where that is nowhere."""
    return open_place(settings().back_ups)


def look_at_back_up(name: str) -> None:
    """BackupError, in words, if this process cannot read a kept back-up."""
    with back_up_place().opened(name) as source:
        source.read(1)


def node_database(path: Path) -> AbstractContextManager[OldServerBook]:
    """A database of the Node.js version, while a block runs."""
    from wasched.adapters.node_database import open_node_database  # once in a server's life

    return open_node_database(path, settings().data_path)


def end_long_work() -> None:
    """End what runs in bounded processes: this one is about to stop, and nobody waits."""
    bounded_process.end_all()


@cache
def link_source() -> LinkSource:
    """How this process reads web pages."""
    return WebPages()


@cache
def webhook_poster() -> WebhookPoster:
    """How this process reaches webhooks."""
    return WebhookPosts(allows_private=settings().webhooks_to_private)


def settle_answers() -> None:
    """Count the votes and reactions that wait."""
    from wasched.adapters.poll_votes import open_vote

    if answer(lambda session, _now: settling.has_unsettled(session)):
        transaction(lambda session, now: settling.settle_answers(session, open_vote, now))


@cache
def alert_teller() -> AlertTeller:
    """How this process tells people by services of others."""
    return AlertPosts(allows_private=settings().webhooks_to_private)


@cache
def push_teller() -> PushTeller:
    """How this process tells browsers."""
    return PushPosts(allows_private=settings().webhooks_to_private)


@cache
def pinger() -> Pinger | None:
    """What calls the address that somebody else watches; None where PING_URL is not set."""
    url = settings().ping_url
    if not url:
        return None
    from wasched.adapters.ping import HttpPinger  # which most servers do without

    return HttpPinger(url)


def make_line(account_id: int, on_event: Callable[[LinkEvent], None]) -> Line:
    """The line of an account: WhatsApp's, or one that only practises."""
    # Only the worker asks for a line, so only the worker loads what a line needs.
    if is_practice():
        from wasched.adapters.dry_run import DryRunLine

        return DryRunLine(on_event)
    from wasched.adapters.whatsapp.process import WhatsAppLine
    from wasched.adapters.whatsapp.session_place import place_of

    given = settings()
    kept = place_of(given.session_path, account_id, given.session_database_url)
    return WhatsAppLine(kept, on_event, media_store(), _link_processes())


@cache
def _link_processes() -> "LinkProcesses":
    from wasched.adapters.whatsapp.processes import LinkProcesses

    return LinkProcesses(settings().link_accounts_per_process)


def _hint(session: Session) -> None:
    if session.info.pop("changes", None):
        changes().hint()


def _note_fault(context: ExceptionContext) -> None:
    if storage.sentence_for(context.original_exception) == storage.SERVER_FULL:
        _full_at[0] = time.monotonic()
    _note_damage(context.original_exception)


def _note_damage(fault: BaseException) -> None:
    what = storage.damage_in(storage.words_of(fault))
    if what and damage_note.of_database(settings().db_path).add(what, clock().now()):
        log.error("The database is damaged", exc_info=fault)  # the log says the sentence instead


def _last_back_up() -> str:
    try:
        return back_up_sentence(answer(lambda s, _now: kept_back_ups.last_good_backup(s)))
    except (SQLAlchemyError, ValueError):  # what can be read of it may be noise
        return ""
