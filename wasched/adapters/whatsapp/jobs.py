"""Jobs that run one after another, on a thread that is there only while there are some."""

import logging
import queue
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

_LINGER_S = 1.0  # for the next job, which mostly comes soon


class Jobs:
    """A queue of calls; one that fails is logged and does not end the others.

    `run` begins to work somewhere else than on a thread of its own, such as on one of a few that
    are shared; then the thread is given back at once.
    """

    def __init__(
        self, name: str, run: Callable[[Callable[[], None]], object] | None = None
    ) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._name, self._run = name, run or self._run_apart
        self._linger_s = 0.0 if run else _LINGER_S
        self._lock = threading.Lock()
        self._is_running = False

    def add(self, job: Callable[[], None]) -> None:
        """Run the job after all that were added before it."""
        self._jobs.put(job)
        with self._lock:
            if self._is_running:
                return
            self._is_running = True
        self._run(self._work)

    def finish(self, timeout_s: float) -> None:
        """Wait until all that was added has run, or the time is over."""
        done = threading.Event()
        self.add(done.set)
        done.wait(timeout_s)

    def _run_apart(self, work: Callable[[], None]) -> None:
        threading.Thread(target=work, name=self._name, daemon=True).start()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                job()
            except Exception:
                log.exception("A job failed")

    def _next(self) -> Callable[[], None] | None:
        """The next job, or None when this thread has to go."""
        while True:
            try:
                return self._jobs.get(block=self._linger_s > 0, timeout=self._linger_s)
            except queue.Empty:
                with self._lock:
                    if self._jobs.empty():
                        self._is_running = False
                        return None
