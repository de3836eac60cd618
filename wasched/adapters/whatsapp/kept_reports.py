"""What WhatsApp tells only once, kept beside the session until the worker has written it down.

The library has confirmed a vote before anybody here has seen it. Were the worker killed before
its commit, nobody would send that vote again.
"""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wasched.adapters.whatsapp import wire
from wasched.domain.link import ReactionSeen, VoteSeen

log = logging.getLogger(__name__)

KEPT_SUFFIX = ".untold"
_KEPT = timedelta(days=14)
"""What could not be written for so long never will be."""

KeptReport = VoteSeen | ReactionSeen


class KeptReports:
    """Tells reports by `tell`, and again at the next start those that nobody wrote down."""

    def __init__(self, session: Path, tell: Callable[[KeptReport], None]) -> None:
        self._path, self._tell = session.with_suffix(KEPT_SUFFIX), tell
        self._lock = threading.Lock()
        self._unwritten: set[str] = set()

    def tell_again(self) -> None:
        """Tell what was kept before this process; once, before anything else is told."""
        since = datetime.now(UTC) - _KEPT
        for event in self._read():
            if event.at > since:
                self._unwritten.add(event.message_id)
                self._tell(event)
        self._empty()

    def tell(self, event: KeptReport) -> None:
        """Keep a report, and tell it."""
        with self._lock:
            self._unwritten.add(event.message_id)
            self._append(event)
        self._tell(event)

    def forget(self, message_id: str) -> None:
        """It is written down."""
        with self._lock:
            self._unwritten.discard(message_id)
        self._empty()

    def _append(self, event: KeptReport) -> None:
        try:
            with self._path.open("ab") as file:
                file.write(wire.encode_line(wire.Happened(event)))
        except OSError:  # it is told all the same
            log.warning("A report cannot be kept", exc_info=True)

    def _empty(self) -> None:
        """Begin the file anew whenever nothing in it waits."""
        with self._lock:
            if not self._unwritten:
                self._path.unlink(missing_ok=True)

    def _read(self) -> list[KeptReport]:
        try:
            lines = self._path.read_bytes().splitlines()
        except OSError:
            return []
        return [event for event in map(_read_line, lines) if event is not None]


def _read_line(line: bytes) -> KeptReport | None:
    """The report of a line; None for half a line, the last of a process that was killed."""
    try:
        said = wire.decode_line(line)
    except ValueError:
        return None
    event = said.event if isinstance(said, wire.Happened) else None
    return event if isinstance(event, VoteSeen | ReactionSeen) else None
