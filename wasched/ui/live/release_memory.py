"""Memory of States that are gone, given back to the machine."""

import ctypes
import gc
import sys

_WORTH_IT = 50
"""So many States dropped since the last time are worth looking for what they leave behind."""


class Memory:
    """Gives memory back once enough was let go of."""

    def __init__(self) -> None:
        self._dropped = 0

    def note(self, dropped: int) -> None:
        """Take in how many States were dropped; gives back once nothing more goes."""
        self._dropped += dropped
        if not dropped and self._dropped >= _WORTH_IT:
            self._dropped = 0
            give_back()


def give_back() -> None:
    """Collect what only points at itself, and hand free pages to the machine (malloc_trim(3)).

    What was there when the server started is frozen, so that this looks at what came since.
    """
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's
        if trim is not None:
            trim(0)
