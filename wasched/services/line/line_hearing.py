"""What is known of what a line has heard: whether it may be said that somebody has not answered."""

import time

from wasched.domain.link import CaughtUp, LinkEvent, LinkState, StateChanged
from wasched.services.line.report_writer import ReportWriter

_TOLD_S = 30.0
"""A line that was not told that it has caught up has done so by then."""

_WRITTEN_S = 1.0


class LineHearing:
    """Of one line: it has to hear first what came while nobody held it, or the link was down."""

    def __init__(self, reports: ReportWriter) -> None:
        self._reports = reports
        self._is_caught_up = False
        self._connected_at: float | None = None  # of the monotonic clock

    @property
    def is_caught_up(self) -> bool:
        """True once WhatsApp has told all that came while the line was away."""
        if self._connected_at is None:
            return False
        return self._is_caught_up or time.monotonic() - self._connected_at > _TOLD_S

    def wait_until_written(self) -> bool:
        """Wait a moment until what has been heard is written down; False if that takes longer."""
        return self._reports.wait_until_written(_WRITTEN_S)

    def heed(self, event: LinkEvent) -> None:
        """Follow what the line reports, once it is written."""
        match event:
            case StateChanged(state=LinkState.CONNECTED):
                self._connected_at = time.monotonic()
            case StateChanged():
                self._is_caught_up, self._connected_at = False, None
            case CaughtUp():
                self._is_caught_up = True
