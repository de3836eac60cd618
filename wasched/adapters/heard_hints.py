"""Hints that a thread of this process hears, for all of its threads that wait for one."""

import threading
import time
from collections.abc import Callable

LOOK_S = 1.0
"""How often whoever waits looks by itself while nobody can tell, and how often they are asked."""

_SILENT_S = 2.5
"""Who tells counts as away when nothing was heard for so long, although they were asked."""

_NEVER = float("-inf")


class HeardHints:
    """Counts what is heard; while whoever tells is away, has those who wait look each second.

    `hear` runs on a thread of its own from the first wait on. It says `note_hint` and `note_word`,
    and returns or raises one of `faults` when its connection broke: a second later it runs anew.
    """

    def __init__(self, hear: Callable[[], None], *faults: type[Exception]) -> None:
        self.closed = threading.Event()
        self._hear, self._faults = hear, faults
        self._local = threading.local()
        self._moved = threading.Condition()
        self._heard = 0  # how many hints have come
        self._word_at = _NEVER  # of the monotonic clock: when anything was heard
        self._thread: threading.Thread | None = None

    @property
    def word_at(self) -> float:
        """When anything was heard last, by the monotonic clock; minus infinity while away."""
        return self._word_at

    def note_word(self) -> None:
        """Whoever tells is there."""
        self._word_at = time.monotonic()

    def note_hint(self) -> None:
        """Something changed, as far as can be known."""
        self.note_word()
        with self._moved:
            self._heard += 1
            self._moved.notify_all()

    def wait(self, seconds: float) -> bool:
        """Block until a hint came, or the time is over; without any word, look after a second."""
        self._have_running()
        end = time.monotonic() + seconds
        with self._moved:
            while not self.closed.is_set():
                if self._heard != getattr(self._local, "heard", None):
                    self._local.heard = self._heard
                    return True
                left = end - time.monotonic()
                if left <= 0:
                    return False
                if not self._moved.wait(min(left, LOOK_S)) and self._is_away():
                    return True
        return False

    def close(self) -> None:
        """End every wait."""
        self.closed.set()
        with self._moved:
            self._moved.notify_all()

    def _is_away(self) -> bool:
        return time.monotonic() - self._word_at > _SILENT_S

    def _have_running(self) -> None:
        with self._moved:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="changes-in", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        """Hear, by a new connection whenever the last one broke."""
        while not self.closed.is_set():
            try:
                self._hear()
            except self._faults:
                self._word_at = _NEVER
                self.closed.wait(LOOK_S)
