"""Whether all that people have answered so far is known: what a nudge waits for."""

from typing import Protocol


class Hearing(Protocol):
    """What the holder of a line knows about what it has heard."""

    @property
    def is_caught_up(self) -> bool:
        """True once WhatsApp has told all that came while the line was away."""

    def wait_until_written(self) -> bool:
        """Wait a moment until what has been heard is written down; False if that takes longer."""


class AllHeard:
    """Of a line that is never away."""

    is_caught_up = True

    def wait_until_written(self) -> bool:
        """There is nothing to wait for."""
        return True
