"""Noticing that the machine's clock was set, or that the machine slept."""

import logging
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

_JUMP_S = 10.0
_SAID_FOR_S = 120.0


class ClockWatch:
    """Compares the wall clock with one that nobody sets, at each look.

    `wall` and `awake` are in seconds; `awake` stands still while the machine sleeps, `always`
    does not, so that a sleep is told from a clock that was set.
    """

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        awake: Callable[[], float] = time.monotonic,
        always: Callable[[], float] = lambda: time.clock_gettime(time.CLOCK_BOOTTIME),
    ) -> None:
        self._wall, self._awake, self._always = wall, awake, always
        self._last = (wall(), awake(), always())
        self._sentence, self._said_at = "", 0.0

    @property
    def sentence(self) -> str:
        """What happened in the last two minutes; empty if nothing did."""
        is_fresh = self._awake() - self._said_at < _SAID_FOR_S
        return self._sentence if self._sentence and is_fresh else ""

    def look(self) -> None:
        """Look once; a jump is said in the log."""
        before, self._last = self._last, (self._wall(), self._awake(), self._always())
        wall, awake, always = (now - then for now, then in zip(self._last, before, strict=True))
        sentence = _of_jump(wall - always, always - awake)
        if sentence:
            log.warning(sentence)
            self._sentence, self._said_at = sentence, self._last[1]


def _of_jump(set_s: float, slept_s: float) -> str:
    if abs(set_s) >= _JUMP_S:
        way = "ahead" if set_s > 0 else "back"
        return (
            f"The server's clock was set {way} by {_lasting(abs(set_s))}. Messages follow the new "
            "time; what may not go so late asks you."
        )
    if slept_s >= _JUMP_S:
        return (
            f"The server slept for {_lasting(slept_s)}. What came due meanwhile goes out if it "
            "may still be so late, and asks you if not."
        )
    return ""


def _lasting(seconds: float) -> str:
    for size, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{seconds:.0f} seconds"
