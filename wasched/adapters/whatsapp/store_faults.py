"""What keeps a link's store from being written: heard from the library, or seen at its folder."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from wasched.domain.link import LinkState
from wasched.domain.reasons import Code, Reason
from wasched.domain.storage import ROOM


@dataclass(frozen=True)
class StoreFault:
    """A fault of the store; `code` is that of the link's state as well."""

    code: Code

    @property
    def reason(self) -> Reason:
        """What to tell a person."""
        return Reason(self.code)

    @property
    def state(self) -> LinkState:
        """The link's state while the fault lasts."""
        return LinkState.ERROR if self is DAMAGED else LinkState.RECONNECTING


FULL = StoreFault(Code.STORE_FULL)
READ_ONLY = StoreFault(Code.STORE_READ_ONLY)
UNREACHABLE = StoreFault(Code.STORE_UNREACHABLE)
BROKEN = StoreFault(Code.STORE_BROKEN)
DAMAGED = StoreFault(Code.STORE_DAMAGED)
UNKEPT = StoreFault(Code.STORE_UNKEPT)

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
