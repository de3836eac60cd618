"""Who brought down a process that several links shared, and who must be kept apart for it."""

import logging
import math
import time
from collections import Counter
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from signal import SIGKILL

from wasched.adapters.whatsapp.place import Place

log = logging.getLogger(__name__)

FEW = 3
"""So many may be suspected at once; more say only that it is not known."""

_TWICE = 2
_YOUNG_S = 0.8  # what waited at WhatsApp comes right after the login, and with it what crashes
_TRIAL_S = 300.0  # after so long alone a suspect is none any more
_MEMORY_S = 3600.0
_APART = ".apart"


class Blame:
    """Remembers who was suspected, by their sessions.

    What a link was doing is known from before it was done: when it was begun and connected, and
    what it was asked. One that ended a process twice gets a process of its own, and keeps it (a
    file beside the session says so). Where nobody can be suspected, those who shared the process
    are parted in halves.
    """

    def __init__(self) -> None:
        self._times: Counter[Path] = Counter()
        self._trials: dict[Path, float] = {}
        self._rooms: dict[Path, int] = {}
        self._numbers = count(1)
        self.crashed_at = -math.inf

    def must_be_alone(self, session: Path) -> bool:
        """True if the link gets a process of its own."""
        return self.is_apart(session) or self._is_on_trial(session)

    def is_apart(self, session: Path) -> bool:
        """True if it has brought its process down twice."""
        return session.with_suffix(_APART).exists()

    def room(self, session: Path) -> int:
        """Only links with the same number share a process."""
        if time.monotonic() - self.crashed_at > _MEMORY_S:
            self._rooms.clear()
            self._times.clear()
        return self._rooms.get(session, 0)

    @property
    def has_parted(self) -> bool:
        """True while links are kept from some others."""
        return bool(self._rooms)

    def judge(self, places: Iterable[Place], code: int) -> set[Place]:
        """Note that a process has crashed with these links in it; returns the suspects."""
        there = list(places)
        if code == -SIGKILL:  # somebody killed it, or memory ran out: nothing that a link did
            return set(there) if len(there) == 1 else set()
        if len(there) == 1 and not self.must_be_alone(there[0].session):
            return set(there)  # it had no company to be parted from
        self.crashed_at = time.monotonic()
        suspects = set(there) if len(there) == 1 else _suspects(there)
        if not 0 < len(suspects) <= FEW or not self._has_trials_left(suspects):
            self._part([one.session for one in there])
            return set()
        for place in suspects:
            self._note(place.session)
        return suspects

    def _note(self, session: Path) -> None:
        self._times[session] += 1
        self._trials[session] = time.monotonic()
        if self._times[session] >= _TWICE and not self.is_apart(session):
            session.with_suffix(_APART).touch(mode=0o600)
            self._rooms.clear()
            log.warning(
                "The link of %s has ended its process twice, and gets one of its own", session.stem
            )

    def _part(self, sessions: list[Path]) -> None:
        halves = (next(self._numbers), next(self._numbers))
        for number, session in enumerate(sorted(sessions)):
            self._rooms[session] = halves[number * 2 // max(len(sessions), 1)]

    def _is_on_trial(self, session: Path) -> bool:
        return time.monotonic() - self._trials.get(session, -math.inf) < _TRIAL_S

    def _has_trials_left(self, suspects: set[Place]) -> bool:
        tried = {one for one in self._trials if self._is_on_trial(one) and not self.is_apart(one)}
        return len(tried | {one.session for one in suspects}) <= FEW


def _suspects(there: list[Place]) -> set[Place]:
    """Those that were just logging in; if nobody was, those that were asked something."""
    now = time.monotonic()
    young = {
        one
        for one in there
        if not one.connected_at or now - max(one.connected_at, one.begun_at) < _YOUNG_S
    }
    return young or {one for one in there if one.is_asked}
