"""The machine's clock."""

import time
from datetime import UTC, datetime
from threading import Event


class SystemClock:
    """Tells the time and waits by the machine's own clock."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        return datetime.now(UTC)

    def sleep_until(self, instant: datetime) -> None:
        """Return at the instant, as exactly as the machine can."""
        left = (instant - self.now()).total_seconds()
        if left > 0:
            time.sleep(left)

    def wait(self, asked: Event, instant: datetime) -> None:
        """Return at the instant, or as soon as the event is set."""
        left = (instant - self.now()).total_seconds()
        if left > 0:
            asked.wait(left)
