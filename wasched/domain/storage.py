"""What a full, read-only, locked or damaged place to write to means, in one sentence each."""

from wasched.domain.errors import UnusableDatabaseError

_FULL_PLACE = (
    "The disk with the {folder} is full, so {outcome}. Make room; wasched goes on by itself."
)
_READ_ONLY_PLACE = (
    "The {folder} can only be read, so {outcome}. Make it writable; wasched goes on by itself."
)
NOTHING_IS_SENT = "nothing can be kept and nothing is sent"
_FULL = _FULL_PLACE.format(folder="data folder", outcome=NOTHING_IS_SENT)
_READ_ONLY = _READ_ONLY_PLACE.format(folder="data folder", outcome=NOTHING_IS_SENT)
LOCKED = (
    "The database is locked by another program, so nothing can be kept and nothing is sent. "
    "End that program, such as a back-up or an open SQLite shell; wasched goes on by itself."
)
_UNREADABLE = (
    "The database cannot be opened: the data folder is missing, read-only or not this user's. "
    "Mend that; wasched goes on by itself."
)
_BROKEN = (
    "The disk with the data folder fails to read or write. "
    "Look at the server's system log; a new disk and a backup may be needed."
)
_DAMAGED = (
    "The database is damaged: parts of it can no longer be read. Stop wasched, keep a copy of the "
    "data folder, and put the last good back-up in its place: "
    "`python -m wasched restore --replace FILE`, as docs/operate.md describes."
)
LOCKED_LINK = (
    "The link's file {file} is locked by another program, so nothing is sent through it. "
    "End that program; wasched goes on by itself."
)

# As SQLite says it: sqlite.org/rescode.html, and sqlite3_errstr in main.c.
_CAUSES = {
    "database or disk is full": _FULL,
    "attempt to write a readonly database": _READ_ONLY,
    "unable to open database file": _UNREADABLE,
    "disk I/O error": _BROKEN,
    "database is locked": LOCKED,
    "database disk image is malformed": _DAMAGED,
    "file is not a database": _DAMAGED,
}

MALFORMED = "database disk image is malformed"
_DAMAGE = (MALFORMED, "file is not a database", "disk I/O error")

ROOM = 2_000_000
"""Bytes that must be free, or the disk counts as full: a few commits' worth."""


LONG_LOG = 250_000_000
"""Bytes of the database's log that no work of ours leaves behind."""


def log_sentence(size: int) -> str:
    """What it means that the database's log takes so many bytes; empty if nothing."""
    if size < LONG_LOG:
        return ""
    return (
        f"The database's log takes {size / 1e6:,.0f} MB of the disk, since another program has "
        "been reading the database for long, such as an open SQLite shell. End it; the log is cut "
        "off by itself then."
    )


def sentence_for(fault: BaseException) -> str:
    """What a database's fault means for a person; empty if the fault lies elsewhere."""
    said = str(fault)
    return said if isinstance(fault, UnusableDatabaseError) else sentence_of(said)


def sentence_of(said: str) -> str:
    """What SQLite's words mean for a person; empty if they mean no fault of the storage."""
    return next((says for cause, says in _CAUSES.items() if cause in said), "")


def damage_in(said: str) -> str:
    """The words in a fault that show damage, which stays until it is mended; empty without."""
    return next((cause for cause in _DAMAGE if cause in said), "")


def sentence_at(
    *, free: int, is_read_only: bool, folder: str = "data folder", outcome: str = NOTHING_IS_SENT
) -> str:
    """What is wrong with a disk with so many free bytes, and what of it; empty if nothing is."""
    if is_read_only:
        return _READ_ONLY_PLACE.format(folder=folder, outcome=outcome)
    return _FULL_PLACE.format(folder=folder, outcome=outcome) if free < ROOM else ""
