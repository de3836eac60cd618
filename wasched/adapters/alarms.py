"""Calls that are due at an instant, all on one thread, so that waiting costs none."""

import heapq
import logging
import math
import threading
import time
from collections.abc import Callable
from functools import cache
from itertools import count

log = logging.getLogger(__name__)


class Alarm:
    """One call that is to be made; it can be called off until then."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call: Callable[[], None] | None = call

    def cancel(self) -> None:
        """Make it not happen."""
        self._call = None

    def ring(self) -> None:
        """Make the call, unless it was called off."""
        if (call := self._call) is not None:
            call()


class Alarms:
    """Makes calls at their time; each must be quick, for the others wait behind it."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, Alarm]] = []
        self._numbers = count()
        self._changed = threading.Condition()
        self._is_running = False

    def after(self, seconds: float, call: Callable[[], None]) -> Alarm:
        """Make the call in so many seconds."""
        alarm = Alarm(call)
        with self._changed:
            at = time.monotonic() + max(seconds, 0.0)
            heapq.heappush(self._due, (at, next(self._numbers), alarm))
            self._changed.notify()
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="alarms", daemon=True).start()
        return alarm

    def _run(self) -> None:
        while True:
            alarm = self._next()
            try:
                alarm.ring()
            except Exception:  # of one must not silence the others
                log.exception("What was due could not be done")

    def _next(self) -> Alarm:
        with self._changed:
            while (left_s := self._left_s()) > 0:
                self._changed.wait(None if left_s == math.inf else left_s)
            return heapq.heappop(self._due)[2]

    def _left_s(self) -> float:
        return self._due[0][0] - time.monotonic() if self._due else math.inf


@cache
def alarms() -> Alarms:
    """Those of this process."""
    return Alarms()


def keep_calling(look: Callable[[], bool], every_s: float) -> None:
    """Call it again and again, until it says that it need not be called any more.

    All that have the same rhythm are called at one instant, which costs one waking.
    """

    def call() -> None:
        if look():
            arm()

    def arm() -> None:
        alarms().after(every_s - time.monotonic() % every_s, call)

    arm()
