"""Whether an account is still this worker's, asked before anything leaves through it."""

from typing import Protocol

from sqlmodel import Session


class Lease(Protocol):
    """A worker's hold on one account, as its sender knows it."""

    @property
    def fence(self) -> int | None:
        """The number that the account has in these hands; None where hands cannot change."""

    @property
    def is_fresh(self) -> bool:
        """True while nobody can have taken the account, by this process's own clock alone."""

    @property
    def was_lost(self) -> bool:
        """True if it was taken from a worker that may not know so yet, and may still send.

        Only a new login ends that one's connection: what it sent is known after that, not before.
        """

    def is_current(self, session: Session) -> bool:
        """True if nobody has taken the account, by what is committed and until this commits."""


class Unshared:
    """Of an account that no other worker can take."""

    fence: int | None = None
    is_fresh, was_lost = True, False

    def is_current(self, _session: Session) -> bool:
        """Nobody can have taken it."""
        return True
