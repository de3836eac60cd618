"""Watching whether the link's store can be written, while the process holds it.

The library only warns when it cannot keep something, and goes on: it sends what it kept no
evidence of, and WhatsApp repeats only a few times what it could not keep. So this process lets go
of the line instead, and WhatsApp keeps what comes until there is a store again.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from wasched.adapters.alarms import keep_calling
from wasched.adapters.whatsapp.store_faults import UNKEPT, StoreFault, fault_in
from wasched.domain.errors import NotNow

_LOOK_S = 1.0
_EVIDENCE = "Failed to store message secret key for outgoing message"


@dataclass(frozen=True)
class StoreFailed:
    """The store cannot be written; `held_back` if a message on its way out is kept from leaving."""

    fault: StoreFault
    held_back: bool = False


class StoreWatch:
    """Tells `listener` of what keeps the session's store from being written.

    `look` says what can be seen without the library.
    """

    def __init__(
        self, look: Callable[[], StoreFault | None], listener: Callable[[StoreFailed], None]
    ) -> None:
        self._find_fault, self._listener = look, listener
        self._is_over = False

    def start(self) -> None:
        """Begin to look at the folder, again and again."""
        keep_calling(self._look, _LOOK_S)

    def stop(self) -> None:
        """Look no more: the link has ended."""
        self._is_over = True

    def check_room(self) -> None:
        """NotNow while a look shows that nothing can be kept: no room, or it can only be read."""
        fault = self._find_fault()
        if fault is not None:
            raise NotNow(fault.reason)

    def hear_library(self, line: str) -> None:
        """Hear a line of the library's log, on the thread that says it.

        Never returns from one that tells of the store: what that thread was about to do, with
        nothing kept of it, must not be done before this process ends.
        """
        fault, held_back = fault_in(line), line.startswith(_EVIDENCE)
        if fault is None and held_back:
            fault = UNKEPT
        if fault is not None:
            self._listener(StoreFailed(fault, held_back))
            threading.Event().wait()

    def hear_answer(self, text: str) -> None:
        """Hear what the library answered in place of doing what it was asked."""
        fault = fault_in(text)
        if fault is not None:
            self._listener(StoreFailed(fault))

    def _look(self) -> bool:
        """Look once; True to look again."""
        fault = self._find_fault()
        if fault is not None and not self._is_over:
            self._listener(StoreFailed(fault))
        return fault is None and not self._is_over
