"""The queue and its tasks: each takes an id at most, is safe to run twice, and is one call."""

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from wasched import background, bootstrap, mailing, people_reading
from wasched.adapters.huey_library import TaskWrapper, crontab
from wasched.config import settings
from wasched.domain.storage import sentence_for
from wasched.services import audit_log, change_notes
from wasched.services.accounts import daily_tally
from wasched.services.address_book.imports import pending_imports as imports
from wasched.services.alerts import incidents
from wasched.services.delivery import post_views, send_holds
from wasched.services.delivery.sender import AccountSender
from wasched.services.effects import (
    AskLine,
    CheckNumbers,
    Convert,
    Effect,
    ExpectPeople,
    MailLinks,
    ReadPeople,
    Wake,
)
from wasched.services.files import cleanup, conversion
from wasched.services.identity import users
from wasched.services.keywords import uses
from wasched.services.line import invite_links, number_lookups, view_counts
from wasched.services.line.holder import AccountHolder
from wasched.services.messages import message_actions
from wasched.services.ports import Line
from wasched.services.recipients import invites, number_checks
from wasched.services.replies import keeping
from wasched.services.schedules import catch_up, create
from wasched.services.server import health, server_settings
from wasched.services.votes import unsettled
from wasched.services.webhooks import events, readers

log = logging.getLogger(__name__)

queue = bootstrap.queue()

SOON = timedelta(seconds=90)
"""What is due this soon is armed at once; the minute sweep arms the rest in time."""

_MINUTE_S, _HOUR_S = 65.0, 3_700.0
"""After this long the queue has missed what it calls once a minute, or once an hour.

Or another worker was called, of those that share the queue.
"""

_AWAY_S = 10.0
"""What the minute asks for is done this often, at most, while the queue is known to be away."""

_BREATH = timedelta(seconds=1)
"""What has come due goes out before what comes after it is laid out."""

_EARLY = timedelta(seconds=2)
"""A drain starts this long before its instant and waits out the rest to the millisecond."""


@dataclass
class WorkerState:
    """What a process drains with; the worker fills it in, elsewhere it stays empty."""

    holder: AccountHolder | None = None
    name: str = ""
    armed: dict[int, datetime] = field(default_factory=dict)
    checks: dict[int, datetime] = field(default_factory=dict)
    started_at: datetime | None = None
    swept_at: float = -math.inf
    cleaned_at: float = field(default_factory=time.monotonic)
    """When the minute's and the hour's work was last begun, on the monotonic clock."""


worker_state = WorkerState()


def leads() -> bool:
    """True if what is done once for the whole server is this process's to do, just now."""
    return worker_state.holder is None or worker_state.holder.leads


@queue.task()
def drain(account_id: int) -> None:
    """Send what is due for an account, and arm the next drain."""
    if not _drain_here(account_id):
        _pass_between_workers("drain", account_id)


def _drain_here(account_id: int) -> bool:
    """Do it if this worker holds the account."""
    sender = worker_state.holder.sender(account_id) if worker_state.holder else None
    if sender is not None:
        background.run_apart("drain", account_id, lambda: _drain(sender))
    return sender is not None


def _drain(sender: AccountSender) -> None:
    _arm(sender.account_id, sender.drain())


def _look_up() -> None:
    """Ask about the numbers that somebody waits to know of, by the accounts held here."""
    held = worker_state.holder.held() if worker_state.holder else []
    for account_id in bootstrap.answer(
        lambda session, _now: number_checks.waiting_accounts(session, held)
    ):
        check.call_local(account_id)
    for account_id in bootstrap.answer(lambda s, now: _asking(s, held, now)):
        ask_line.call_local(account_id)


def _asking(session: Session, held: list[int], now: datetime) -> list[int]:
    """Those of the accounts that somebody waits for to ask."""
    asking = {*invites.waiting_accounts(session, held, now)}
    asking |= {*post_views.waiting_accounts(session, held, now)}
    return sorted(asking)


@queue.task()
def lay_out(_schedule_id: int = 0) -> None:
    """Lay out what has come due."""
    background.lay_out_backlog()


