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
_DAMAGED_SERVER = (
    "The database is damaged: PostgreSQL can no longer read parts of it. Stop wasched, keep a copy "
    "of PostgreSQL's data, and restore the last good back-up, as docs/operate.md describes."
)
_AWAY = (
    "The database server does not answer, so nothing can be kept and nothing is sent. Look at "
    "PostgreSQL and its log, and at DATABASE_URL; wasched goes on by itself."
)
SERVER_FULL = (
    "The disk of the database server is full, so nothing can be kept and nothing is sent. Make "
    "room there; wasched goes on by itself."
)
_SERVER_BUSY = (
    "The database server takes no more connections, so nothing can be kept and nothing is sent. "
    "Raise PostgreSQL's max_connections, or end what else is connected; wasched goes on by itself."
)
_SERVER_REFUSES = (
    "The database server lets wasched not in, so nothing can be kept and nothing is sent. Look at "
    "name, password and database in DATABASE_URL; PostgreSQL's log says which is wrong."
)
SERVER_READ_ONLY = (
    "The database server takes no changes, so nothing can be kept and nothing is sent. It may be a "
    "stand-by that only follows another: let DATABASE_URL lead to that one."
)
_SERVER_LOCKED = (
    "Another program holds the turn to write in the database, so nothing can be kept and nothing "
    "is sent. End its session in PostgreSQL, such as that of a stopped process; wasched goes on by "
    "itself."
)
LOCKED_LINK = (
    "The link's file {file} is locked by another program, so nothing is sent through it. "
    "End that program; wasched goes on by itself."
)

# As SQLite says it (sqlite.org/rescode.html, and sqlite3_errstr in main.c), and as PostgreSQL's
# driver names faults, the same in every language. The first that is there counts.
_CAUSES = {
    "database or disk is full": _FULL,
    "attempt to write a readonly database": _READ_ONLY,
    "unable to open database file": _UNREADABLE,
    "disk I/O error": _BROKEN,
    "database is locked": LOCKED,
    "database disk image is malformed": _DAMAGED,
    "file is not a database": _DAMAGED,
    "psycopg.errors.DataCorrupted": _DAMAGED_SERVER,
    "psycopg.errors.IndexCorrupted": _DAMAGED_SERVER,
    "psycopg.errors.DiskFull": SERVER_FULL,
    "psycopg.errors.LockNotAvailable": _SERVER_LOCKED,
    "psycopg.errors.ReadOnlySqlTransaction": SERVER_READ_ONLY,
    "psycopg.errors.TooManyConnections": _SERVER_BUSY,
    "too many clients already": _SERVER_BUSY,
    "remaining connection slots are reserved": _SERVER_BUSY,
    "too many connections for": _SERVER_BUSY,
    "authentication failed": _SERVER_REFUSES,
    "no pg_hba.conf entry": _SERVER_REFUSES,
    "psycopg.errors.InvalidPassword": _SERVER_REFUSES,
    "psycopg.errors.InvalidCatalogName": _SERVER_REFUSES,
    "psycopg.OperationalError": _AWAY,
    "psycopg.errors.ConnectionTimeout": _AWAY,
    "psycopg.errors.AdminShutdown": _AWAY,
    "psycopg.errors.CrashShutdown": _AWAY,
    "psycopg.errors.CannotConnectNow": _AWAY,
    "psycopg.errors.IdleInTransactionSessionTimeout": _AWAY,
}

MALFORMED = "database disk image is malformed"
_DAMAGE = (
    *(MALFORMED, "file is not a database", "disk I/O error"),
    *("psycopg.errors.DataCorrupted", "psycopg.errors.IndexCorrupted"),
)

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
    is_said = isinstance(fault, UnusableDatabaseError)
    return str(fault) if is_said else sentence_of(words_of(fault))


def words_of(fault: BaseException) -> str:
    """The words of a fault, after the name of its kind: PostgreSQL's words have many languages."""
    kind = type(fault)
    return f"({kind.__module__}.{kind.__qualname__}) {fault}"


def sentence_of(said: str) -> str:
    """What a database's words mean for a person; empty if they mean no fault of the storage."""
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
