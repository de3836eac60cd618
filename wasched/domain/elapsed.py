"""Time that has passed on this machine, by a clock that nobody sets."""

import time

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def elapsed_s() -> float:
    """Seconds since some instant of this machine's past; the time that it slept is counted.

    Only differences mean something, and only to whoever asked twice on the same machine.
    """
    return time.clock_gettime(_CLOCK)
