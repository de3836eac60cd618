"""The worker's door: `huey_consumer wasched.worker.huey`."""

import gc
import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from sqlmodel import Session

from wasched import bootstrap, logs, self_check, tasks
from wasched.adapters.folder_lock import Seat, hold_database, hold_folder, hold_seat
from wasched.alerting import AlertRounds
from wasched.back_up_rounds import BackUpRounds
from wasched.config import settings
from wasched.domain.errors import WaschedError
from wasched.domain.log_tail import LogPart
from wasched.people_reading import people_reading
from wasched.put_back import KeptFiles
from wasched.services.address_book.imports import import_queue
from wasched.services.line.holder import AccountHolder
from wasched.services.line.lease_keeper import LeaseKeeper
from wasched.services.line.workers import WorkerName
from wasched.services.server import sending_check
from wasched.webhook_lanes import WebhookLanes

log = logging.getLogger(__name__)

huey = tasks.queue
_make_consumer = huey.create_consumer

_BEAT_S = 60.0
_WEBHOOKS_S = 0.25
_NEXT_TRY_S = 1.0
_STAND_IN_S = 15.0  # for a queue that is away
_LAY_OUT_S = 1.0
_COUNT_S = 1.0  # so pages of votes are drawn anew once a second at most
_READ_S = 1.0  # files of people that no task has told of
_CHECKPOINT_S = 1.0
_TROUBLES_S = 2.0
_UNSETTLED_S = 60.0  # what nobody holds is settled within seconds where its evidence can be read
_MARK_S = 60.0
_BACK_UP_S = 5.0  # asks whether one is due, or somebody wants one
_ALERTS_S = 60.0
_CHECK_S = 2.0  # asks what is due to be checked; the first time so soon after the start

_TITLE_MAX = 80  # characters of a machine's name
_once = threading.Lock()
_stopping = threading.Event()


def _consumer(**options: Any) -> Any:
    """Huey's consumer, which speaks in our words before any of its hooks has run."""
    with suppress(WaschedError):  # a wrong setting is said when it begins to hold accounts
        logs.set_up(settings().log_level)
    return _make_consumer(**options)


huey.create_consumer = _consumer


@huey.on_startup()
def open_holder() -> None:
    """Begin to hold accounts; Huey calls this once in every worker thread."""
    with _once:
        if tasks.worker_state.holder is None:
            try:
                _open()
            except Exception as fault:
                # Huey would log this and go on without one: a worker that sends nothing.
                if isinstance(fault, WaschedError):
                    log.error(fault)
                else:
                    log.exception("The worker cannot start")
                os._exit(1)  # whoever started it starts it again


@huey.on_shutdown()
def close_holder() -> None:
    """Finish what is on its way and let go of every account."""
    _stopping.set()
    people_reading().stop()
    _webhook_lanes().stop()
    _back_up_rounds().stop()
    with _once:
        if tasks.worker_state.holder is not None:
            holder, tasks.worker_state.holder = tasks.worker_state.holder, None
            holder.stop()
            if _keeps_files():
                _kept_files().mark_all()
    bootstrap.presence().end()


def _open() -> None:
    bootstrap.start(LogPart.WORKER)
    bootstrap.carry_out_effects(tasks.carry_out)
    tasks.worker_state.name = _seat().name
    tasks.worker_state.started_at = bootstrap.clock().now()
    if _keeps_files():
        _kept_files().treat_put_back()
    tasks.put_right()
    people_reading().begin(_seat().name)
    tasks.worker_state.holder = AccountHolder(
        keeper=_lease_keeper(),
        make_line=bootstrap.make_line,
        database=bootstrap.database(),
        clock=bootstrap.clock(),
        changes=bootstrap.changes(),
        wake=tasks.drain.call_local,
        end_worker=lambda: os._exit(1),
    )
    tasks.worker_state.holder.start()
    tasks.hear_other_workers()
    tasks.heartbeat()
    tasks.stand_in()
    _keep_doing("Saying that the worker is alive", tasks.heartbeat, _BEAT_S)
    _keep_doing("Laying out what comes next", tasks.lay_out_due, _LAY_OUT_S)
    _keep_doing("Counting votes", bootstrap.settle_answers, _COUNT_S)
    _keep_doing("Reading files of people", people_reading().read_waiting, _READ_S)
    _keep_doing("Delivering to webhooks", _look_for_deliveries, _WEBHOOKS_S)
    _keep_doing("Standing in for the queue", tasks.stand_in, _STAND_IN_S)
    _keep_doing("Shortening the database's log", bootstrap.checkpoint, _CHECKPOINT_S)
    _keep_doing("Checking the database", bootstrap.damage_watch().look, _CHECK_S)
    if _keeps_files():
        _keep_doing("Marking what was written to", _kept_files().mark_changed, _MARK_S)
    _keep_doing("Backing up", _back_up_rounds().look, _BACK_UP_S)
    self_check.start_watches(holds_links=True)
    alerts = AlertRounds(is_worker=True, leads=tasks.leads)
    _keep_doing("Looking whom to tell", alerts.look, _ALERTS_S)
    _keep_doing("Leaving word of what is wrong", _note_troubles, _TROUBLES_S)
    # What was loaded up to now stays: looking through it for garbage holds up what is being sent.
    gc.freeze()
    gc.enable()
    log.info("Worker started")


@cache
def _seat() -> Seat:
    """What this worker has locked: all of its folder, or a place on the database of a server."""
    found = settings()
    if found.is_on_a_server:
        return hold_seat(found.session_path)
    seat = Seat(hold_folder(found.session_path), 1)
    hold_database(found.data_path)
    return seat


def _keeps_files() -> bool:
    """True if the files in the folder are this worker's to look after, whoever shares it."""
    return _seat().number == 1


def _lease_keeper() -> LeaseKeeper:
    found, seat = settings(), _seat()
    title, has_queue = socket.gethostname()[:_TITLE_MAX], found.redis_url != ""
    return LeaseKeeper(
        WorkerName(seat.name, title, has_queue, found.lease_s),
        bootstrap.database(),
        bootstrap.clock(),
        is_alone=not found.is_on_a_server,
        release_work=_release_work,
    )


def _release_work(session: Session, name: str) -> None:
    """Let others have what a worker that is gone was at, and forget what troubled it."""
    import_queue.release_imports(session, name)
    sending_check.forget_worker_troubles(session, name)


def _look_for_deliveries() -> None:
    """Look once something was committed, and now and then for what is to be tried again."""
    bootstrap.changes().wait(_NEXT_TRY_S)
    _webhook_lanes().look()


@cache
def _webhook_lanes() -> WebhookLanes:
    return WebhookLanes(tasks.leads)


@cache
def _back_up_rounds() -> BackUpRounds:
    return BackUpRounds(tasks.leads)


@cache
def _kept_files() -> KeptFiles:
    return KeptFiles(
        None if settings().is_on_a_server else settings().db_path,
        settings().session_path,
        bootstrap.database(),
        bootstrap.clock(),
    )


def _note_troubles() -> None:
    holder = tasks.worker_state.holder
    if holder is not None:
        unsettled = holder.count_unsettled(_UNSETTLED_S)
        self_check.note_own_troubles(tasks.worker_state.name, unsettled)


def _keep_doing(what: str, do: Callable[[], None], every_s: float) -> None:
    """Do something on a thread of its own until the worker stops."""

    def run() -> None:
        while not _stopping.wait(every_s):
            try:
                do()
            except Exception:  # a full disk or a locked database must not end it
                log.exception("%s failed; trying again", what)

    threading.Thread(target=run, name=what, daemon=True).start()
