"""Telling people by services of others, each time in a process of its own that is bounded."""

import threading
from typing import Any

from wasched.adapters.bounded_process import BoundedProcess, BoundedWork, Bounds
from wasched.domain.errors import WorkEndedError
from wasched.domain.incidents import TellResult
from wasched.domain.media import MB

AT_ONCE = 2
"""So many are told at once by a process of the server, whoever asks."""

_BOUNDS = Bounds(cpu_s=20, wall_s=40, memory=400 * MB)
turns = threading.BoundedSemaphore(AT_ONCE)


class AlertPosts:
    """Fulfils the AlertTeller protocol by Apprise."""

    def __init__(self, *, allows_private: bool) -> None:
        self._allows_private = allows_private

    def tell(self, address: str, title: str, text: str) -> TellResult:
        """What came of it; the process that does it has half a minute."""
        asked = {"address": address, "title": title, "text": text}
        return TellResult(self._ask(asked | {"allows_private": self._allows_private}))

    def _ask(self, asked: dict[str, Any]) -> str:
        with turns:
            try:
                work = BoundedWork(lambda: BoundedProcess("wasched.adapters.alert_child", _BOUNDS))
                return str(work.ask(asked))
            except WorkEndedError:
                return "The service did not answer in time."
