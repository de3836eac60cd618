"""What keeps a link's store from being written: heard from the library, or seen at its folder.

A store is a SQLite file or a PostgreSQL; the words of neither are said by the other.
"""

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
        return _STATES.get(self.code, LinkState.RECONNECTING)

    @property
    def is_over(self) -> bool:
        """True if the link rests by it until somebody acts; else it begins again."""
        return self.code == Code.LINK_TAKEN


FULL = StoreFault(Code.STORE_FULL)
READ_ONLY = StoreFault(Code.STORE_READ_ONLY)
UNREACHABLE = StoreFault(Code.STORE_UNREACHABLE)
BROKEN = StoreFault(Code.STORE_BROKEN)
DAMAGED = StoreFault(Code.STORE_DAMAGED)
UNKEPT = StoreFault(Code.STORE_UNKEPT)
AWAY = StoreFault(Code.STORE_AWAY)
TAKEN = StoreFault(Code.LINK_TAKEN)
UNKNOWN = StoreFault(Code.STORE_UNKNOWN)
POOLED = StoreFault(Code.STORE_POOLED)

_STATES = {
    Code.STORE_DAMAGED: LinkState.ERROR,
    Code.STORE_UNKNOWN: LinkState.ERROR,
    Code.STORE_POOLED: LinkState.ERROR,
    Code.LINK_TAKEN: LinkState.REPLACED,
}

# As SQLite says it: sqlite.org/rescode.html, and sqlite3_errstr in main.c.
_CAUSES = {
    "database or disk is full": FULL,
    "attempt to write a readonly database": READ_ONLY,
    "unable to open database file": UNREACHABLE,
    "disk I/O error": BROKEN,
    "database disk image is malformed": DAMAGED,
    "file is not a database": DAMAGED,
}

TAKEN_STATE = "WS001"
"""The SQLSTATE by which the fence refuses who was there before (server_fence.py)."""

# https://www.postgresql.org/docs/15/errcodes-appendix.html, by the longest beginning that fits.
_STATES_OF_SERVER = {
    TAKEN_STATE: TAKEN,
    "53": AWAY,  # insufficient resources, such as too many connections
    "53100": FULL,
    "57P": AWAY,  # it is shut down, starts, or somebody ended the connection
    "08": AWAY,
    "28": AWAY,  # refused to log in
    "3D000": AWAY,
    "25006": READ_ONLY,
    "58030": BROKEN,
    "XX": BROKEN,
}

STORE_CODES = frozenset(
    fault.code
    for fault in (FULL, READ_ONLY, UNREACHABLE, BROKEN, DAMAGED, UNKEPT, AWAY, UNKNOWN, POOLED)
)
"""The codes of link states that tell of a store."""


# At the end of a line, where Go puts causes: what a stranger calls themselves may stand before it.
_NAMED = re.compile(rf"({'|'.join(_CAUSES)})(: [\w ]+)?\W*$", re.MULTILINE)


# lib/pq's words, and how Go says that a server's address does not answer; WhatsApp's own addresses
# are named as such in front of it.
_OF_SERVER = re.compile(r"pq: .*\((?P<state>[0-9A-Z]{5})\)\W*$", re.MULTILINE)
_NO_SERVER = re.compile(
    r"(driver: bad connection|^(?!.*(websocket|https?:)).*dial (tcp|unix) \S+: [\w ]+: [\w ]+)\W*$",
    re.MULTILINE,
)


def fault_in(text: str) -> StoreFault | None:
    """The fault that a line of a text ends with in the store's words, None if none does."""
    if named := _NAMED.search(text):
        return _CAUSES[named[1]]
    if told := _OF_SERVER.search(text):
        return fault_of_state(told["state"])
    return AWAY if _NO_SERVER.search(text) else None


def fault_of_state(state: str) -> StoreFault | None:
    """The fault that a PostgreSQL tells by its SQLSTATE, None if it tells of none."""
    fitting = [one for one in _STATES_OF_SERVER if state.startswith(one)]
    return _STATES_OF_SERVER[max(fitting, key=len)] if fitting else None


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
