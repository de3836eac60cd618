"""What waits for its time on one thread, and what is done in turn on one that comes and goes."""

import queue
import threading

from wasched.adapters.alarms import Alarms
from wasched.adapters.whatsapp.jobs import Jobs


def test_calls_are_made_in_the_order_of_their_times_unless_called_off() -> None:
    alarms, heard = Alarms(), queue.SimpleQueue[str]()

    alarms.after(0.04, lambda: heard.put("later"))
    alarms.after(0.01, lambda: heard.put("never")).cancel()
    alarms.after(0.02, lambda: [][0])  # its fault is logged, and silences nobody
    alarms.after(0.03, lambda: heard.put("soon"))

    assert [heard.get(timeout=5), heard.get(timeout=5)] == ["soon", "later"]


def test_jobs_run_in_turn_and_leave_no_thread_behind() -> None:
    started: list[threading.Thread] = []

    def run(work: object) -> None:
        started.append(threading.Thread(target=work, daemon=True))
        started[-1].start()

    jobs, done = Jobs("some", run), list[int]()
    for number in range(50):
        jobs.add(lambda number=number: done.append(number))
    jobs.finish(5)
    for thread in started:
        thread.join(5)

    assert done == list(range(50))
    assert not any(thread.is_alive() for thread in started)
