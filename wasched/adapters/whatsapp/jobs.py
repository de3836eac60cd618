"""Jobs that run one after another on a thread of their own."""

import logging
import queue
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Jobs:
    """A queue of calls; one that fails is logged and does not end the others."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def add(self, job: Callable[[], None]) -> None:
        """Run the job after all that were added before it."""
        self._jobs.put(job)

    def finish(self, timeout_s: float) -> None:
        """Wait until all that was added has run, or the time is over."""
        done = threading.Event()
        self._jobs.put(done.set)
        done.wait(timeout_s)

    def _run(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                job()
            except Exception:
                log.exception("A job failed")
