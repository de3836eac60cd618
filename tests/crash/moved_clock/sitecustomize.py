"""Runs in every Python process of a product under test: its wall clock can be set by a file.

Python imports a module of this name at its start. TESTS_CLOCK_FILE names a file with one double:
by how many seconds the clock is ahead. What Python tells the time by is set (`datetime.now`,
`time.time`); the monotonic clock goes on, as it does when a clock is set. Go, in the process of a
link, asks the kernel itself and keeps the true time, so nothing here shows what the library makes
of a clock that is wrong; the instants of answers and receipts are WhatsApp's own in any case.
"""

import ctypes
import gc
import mmap
import os
import struct
import time
from datetime import UTC, datetime, timedelta, tzinfo

_true_time, _true_time_ns, _true_now = time.time, time.time_ns, datetime.now


def _set_clock(path: str) -> None:
    with open(path, "rb") as file:  # noqa: PTH123 - nothing more than needed is imported so early
        offset = mmap.mmap(file.fileno(), 8, prot=mmap.PROT_READ)

    def ahead_s() -> float:
        seconds: float = struct.unpack("d", offset[:8])[0]
        return seconds

    def now(cls: type[datetime], tz: tzinfo | None = None) -> datetime:
        return _true_now(tz) + timedelta(seconds=ahead_s())

    def utcnow(cls: type[datetime]) -> datetime:
        return now(cls, UTC).replace(tzinfo=None)

    time.time = lambda: _true_time() + ahead_s()
    time.time_ns = lambda: _true_time_ns() + int(ahead_s() * 1e9)
    # The class itself stays what it is: another one in its place would be a stranger to all that
    # is written in C.
    own = gc.get_referents(datetime.__dict__)[0]
    own.update(now=classmethod(now), utcnow=classmethod(utcnow))
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(datetime))


if path := os.environ.get("TESTS_CLOCK_FILE"):
    _set_clock(path)
