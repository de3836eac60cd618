"""The wall clock of a product under test, which a test sets while every process lives."""

import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tests.books import now

_SHIM = Path(__file__).with_name("moved_clock")


class ServerClock:
    """The clock of one product: true until it is moved; see moved_clock/sitecustomize.py."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.ahead = timedelta()
        file.write_bytes(struct.pack("d", 0.0))

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """The environment of processes that go by this clock."""
        paths = [str(_SHIM), base.get("PYTHONPATH", "")]
        return {
            **base,
            "TESTS_CLOCK_FILE": str(self._file),
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        }

    def now(self) -> datetime:
        """What the product takes for the present instant, in UTC."""
        return now() + self.ahead

    @contextmanager
    def moved(self, ahead: timedelta) -> Iterator[None]:
        """Set the clock ahead (or back, if negative), and right again at the end of the block."""
        self._set(ahead)
        try:
            yield
        finally:
            self._set(timedelta())

    def _set(self, ahead: timedelta) -> None:
        self.ahead = ahead
        with self._file.open("r+b") as file:  # written in place: the processes map this very file
            file.write(struct.pack("d", ahead.total_seconds()))
