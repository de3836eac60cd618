"""Telling people when something happens: the worker looks each minute, and the api at the worker.

Each process knows by its own clock since when it has not heard of the other, so that neither a
machine that slept nor a start of both counts as silence. While the worker is silent the api does
its part of the telling. An alert is taken in one transaction: nobody is told twice.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlmodel import Session

from wasched import bootstrap, self_check
from wasched.config import settings
from wasched.domain.errors import MailError
from wasched.domain.incidents import IncidentKind, Sighting, TellResult
from wasched.domain.mail import Mail
from wasched.domain.push_address import PushKeys, load_push_address
from wasched.models import WayKind
from wasched.services.alerts import browsers, incidents, outgoing, pulse, sightings
from wasched.services.alerts.outgoing import Parcel, Target
from wasched.services.server.health_views import HealthTrouble
from wasched.text.alert_words import alert_text, alert_title
from wasched.text.push_words import push_message, pushed_alert

log = logging.getLogger(__name__)

SILENT_S = 150.0
"""After so long without a word a process counts as silent; each says one every minute."""

_ROUND_S = 60.0
_AT_ONCE = 4
_telling = threading.Lock()
_TEST_TITLE = "A test of wasched"
_TEST = "This is a test. You are told by this way when something happens that you chose."


class PulseWatch:
    """Whether a mark that the other process renews has stood still, by this process's clock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._mark: datetime | None = None
        self._since = clock()

    def is_silent(self, mark: datetime | None) -> bool:
        """True if the mark has not moved for long; a process that was never there is not missed."""
        if mark != self._mark:
            self._mark, self._since = mark, self._clock()
        return self._clock() - self._since >= SILENT_S


class AlertRounds:
    """What a process does each minute so that people are told."""

    def __init__(
        self,
        *,
        is_worker: bool,
        clock: Callable[[], float] = time.monotonic,
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        """Of several workers one tells at a time: the one of which `leads` says so."""
        self._is_worker, self._other, self._leads = is_worker, PulseWatch(clock), leads
        self._clock, self._began_s = clock, clock()

    def look(self) -> None:
        """Look once. The api looks further only while the worker is silent."""
        mark = bootstrap.answer(pulse.api_mark if self._is_worker else pulse.worker_mark)
        is_silent = self._other.is_silent(mark) and (mark is not None or not self._is_worker)
        if not self._is_worker:
            bootstrap.transaction(pulse.note_api)
        if self._clock() - self._began_s < SILENT_S or not (self._is_worker or is_silent):
            return
        if not self._leads():
            return
        troubles = bootstrap.answer(self_check.find_troubles)
        self._note(troubles, is_silent=is_silent)
        if self._is_worker:
            ping(troubles, is_silent=is_silent)
        if bootstrap.answer(outgoing.is_any_due):
            threading.Thread(target=tell_due, name="alerts", daemon=True).start()

    def _note(self, troubles: list[HealthTrouble], *, is_silent: bool) -> None:
        other = IncidentKind.SERVER_SILENT if self._is_worker else IncidentKind.WORKER_SILENT

        def seen(session: Session, now: datetime) -> list[Sighting]:
            return [
                *sightings.all_sightings(session, now),
                *sightings.server_sightings(troubles, now),
                *([sightings.silent_part(other, now)] if is_silent else []),
                *_of_disk(now),
            ]

        found = bootstrap.answer(seen)
        sends_mail = settings().mail_server is not None
        is_open = bootstrap.answer(incidents.is_any_open)
        if found or is_open:
            bootstrap.transaction(
                lambda session, now: incidents.note_sightings(
                    session, found, now, sends_mail=sends_mail
                )
            )


def keep_watch() -> None:
    """Have the api look each minute, on a thread of its own."""
    rounds = AlertRounds(is_worker=False)

    def run() -> None:
        while True:
            time.sleep(_ROUND_S)
            try:
                rounds.look()
            except Exception:  # the database may be away; the next minute looks again
                log.exception("Looking whom to tell failed; trying again")

    threading.Thread(target=run, name="alert-rounds", daemon=True).start()


def tell_due() -> None:
    """Tell all that is due, each way on its own; who is being told meanwhile is left alone."""
    if not _telling.acquire(blocking=False):
        return
    try:
        parcels = bootstrap.transaction(outgoing.take_due)
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="alert") as threads:
            for done in [threads.submit(_tell, one) for one in parcels]:
                done.result()
    except Exception:
        log.exception("Telling people failed; trying again")
    finally:
        _telling.release()


def tell_test(target: Target) -> TellResult:
    """Send a test by a way, at once; takes half a minute at most."""
    if target.kind == WayKind.PUSH:
        result = _push(target, push_message(_TEST_TITLE, _TEST, "/settings/alerts", "test"))
        if result.is_gone:
            bootstrap.transaction(
                lambda session, now: browsers.forget_gone(session, target.way_id, now)
            )
        return result
    return _send(target, _TEST_TITLE, f"{_TEST}\n\n{settings().public_url}".rstrip())


def application_keys() -> PushKeys:
    """By what push services know this server; made when a browser is told for the first time."""
    if (kept := bootstrap.answer(browsers.push_keys)) is not None:
        return kept
    made = bootstrap.push_teller().make_keys()
    return bootstrap.transaction(lambda session, _now: browsers.keep_push_keys(session, made))


def ping(troubles: list[HealthTrouble], *, is_silent: bool) -> None:
    """Call the address that somebody else watches, while all is well."""
    pinger = bootstrap.pinger()
    if pinger is None or is_silent or any(one.stops for one in troubles):
        return
    if fault := pinger.ping():
        log.warning("The ping address did not take a call: %s", fault)


def _tell(parcel: Parcel) -> None:
    now, target = bootstrap.clock().now(), parcel.target
    if target.kind == WayKind.PUSH:
        result = _push(target, pushed_alert(parcel.told, target.zone, now))
    else:
        text = alert_text(parcel.told, settings().public_url, target.zone, now)
        result = _send(target, alert_title(parcel.told), text)
    if result.fault:
        log.warning("Alert by way %s was not taken: %s", target.way_id, result.fault)
    bootstrap.transaction(lambda session, now: outgoing.finish(session, parcel, result, now))


def _send(target: Target, title: str, text: str) -> TellResult:
    if target.kind == WayKind.MAIL:
        return _mail(target, title, text)
    return bootstrap.alert_teller().tell(target.address, title, text)


def _push(target: Target, said: str) -> TellResult:
    keys = application_keys()
    mail_server = settings().mail_server
    contact = mail_server.sender if mail_server else target.email
    address = load_push_address(target.address)
    return bootstrap.push_teller().tell(address, keys, contact, said)


def _mail(target: Target, title: str, text: str) -> TellResult:
    mailer = bootstrap.mailer()
    if mailer is None:
        return TellResult("This server sends no e-mails: SMTP_URL is not set.", permanent=True)
    try:
        mailer.send(Mail(target.email, f"wasched: {title}", f"{text}\n"))
    except MailError as fault:
        return TellResult(str(fault), permanent=fault.permanent)
    return TellResult()


def _of_disk(now: datetime) -> list[Sighting]:
    found = os.statvfs(settings().data_path)
    free, whole = found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
    seen = sightings.disk_sighting(free, whole, now)
    return [seen] if seen else []
