"""Whether the store of attached files can be used, in a sentence for who runs the server."""

import logging
from collections.abc import Callable

from wasched.domain.errors import InputError, MediaAwayError
from wasched.domain.reasons import Code

log = logging.getLogger(__name__)

OUTCOME = "Until then no file can be attached or shown, and messages with files wait; texts go out."
_WORDS = {
    Code.MEDIA_STORE_FULL: "is full. Make room there.",
    Code.MEDIA_DISK_FULL: "has no room. Make room on that disk.",
    Code.MEDIA_NO_ROOM: "has no room. Make room on that disk.",
    Code.MEDIA_READ_ONLY: "may not be written to. Make it this user's, and writable.",
}


def media_fault(ask: Callable[[], None]) -> str:
    """What keeps the store from doing what is asked, in one sentence or two; empty if nothing."""
    try:
        ask()
    except (InputError, OSError) as fault:
        return f"The store of attached files {_why(fault)}"
    return ""


class MediaWatch:
    """Asks the store whenever it is told to, and remembers what is wrong."""

    def __init__(self, ask: Callable[[], None]) -> None:
        self._ask = ask
        self._fault = ""

    @property
    def fault(self) -> str:
        """What is wrong now, and what of it; empty if nothing."""
        return self._fault

    def look(self) -> None:
        """Ask once, and say in the log what has begun and what is over."""
        found = media_fault(self._ask)
        if found and not self._fault:
            log.error(found)
        if self._fault and not found:
            log.warning("It is over: the store of attached files answers again")
        self._fault = f"{found} {OUTCOME}" if found else ""


def _why(fault: InputError | OSError) -> str:
    if isinstance(fault, MediaAwayError):
        return fault.words
    if isinstance(fault, InputError):
        return _WORDS.get(fault.reason.code, "cannot be used.")
    return f"cannot be used: {fault.strerror or type(fault).__name__}."
