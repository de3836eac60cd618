"""Checks the database and the links' files now and then, and notes what is damaged."""

import logging
import math
import sqlite3
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from wasched.adapters import damage_note, database_check
from wasched.adapters.damage_note import DamageNote
from wasched.domain import storage, wall_clock
from wasched.services.ports import Clock

log = logging.getLogger(__name__)

_QUIET = timedelta(hours=3, minutes=37)
"""The time of day at which a night's check begins."""

_AGAIN_S = 60.0
_SHARE = 20
"""What is noted is checked again after a minute, or after 20 times as long as a check takes."""

_SAY_S = 3600.0


class Check(Protocol):
    """Looks for damage: its words, or nothing; a thorough look takes several times as long."""

    def __call__(self, *, thorough: bool) -> str:
        """What is damaged, or nothing; sqlite3.Error or SQLAlchemyError if it cannot be seen."""
        ...


class DamageWatch:
    """Checks after the start, once a night, and over and over while something is noted."""

    def __init__(
        self,
        database: Path,
        sessions: Path,
        zone: str,
        clock: Clock,
        sentences: Callable[[], list[str]],
        check: "Check | None" = None,
    ) -> None:
        """Notes stand beside `database`; `sentences`: what is wrong by now.

        `check` looks for damage where the database itself is no file.
        """
        self._check = check or partial(database_check.damage_found_at_leisure, database)
        self._sessions = sessions
        self._note = damage_note.of_database(database)
        self._links_note = damage_note.of_links(database)
        self._zone, self._clock, self._sentences = wall_clock.zone(zone), clock, sentences
        self._night: date | None = None
        self._ended, self._took_s, self._said = -math.inf, 0.0, -math.inf

    def look(self) -> None:
        """Check what is due for it, and log once an hour what is wrong; to be called often."""
        pause = max(_AGAIN_S, _SHARE * self._took_s)
        if time.monotonic() - self._ended >= pause:
            self._check_due()
        self._say_what_is_wrong()

    def _check_due(self) -> None:
        night = (self._clock.now().astimezone(self._zone) - _QUIET).date()
        is_new, begun = night != self._night, time.monotonic()
        try:
            if is_new or self._note.read():
                self._check_database()
            if is_new or self._links_note.read():
                self._check_links()
            self._night = night
        except (sqlite3.Error, SQLAlchemyError) as fault:
            log.warning("The database cannot be checked now (%s); trying again", fault)
        finally:
            self._ended = time.monotonic()
            self._took_s = self._ended - begun

    def _check_database(self) -> None:
        """What was once seen is taken back by nothing but a thorough check."""
        stamp = self._note.stamp()
        is_noted = self._note.read() is not None
        found = self._check(thorough=is_noted)
        if found:
            self._note_damage(self._note, storage.damage_in(found) or storage.MALFORMED, found)
        elif self._note.stamp() == stamp and self._note.read():
            self._note.clear()
            log.warning("The database is whole again: a thorough check found no damage")

    def _check_links(self) -> None:
        found = {
            path.name: damage
            for path in sorted(self._sessions.glob("*.db"))
            if (damage := _damage_of_link(path))
        }
        if found:
            self._note_damage(self._links_note, ", ".join(found), str(found))
        else:
            self._links_note.clear()

    def _note_damage(self, note: DamageNote, what: str, found: str) -> None:
        if note.add(what, self._clock.now()):
            log.error("A check found damage: %s", found)
            self._said = -math.inf

    def _say_what_is_wrong(self) -> None:
        if time.monotonic() - self._said < _SAY_S:
            return
        for sentence in self._sentences():
            log.error(sentence)
            self._said = time.monotonic()


def _damage_of_link(path: Path) -> str:
    try:
        return database_check.damage_found_at_leisure(path)
    except sqlite3.Error as fault:  # locked, or deleted just now: the next night checks it
        log.debug("%s cannot be checked now: %s", path.name, fault)
        return ""
