"""A session in a SQLite file of its own."""

from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from wasched.adapters.whatsapp import session_store
from wasched.adapters.whatsapp.heard_store import HeardFile
from wasched.adapters.whatsapp.session_place import ListDevices, Opening
from wasched.adapters.whatsapp.store_faults import StoreFault, fault_of_folder
from wasched.domain.storage import ROOM
from wasched.services.ports import Evidence

_ROOM = 2 * ROOM  # a process that is begun lives longer than a moment

# neonize appends its own "?_foreign_keys=on", which the last parameter swallows. FULL: what the
# session says of a message that may have left must outlive a power cut. While another program
# locks the store the library waits (as many milliseconds as SQLite can count): were it to give up,
# it would send what it kept no evidence of.
_ADDRESS = (
    "{path}?_journal_mode=WAL&_foreign_keys=on&_busy_timeout=2147483647&_synchronous=FULL&rest="
)


def address_of(session: Path) -> str:
    """How the library opens the file."""
    return _ADDRESS.format(path=quote(str(session)))


class FileSession:
    """A session that this machine alone reaches: its lock says who has it."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def take_over(self) -> None:
        """Nothing to do: who has the lock has the file."""

    def is_taken_over(self) -> bool:
        """False: nobody can while this has the lock."""
        return False

    def open(self, list_devices: ListDevices) -> Opening:
        """The library makes the file if there is none."""
        return Opening(address_of(self._file))

    def is_linked(self) -> bool:
        """True if a device is kept in it."""
        return session_store.device_in(self._file) is not None

    def note_link(self, jid: str, at: datetime) -> None:
        """Keep since when it is linked, unless it is known for this very device."""
        session_store.note_link(self._file, jid, at)

    def find_evidence(self, secret: bytes, attempted_at: datetime) -> Evidence:
        """What the file says of an attempt."""
        return session_store.find_evidence(self._file, secret, attempted_at)

    def find_chat(self, message_id: str) -> str | None:
        """The chat that a message of this device went to."""
        return session_store.find_chat(self._file, message_id)

    def forget(self) -> None:
        """Delete its files but its lock."""
        session_store.forget_store(self._file)

    def heard(self) -> HeardFile:
        """A file beside it."""
        return HeardFile(self._file)

    def fault(self) -> StoreFault | None:
        """What its folder shows."""
        return fault_of_folder(self._file)

    def fault_before_life(self) -> StoreFault | None:
        """What its folder shows, with more room asked for."""
        return fault_of_folder(self._file, _ROOM)
