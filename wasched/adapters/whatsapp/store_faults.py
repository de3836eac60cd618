"""What keeps a link's store from being written: heard from the library, or seen at its folder."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from wasched.domain.link import LinkState
from wasched.domain.storage import ROOM


@dataclass(frozen=True)
class StoreFault:
    """A fault of the store; `code` is that of the link's state, `sentence` is for a person."""

    code: str
    sentence: str

    @property
    def state(self) -> LinkState:
        """The link's state while the fault lasts."""
        return LinkState.ERROR if self is DAMAGED else LinkState.RECONNECTING


FULL = StoreFault(
    "store_full",
    "The disk with the links is full, so nothing can be sent or received. "
    "Make room; wasched goes on by itself.",
)
READ_ONLY = StoreFault(
    "store_read_only",
    "The folder with the links can only be read, so nothing can be sent or received. "
    "Make it writable; wasched goes on by itself.",
)
UNREACHABLE = StoreFault(
    "store_unreachable",
    "The link's file cannot be opened: its folder is missing, read-only or not this user's. "
    "Mend that; wasched goes on by itself.",
)
BROKEN = StoreFault(
    "store_broken",
    "The disk with the links fails to read or write. "
    "Look at the server's system log; a new disk may be needed.",
)
DAMAGED = StoreFault(
    "store_damaged",
    "The link's file is damaged. Unlink this account and link it again; what waits stays.",
)
UNKEPT = StoreFault(
    "store_unkept",
    "The link's file did not take what has to be kept of a message. wasched tries again by itself.",
)

# As SQLite says it: sqlite.org/rescode.html, and sqlite3_errstr in main.c.
_CAUSES = {
    "database or disk is full": FULL,
    "attempt to write a readonly database": READ_ONLY,
    "unable to open database file": UNREACHABLE,
    "disk I/O error": BROKEN,
    "database disk image is malformed": DAMAGED,
    "file is not a database": DAMAGED,
}

STORE_CODES = frozenset(
    fault.code for fault in (FULL, READ_ONLY, UNREACHABLE, BROKEN, DAMAGED, UNKEPT)
)
"""The codes of link states that tell of a store."""


# At the end of a line, where Go puts causes: what a stranger calls themselves may stand before it.
_NAMED = re.compile(rf"({'|'.join(_CAUSES)})(: [\w ]+)?\W*$", re.MULTILINE)


def fault_in(text: str) -> StoreFault | None:
    """The fault that a line of a text ends with in SQLite's words, None if none does."""
    named = _NAMED.search(text)
    return _CAUSES[named[1]] if named else None


def fault_of_folder(session: Path, room: int = ROOM) -> StoreFault | None:
    """What keeps the session's folder from being written to; `room` bytes must be free.

    A folder that does not exist yet is none.
    """
    try:
        found = os.statvfs(session.parent)
    except FileNotFoundError:
        return None
    except OSError:
        return UNREACHABLE
    if found.f_flag & os.ST_RDONLY:
        return READ_ONLY
    return FULL if found.f_bavail * found.f_frsize < room else None