@queue.periodic_task(crontab(minute="*"))
def sweep() -> None:
    """The safety net of every minute: expire the late, lay out the next, drain every account."""
    worker_state.swept_at = time.monotonic()
    put_right()
    background.lay_out_backlog()
    held = worker_state.holder.held() if worker_state.holder else []
    for account_id in held:
        drain.call_local(account_id)
    _look_up()
    background.run_apart("count days", 0, count_days)
    if leads() and mailing.is_any_waiting():
        mail.call_local()
    unconverted = bootstrap.answer(conversion.forgotten_files)
    for media_id in unconverted[: background.CONVERTED_AT_ONCE]:  # each goes on until none waits
        background.run_apart("convert", media_id, convert.call_local)


def put_right() -> None:
    """Before anything may go out: what zone data that changed, and a downtime, made untrue."""
    is_right = False
    while not is_right:
        is_right = bootstrap.transaction(create.put_right)


def count_days() -> None:
    """Count how the days of accounts went, a few in a transaction so that nobody waits for it."""
    bootstrap.transaction(send_holds.close_spent)
    while bootstrap.transaction(daily_tally.count_days):
        pass


def lay_out_due() -> None:
    """Lay out what comes after what came due a second ago, whatever the queue does."""
    if bootstrap.answer(lambda session, now: catch_up.is_any_behind(session, now - _BREATH)):
        background.lay_out_backlog()


def heartbeat() -> None:
    """Say that this worker is alive."""

    def beat(session: Session, now: datetime) -> str:
        started_at = worker_state.started_at or now
        health.note_heartbeat(session, worker_state.name or settings().host, started_at, now)
        return health.folder_fault(settings().data_path)

    try:
        wrong = bootstrap.transaction(beat)
    except SQLAlchemyError as fault:
        bootstrap.note_health(sentence_for(fault) or "The database does not answer.")
        raise
    bootstrap.note_health(wrong or bootstrap.damage())
    if wrong:
        log.error(wrong)


def stand_in() -> None:
    """Do what every minute and every hour ask for if the queue has not: it may be away for long."""
    now = time.monotonic()
    if now - worker_state.swept_at > (_AWAY_S if bootstrap.queue_fault() else _MINUTE_S):
        sweep.call_local()
    if now - worker_state.cleaned_at > _HOUR_S:
        clean_up.call_local()


@queue.periodic_task(crontab(minute="17"))
def clean_up() -> None:
    """Forget ended sessions and notes of changes, and old messages where a setting says so."""
    worker_state.cleaned_at = time.monotonic()
    if not leads():
        return
    wanted, now = bootstrap.transaction(_forget)
    bootstrap.shorten_log()
    bootstrap.media_store().sweep(wanted, now - cleanup.UNUSED)


def _forget(session: Session, now: datetime) -> tuple[set[str], datetime]:
    """Forget it; returns the files that are wanted still, at this time."""
    users.forget_old(session, now)
    change_notes.prune_notes(session, now)
    imports.prune_imports(session, now)
    unsettled.prune_answers(session, now)
    audit_log.prune_entries(session, now)
    keeping.prune_replies(session, now)
    uses.prune_uses(session, now)
    daily_tally.prune_days(session, now)
    invites.forget_links(session, now)
    events.prune_events(session, now)
    incidents.prune_incidents(session, now)
    readers.forget_readers(session, now)
    message_actions.prune_messages(
        session, now, server_settings.keep_days(session, settings().keep_days)
    )
    return cleanup.clean_up(session, now), now


@queue.task()
def convert(_media_id: int = 0) -> None:
    """Make attached files into what phones play, until none waits for it."""
    background.convert_waiting()


@queue.task()
def read_people(import_id: int = 0) -> None:
    """Read the files of people that wait, on a thread of its own: a large one takes seconds."""
    background.run_apart("read people", import_id, people_reading.people_reading().read_waiting)


@queue.task()
def expect_people(_user_id: int) -> None:
    """Have a process ready before a file of people is here: it takes half a second to start."""
    bootstrap.people_readers().warm()


@queue.task()
def check(account_id: int) -> None:
    """Ask WhatsApp about the next numbers that somebody waits to know of, and arm the next ask."""
    if not _check_here(account_id):
        _pass_between_workers("check", account_id)


def _check_here(account_id: int) -> bool:
    """Do it if this worker holds the account."""
    line = _line_here(account_id)
    if line is not None:
        background.run_apart("check", account_id, lambda: _ask_next(account_id, line))
    return line is not None


