"""The worker's back-ups: one each night, one when somebody asks, in a process of its own."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from wasched import bootstrap
from wasched.config import settings
from wasched.domain import wall_clock
from wasched.domain.back_ups import is_back_up_due
from wasched.domain.errors import EndReason, WorkEndedError
from wasched.services.server import kept_back_ups

log = logging.getLogger(__name__)

_WHY_ENDED = {
    EndReason.TIME: "It took too long.",
    EndReason.MEMORY: "It found too little memory.",
    EndReason.FAULT: "A fault ended it, which is in the worker's log.",
}


class BackUpRounds:
    """Looks whether a back-up is due, and has it made.

    Of several workers one does so at a time: the one of which `leads` says so.
    """

    def __init__(self, leads: Callable[[], bool] = lambda: True) -> None:
        self._leads = leads
        self._work = bootstrap.back_up_work()
        self._has_looked = False

    def look(self) -> None:
        """Make the one that is due, if any; returns once it is done."""
        if not self._leads():
            self._has_looked = False
            return
        if not self._has_looked:
            bootstrap.transaction(kept_back_ups.forget_begun)
            self._has_looked = True
        if settings().back_ups.to and bootstrap.answer(_is_due):
            self._make()

    def stop(self) -> None:
        """End the one that is being made; the next worker makes it anew."""
        self._work.stop()

    def _make(self) -> None:
        log.info("A back-up is being made")
        try:
            made = self._work.ask({})
        except WorkEndedError as end:
            if end.reason in _WHY_ENDED:
                _note_failed(_WHY_ENDED[end.reason])
            return
        if "fault" in made:
            log.error("The back-up failed: %s", made["fault"])
        else:
            log.info("A back-up was made and checked: %s", made["name"])


def _is_due(session: Session, now: datetime) -> bool:
    notes, plan = kept_back_ups.read_notes(session), settings().back_ups
    if notes.is_asked:
        return True
    # Other places, or none, have had what was good up to now.
    good_at = _time(notes.good_at) if notes.where == plan.to else None
    zone = wall_clock.zone(settings().zone)
    return is_back_up_due(plan, zone, now, good_at, _time(notes.tried_at))


def _time(noted: str) -> datetime | None:
    return datetime.fromisoformat(noted) if noted else None


def _note_failed(why: str) -> None:
    log.error("The back-up failed: %s", why)
    bootstrap.transaction(lambda session, now: kept_back_ups.note_failed(session, why, now))
