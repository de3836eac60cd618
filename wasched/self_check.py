"""What is wrong with this server: each process looks for itself, and all pages say the same."""

import logging
import threading
import time
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from wasched import bootstrap
from wasched.adapters.storage_watch import StorageWatch
from wasched.config import settings
from wasched.services import health, standing
from wasched.services.views import Trouble

log = logging.getLogger(__name__)

_EVERY_S = 60.0
_watches: list[StorageWatch] = []


def start(*, holds_links: bool) -> None:
    """Look at storage every few seconds, and at what should go out every minute."""
    given = settings()
    embedded = given.database_url == f"sqlite:///{given.db_path}"
    folders = {"storage": given.data_path}
    if holds_links and given.session_path != given.data_path:
        folders["links"] = given.session_path
    watch = StorageWatch(given.db_path if embedded else None, folders)
    watch.start()
    _watches.append(watch)
    threading.Thread(target=_look_each_minute, name="self-check", daemon=True).start()


def storage_troubles() -> list[Trouble]:
    """What this process itself cannot write to."""
    return [Trouble(part, says) for watch in _watches for part, says in watch.faults]


def troubles(session: Session, now: datetime) -> list[Trouble]:
    """All that is wrong, the worst first."""
    found = troubles_of_sending(session, now)
    if away := bootstrap.queue_fault():
        found.append(Trouble("queue", f"{away} What is due is sent without it.", stops=False))
    return found


def troubles_of_sending(session: Session, now: datetime) -> list[Trouble]:
    """What keeps messages from going out, or from being kept; asks nobody but the database."""
    found = storage_troubles()
    if still := health.standstill(session, now):
        found.append(Trouble("worker", still))
    else:
        found += standing.worker_troubles(session)
    found += standing.unexplained(session, now)
    return _once_each(found)


def worst(session: Session, now: datetime) -> str:
    """The sentence of the worst trouble; empty while all is well."""
    return next((one.sentence for one in troubles(session, now)), "")


def _once_each(found: Sequence[Trouble]) -> list[Trouble]:
    return list({one.sentence: one for one in found}.values())


def _look_each_minute() -> None:
    while True:
        time.sleep(_EVERY_S)
        try:
            for one in bootstrap.answer(standing.unexplained):
                log.error(one.sentence)
        except Exception:
            log.exception("Looking for what should have gone out failed; trying again")
