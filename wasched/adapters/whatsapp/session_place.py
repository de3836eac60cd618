"""Where an account's session is kept: in a file of its own, or in a PostgreSQL with all others.

What differs between the two lies behind `SessionStore`; nobody else asks which of them it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from wasched.adapters.whatsapp.heard_store import HeardLines
from wasched.adapters.whatsapp.store_faults import StoreFault
from wasched.services.ports import Evidence

ListDevices = Callable[[str], list[str]]
"""Lets the library make the tables at an address, or read which devices are in them."""


@dataclass(frozen=True)
class Opening:
    """How the library opens a session: its address, and which device of those there (a JID).

    `is_shared`: others are there as well; without a JID a new device is to be linked beside them.
    """

    address: str = field(repr=False)  # a password may stand in it
    jid: str = ""
    is_shared: bool = False


class StoreFaultError(OSError):
    """A session cannot be had now, for this fault."""

    def __init__(self, fault: StoreFault, text: str = "") -> None:
        super().__init__(text or fault.code)
        self.fault = fault


class SessionStore(Protocol):
    """An account's session as one process sees it; all of it may raise OSError."""

    def take_over(self) -> None:
        """From now on nobody who took it over before can write to it.

        Called by who holds its lock on this machine. StoreFaultError if it cannot be reached.
        """
        ...

    def is_taken_over(self) -> bool:
        """True if another process has taken it over since; False if that is not known."""
        ...

    def open(self, list_devices: ListDevices) -> Opening:
        """How the library opens it, after `take_over`; StoreFaultError if it cannot."""
        ...

    def is_linked(self) -> bool:
        """True if a device is kept in it."""
        ...

    def note_link(self, jid: str, at: datetime) -> None:
        """Keep since when it is linked, unless it is known for this very device."""
        ...

    def find_evidence(self, secret: bytes, attempted_at: datetime) -> Evidence:
        """What it says of an attempt, which the caller knows is not being made."""
        ...

    def find_chat(self, message_id: str) -> str | None:
        """The chat (a JID) that a message of this device went to; None if it was linked anew."""
        ...

    def forget(self) -> None:
        """Delete the session, and what was heard by it."""
        ...

    def heard(self) -> HeardLines:
        """Where stands what was heard and is not written down."""
        ...

    def fault(self) -> StoreFault | None:
        """What keeps it from being written, as far as a look each second may cost."""
        ...

    def fault_before_life(self) -> StoreFault | None:
        """What would keep a process that is begun now from living longer than a moment."""
        ...


@dataclass(frozen=True)
class SessionPlace:
    """Names a session.

    `file` is on this machine: it is the session, or, with `database` (a libpq URL), what a passkey
    links before the session is moved there. Its lock lies beside it in either case.
    """

    file: Path
    database: str = field(default="", repr=False)  # a password may stand in it

    @property
    def name(self) -> str:
        """What the log calls it."""
        return self.file.stem

    @property
    def account(self) -> str:
        """The account's number, as it ends the file's name."""
        return self.file.stem.rpartition("-")[2]

    def store(self) -> SessionStore:
        """What is kept there."""
        if not self.database:
            from wasched.adapters.whatsapp.file_session import FileSession

            return FileSession(self.file)
        from wasched.adapters.whatsapp.server_session import ServerSession  # it brings psycopg

        return ServerSession(self.database, int(self.account), self.file)


def place_of(folder: Path, account_id: int, database: str = "") -> SessionPlace:
    """Where the session of an account is; a file of either kind is never taken for the other."""
    kind = "linking" if database else "account"
    return SessionPlace(folder / f"{kind}-{account_id}.db", database)
