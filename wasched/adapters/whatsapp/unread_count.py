"""Counting messages that came and could not be read, to say so once for many."""

import threading
from collections.abc import Callable

from wasched.adapters.alarms import alarms

_GATHER_S = 2.0


class UnreadCount:
    """Gathers what could not be read, and tells `tell` how many messages it was."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell = tell
        self._count = 0
        self._lock = threading.Lock()

    def note_message(self) -> None:
        """One more could not be read."""
        with self._lock:
            self._count += 1
            if self._count > 1:
                return
        alarms().after(_GATHER_S, self._tell_count)

    def _tell_count(self) -> None:
        with self._lock:
            count, self._count = self._count, 0
        self._tell(count)
