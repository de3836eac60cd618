"""This process says that it uses the database, and stops when the schema no longer suits it."""

import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from wasched.db import programs, upgrades

log = logging.getLogger(__name__)


class Presence:
    """One program that is there, from `begin` to `end`."""

    def __init__(self, engine: Engine, stop: Callable[[], None] = lambda: os._exit(1)) -> None:
        self._engine, self._stop = engine, stop
        self._ended = threading.Event()
        self._name = ""

    def begin(self, kind: str) -> None:
        """Say so now, and again and again on a thread of its own."""
        self._name = programs.add_program(self._engine, kind, upgrades.HEAD)
        self._look()  # somebody may have upgraded it between the look at it and this
        threading.Thread(target=self._run, name="Saying who is there", daemon=True).start()

    def end(self) -> None:
        """Say that it is over; nobody waits for it any more."""
        if self._name and not self._ended.is_set():
            self._ended.set()
            with suppress(SQLAlchemyError):  # then it is taken for gone after a while
                programs.remove_program(self._engine, self._name)

    def _run(self) -> None:
        while not self._ended.wait(programs.beat_s(self._engine)):
            try:
                programs.say_there(self._engine, self._name)
                self._look()
            except SQLAlchemyError as fault:  # a database that is away comes back
                log.info("It cannot be said that this program is there: %s", fault)

    def _look(self) -> None:
        if unfit := upgrades.unfit_sentence(self._engine):
            log.critical(unfit)
            self._stop()
