"""Whether the queue takes tasks: asked again and again on a thread, answered without waiting."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable

from redis import AuthenticationError, OutOfMemoryError, RedisError
from redis import ConnectionError as NoConnectionError
from redis import TimeoutError as NoAnswerError

log = logging.getLogger(__name__)

SILENT = "The queue does not answer; its log says why."
SLOW = "The queue answers late, by seconds; see how busy its server is."
FULL = "The queue is full: give Dragonfly, or Redis, more memory."
LOCKED = "The queue refuses the password: set REDIS_PASSWORD to the one that it was started with."
USELESS = "The queue takes no tasks; its log says why."
UNUSABLE = "The queue's file cannot be used; is the disk with the data folder full?"

_EVERY_S, _AGAIN_S = 2.0, 1.0
_LATE_S = 2.0
_FIRST_S = 1.0


class QueueWatch:
    """Asks the queue every two seconds; knows in a sentence what is wrong with it now.

    `ask` puts something into the queue and raises what its library does. The log says when a
    fault begins and when it is over.
    """

    def __init__(self, ask: Callable[[], object]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._begun_at = 0.0  # of the monotonic clock, as all here
        self._answered = threading.Event()
        self._asked_at: float | None = None  # while no answer has come
        self._fault = SILENT  # until it is known

    def start(self) -> None:
        """Begin to ask, if nobody has before."""
        with self._lock:
            if self._thread is None:
                self._begun_at = time.monotonic()
                self._thread = threading.Thread(target=self._run, name="queue-watch", daemon=True)
                self._thread.start()

    def fault(self) -> str:
        """What is wrong with the queue, or nothing; waits for the very first answer only, 1 s."""
        self.start()
        self._answered.wait(self._begun_at + _FIRST_S - time.monotonic())
        asked_at, fault = self._asked_at, self._fault
        is_late = asked_at is not None and time.monotonic() - asked_at > _LATE_S
        return fault or (SILENT if is_late else "")

    def _run(self) -> None:
        while True:
            fault = self._ask_once()
            self._tell(fault)
            self._answered.set()
            time.sleep(_AGAIN_S if fault else _EVERY_S)

    def _ask_once(self) -> str:
        self._asked_at = begun = time.monotonic()
        try:
            self._ask()
        except (RedisError, sqlite3.Error) as fault:
            log.debug("The queue was asked in vain: %s", fault)
            return _sentence(fault)
        except Exception:
            log.exception("The queue cannot be asked how it is")
            return USELESS
        finally:
            self._asked_at = None
        return SLOW if time.monotonic() - begun > _LATE_S else ""

    def _tell(self, fault: str) -> None:
        """Keep what is so now, and say in the log that it is other than before."""
        is_first = not self._answered.is_set()
        before, self._fault = "" if is_first else self._fault, fault
        if fault and fault != before:
            log.warning("%s What is due is sent without it.", fault)
        elif before and not fault:
            log.info("The queue answers again.")


def _sentence(fault: Exception) -> str:
    """What a fault of the queue means, and what helps."""
    if isinstance(fault, sqlite3.Error):
        return UNUSABLE
    if isinstance(fault, AuthenticationError):
        return LOCKED
    if isinstance(fault, OutOfMemoryError) or "out of memory" in str(fault).lower():
        return FULL
    if isinstance(fault, (NoConnectionError, NoAnswerError)):
        return SILENT
    return USELESS