def _line_here(account_id: int) -> Line | None:
    return worker_state.holder.line(account_id) if worker_state.holder else None


def _ask_next(account_id: int, line: Line) -> None:
    clock = bootstrap.clock()
    until = number_lookups.ask_next(bootstrap.database(), clock, account_id, line)
    armed = worker_state.checks.get(account_id)
    if until is not None and not (armed and clock.now() < armed <= until):
        worker_state.checks[account_id] = until
        background.run_apart(
            "check", account_id, lambda: check.call_local(account_id), until - clock.now()
        )


@queue.task()
def ask_line(account_id: int) -> None:
    """Ask WhatsApp what somebody waits for: invite links of groups, views of posts."""
    if not _ask_line_here(account_id):
        _pass_between_workers("ask_line", account_id)


def _ask_line_here(account_id: int) -> bool:
    """Do it if this worker holds the account."""
    line = _line_here(account_id)
    if line is not None:
        background.run_apart("ask", account_id, lambda: _ask_line(account_id, line))
    return line is not None


def _ask_line(account_id: int, line: Line) -> None:
    for ask in (invite_links.ask_waiting, view_counts.ask_waiting):
        ask(bootstrap.database(), bootstrap.clock(), account_id, line)


@queue.task()
def mail(_number: int = 0) -> None:
    """Send the e-mails that wait."""
    if not _mail_here():
        _pass_between_workers("mail", 0)


def _mail_here(_number: int = 0) -> bool:
    """Do it if this worker does what is done once for the server."""
    is_ours = leads()
    if is_ours:
        background.run_apart("mail", 0, mailing.send_waiting)
    return is_ours


_HERE: dict[str, Callable[[int], bool]] = {
    "drain": _drain_here,
    "check": _check_here,
    "ask_line": _ask_line_here,
    "mail": _mail_here,
}


def hear_other_workers() -> None:
    """Do what came to another worker from the queue, and is for this one to do."""
    calls = bootstrap.worker_calls()
    if calls is not None:
        calls.listen(_hear)


def _hear(name: str, number: int) -> None:
    _HERE[name](number)


def _pass_between_workers(name: str, number: int) -> None:
    """Let all workers hear of a task, so that the right one does it; a lost one is made good."""
    calls = bootstrap.worker_calls()
    if calls is not None and worker_state.holder is not None:
        bootstrap.task_hints().hand_over((name, number), lambda: calls.call(name, number))


def carry_out(effect: Effect) -> None:
    """Do what follows from a commit, or have the worker do it; nobody waits for it here.

    A queue that is away is made good by the worker's own look. What goes out only after the next
    sweep is armed by that.
    """
    match effect:
        case Wake(account_id, at):
            if at - bootstrap.clock().now() < SOON:
                _pass_on(drain, account_id)
        case CheckNumbers(account_id):
            _pass_on(check, account_id)
        case AskLine(account_id):
            _pass_on(ask_line, account_id)
        case Convert(media_id):
            _hand_over(convert, media_id)
        case ReadPeople(import_id):
            _hand_over(read_people, import_id)
        case ExpectPeople(user_id):
            _hand_over(expect_people, user_id)
        case MailLinks():
            _hand_over(mail, 0)


def _pass_on(task: TaskWrapper, account_id: int) -> None:
    """Do it here if this process holds the account, else let whoever does be told."""
    if worker_state.holder is not None and worker_state.holder.line(account_id) is not None:
        task.call_local(account_id)
    else:
        _hand_over(task, account_id)


def _hand_over(task: TaskWrapper, number: int) -> None:
    """Put a task into the queue, without waiting for it."""
    bootstrap.task_hints().hand_over((task, number), lambda: task(number))


def _arm(account_id: int, until: datetime | None) -> None:
    """Come again in time for the next drain, unless one is armed that comes soon enough.

    Armed in this process, which holds the account: the queue may be away.
    """
    now = bootstrap.clock().now()
    if until is None or until - now > SOON:
        return
    armed = worker_state.armed.get(account_id)
    if armed is not None and now < armed <= until:
        return
    worker_state.armed[account_id] = until
    background.run_apart(
        "drain", account_id, lambda: drain.call_local(account_id), until - _EARLY - now
    )
