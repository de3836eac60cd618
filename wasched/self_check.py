"""What is wrong with this server: each process looks for itself, and all pages say the same."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from wasched import bootstrap
from wasched.adapters.clock_watch import ClockWatch
from wasched.adapters.media_watch import MediaWatch
from wasched.adapters.storage_watch import StorageWatch
from wasched.config import settings
from wasched.domain import storage
from wasched.services.server import health, kept_back_ups, sending_check
from wasched.services.server.health_views import HealthTrouble
from wasched.text.reasons import reason_sentence

log = logging.getLogger(__name__)

_LOOK_S, _STORE_S, _MINUTE_S = 2.0, 10.0, 60.0
_watches: list[StorageWatch] = []
_media_watches: list[MediaWatch] = []
_clock = ClockWatch()
_noted: list[
    list[HealthTrouble]
] = []  # what was left word of last; nothing yet when a worker starts


def start_watches(*, holds_links: bool) -> None:
    """Look at storage every few seconds, and at what should go out every minute."""
    given = settings()
    folders = {
        "storage": given.data_path,
        "media": given.media_path,
        "log": given.data_path / "log",
    }
    if holds_links and given.session_path != given.data_path:
        folders["links"] = given.session_path
    watch = StorageWatch(
        bootstrap.database_fault if given.is_on_a_server else given.db_path,
        folders,
        stores=lambda: given.session_path.glob("account-*.db") if holds_links else (),
    )
    _watches.append(watch)
    _keep_doing(watch.look, _LOOK_S)
    if given.media_to:
        _watch_media()
    _keep_doing(_clock.look, _LOOK_S)
    _keep_doing(_log_unexplained, _MINUTE_S)


def storage_troubles() -> list[HealthTrouble]:
    """What this process itself cannot write to, or reach."""
    away = [HealthTrouble("media", one.fault, stops=False) for one in _media_watches if one.fault]
    return away + [
        HealthTrouble(part, says, stops=part != "log")
        for watch in _watches
        for part, says in watch.faults
    ]


def note_own_troubles(worker: str, unsettled: int) -> None:
    """Leave word in the database of what only this worker can see, whenever it changes.

    `unsettled` is how many messages nobody holds and nobody can settle.
    """
    found = [
        *storage_troubles(),
        *([sending_check.unsettled_trouble(unsettled)] if unsettled else []),
    ]
    if _noted != [found]:
        bootstrap.transaction(
            lambda session, _now: sending_check.note_worker_troubles(session, worker, found)
        )
        _noted[:] = [found]


def find_troubles(session: Session, now: datetime) -> list[HealthTrouble]:
    """All that is wrong, the worst first."""
    found = troubles_of_sending(session, now)
    if away := bootstrap.queue_fault():
        found.append(HealthTrouble("queue", f"{away} What is due is sent without it.", stops=False))
    if settings().back_ups.to and (late := kept_back_ups.back_up_trouble(session, now)):
        found.append(HealthTrouble("back-up", late, stops=False))
    if _clock.sentence:
        found.append(HealthTrouble("clock", _clock.sentence, stops=False))
    return found


def troubles_of_sending(session: Session, now: datetime) -> list[HealthTrouble]:
    """What keeps messages from going out, or from being kept; asks nobody but the database."""
    found = _known_without_database()
    if still := health.standstill_reason(session, now):
        found.append(HealthTrouble("worker", still))
    else:
        found += sending_check.worker_troubles(session)
        faults = sending_check.link_faults(session)
        found += [HealthTrouble("links", reason_sentence(one, "UTC", now)) for one in faults]
    found += sending_check.unexplained_troubles(session, now)
    if long := storage.log_sentence(bootstrap.log_size()):
        found.append(HealthTrouble("database", long, stops=False))
    return _once_each(found)


def trouble_sentences(session: Session, now: datetime) -> tuple[str, str]:
    """What stops sending, and what is only to be known; each empty while there is nothing."""
    found = find_troubles(session, now)
    stopping = (one.sentence for one in found if one.stops)
    others = (one.sentence for one in found if not one.stops)
    return next(stopping, ""), next(others, "")


def sentence_without_database() -> str:
    """The worst that is known where the database cannot even be read; or nothing."""
    return next((one.sentence for one in _known_without_database()), "")


def _watch_media() -> None:
    watch = MediaWatch(lambda: bootstrap.media_store().look())
    _media_watches.append(watch)
    _keep_doing(watch.look, _STORE_S)


def _known_without_database() -> list[HealthTrouble]:
    known = (("database", bootstrap.damage()), ("links", bootstrap.link_damage()))
    return [*(HealthTrouble(part, says) for part, says in known if says), *storage_troubles()]


def _once_each(found: Sequence[HealthTrouble]) -> list[HealthTrouble]:
    return list({one.sentence: one for one in found}.values())


def _log_unexplained() -> None:
    for one in bootstrap.answer(sending_check.unexplained_troubles):
        log.error(one.sentence)


def _keep_doing(look: Callable[[], None], every_s: float) -> None:
    """Look again and again, on a thread of its own that outlives what it finds."""

    def run() -> None:
        while True:
            time.sleep(every_s)
            try:
                look()
            except Exception:
                log.exception("Looking for what is wrong failed; trying again")

    threading.Thread(target=run, name=f"self-check-{look.__name__}", daemon=True).start()
