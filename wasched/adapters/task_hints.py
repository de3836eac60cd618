"""Tasks on their way to the queue: nobody who has one waits for the queue to take it."""

import atexit
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Hashable

from redis import RedisError

log = logging.getLogger(__name__)

_AGAIN_S = 1.0
_MOST = 1_000
_AT_EXIT_S = 1.0


class TaskHints:
    """Hands tasks to the queue on a thread of its own; they may come late, and may be lost.

    While the queue is away they wait here, one of a kind and `_MOST` in all.
    """

    def __init__(self) -> None:
        self._waiting: dict[Hashable, Callable[[], object]] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def hand_over(self, key: Hashable, enqueue: Callable[[], object]) -> None:
        """Have `enqueue` called soon; it takes the place of one with the same key that waits."""
        with self._changed:
            if key not in self._waiting and len(self._waiting) >= _MOST:
                return
            self._waiting[key] = enqueue
            self._changed.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="task-hints", daemon=True)
                self._thread.start()
                atexit.register(self.finish, _AT_EXIT_S)

    def finish(self, seconds: float) -> bool:
        """Wait until nothing waits, at most so long; True if all was handed over."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, seconds)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting)
                key, enqueue = next(iter(self._waiting.items()))
            if not self._is_taken(enqueue):
                self._put_last(key)
                time.sleep(_AGAIN_S)
                continue
            with self._changed:
                if self._waiting.get(key) is enqueue:  # else it is wished for once more
                    del self._waiting[key]
                self._changed.notify_all()

    def _is_taken(self, enqueue: Callable[[], object]) -> bool:
        """Hand one over; False if the queue is away, which its watch says in the log."""
        try:
            enqueue()
        except (RedisError, sqlite3.Error) as fault:
            log.debug("The queue took no task: %s", fault)
            return False
        except Exception:
            log.exception("A task cannot be put into the queue")
        return True

    def _put_last(self, key: Hashable) -> None:
        """Let the others have their turn before what was just refused."""
        with self._changed:
            self._waiting[key] = self._waiting.pop(key)
