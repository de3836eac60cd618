"""A worker's own heartbeat, on a thread of its own, and how long nobody can have buried it."""

import logging
import math
import threading
from collections.abc import Callable

from wasched.domain.elapsed import elapsed_s
from wasched.services.line import workers
from wasched.services.ports import Database

log = logging.getLogger(__name__)

_AGAIN_S = 1.0


class Registration:
    """One start of a worker under a number of its own, until it is buried or ends.

    A lease lasts for `lasts_s` seconds after the last beat began: others count from when they saw
    it, which was later. Where no other worker can be, `lasts_s` is infinite and nothing beats.
    """

    def __init__(
        self,
        number: int,
        database: Database,
        lasts_s: float = math.inf,
        clock: Callable[[], float] = elapsed_s,
    ) -> None:
        self.number = number
        self._database, self._lasts_s, self._clock = database, lasts_s, clock
        self._until = clock() + lasts_s
        self._is_buried = False
        self._ended = threading.Event()

    @property
    def is_fresh(self) -> bool:
        """True while no other worker can have buried this one; costs no statement."""
        return not self._is_buried and self._clock() < self._until - self._margin_s()

    @property
    def is_buried(self) -> bool:
        """True once it is known that another worker has."""
        return self._is_buried

    def start(self) -> None:
        """Begin to beat."""
        if self._lasts_s < math.inf:
            threading.Thread(target=self._run, name="heartbeat", daemon=True).start()

    def end(self) -> None:
        """Beat no more."""
        self._ended.set()

    def bury(self) -> None:
        """Take in that another worker has buried this one."""
        self._is_buried = True

    def beat(self) -> None:
        """Say once that this worker lives. It waits for no writer, where the database has turns."""
        begun = self._clock()
        connection = self._database.plain_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(workers.BEAT.format(number=self.number))
            is_there = cursor.rowcount == 1
            cursor.close()
        finally:
            connection.close()
        if is_there:
            self._until = begun + self._lasts_s
        else:
            self.bury()

    def _run(self) -> None:
        wait_s = 0.0
        while not self._ended.wait(wait_s) and not self._is_buried:
            try:
                self.beat()
                wait_s = self._lasts_s / 4
            except Exception:  # the database may be away; the lease ends meanwhile, and is not lost
                log.warning("The worker's heartbeat could not be written; trying again")
                log.debug("The heartbeat failed", exc_info=True)
                wait_s = min(_AGAIN_S, self._lasts_s / 4)

    def _margin_s(self) -> float:
        """So much earlier it counts as over: a hand-over takes a moment, too."""
        return 0.0 if self._lasts_s == math.inf else self._lasts_s / 10
