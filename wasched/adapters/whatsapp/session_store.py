"""The session's files: who holds them, since when they are linked, and what left through them.

whatsmeow writes (message secret, message id) to its table `whatsmeow_message_secrets` before the
frame leaves, so a missing row means that the message cannot have left.
"""

import fcntl
import json
import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from wasched.adapters import marks
from wasched.services.ports import Evidence, SendTrace

LOCK = ".lock"
_BUSY_S = 10.0


def lock_store(session: Path) -> int | None:
    """Hold the session as long as the returned descriptor is open; None if another holds it.

    The lock ends with the process that took it, however that ends.
    """
    session.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(session.with_suffix(LOCK), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def note_link(session: Path, jid: str, at: datetime) -> None:
    """Keep since when the session is linked, unless it is known for this very device."""
    if _linked_device(session) != jid:
        _write_link(session, jid, at)


def forget_store(session: Path) -> None:
    """Delete the session's files but its lock."""
    marks.remove_beside(session)
    for suffix in (".db", ".db-journal", ".db-wal", ".db-shm", ".linked", ".heard", ".apart"):
        session.with_suffix(suffix).unlink(missing_ok=True)


def begin_anew(session: Path, at: datetime) -> None:
    """Treat the session as an older copy of what it was: its keys, and its silence of before `at`.

    What left since the copy was made has no row in it, and yet left.
    """
    kept = _link(session)
    if kept is not None:
        _write_link(session, kept["jid"], at)
    forget_ratchets(session)


def forget_ratchets(session: Path) -> None:
    """Let the session agree on new keys with everybody before it says anything to them.

    In a copy from a back-up the ratchets stand where they stood then. What was sent since has
    used their next keys, and phones drop in silence what comes under a key for the second time.
    """
    with closing(sqlite3.connect(session, timeout=_BUSY_S)) as connection, connection:
        own = [
            address.partition("@")[0]
            for row in _lines(connection, "SELECT jid, lid FROM whatsmeow_device")
            for address in row
            if address
        ]
        _lines(connection, "DELETE FROM whatsmeow_sessions")
        for user, _, device in (one.partition(":") for one in own):
            query = "DELETE FROM whatsmeow_sender_keys WHERE sender_id IN (?, ?)"
            _lines(connection, query, f"{user}:{device}", f"{user}_1:{device}")


def find_evidence(session: Path, secret: bytes, attempted_at: datetime) -> Evidence:
    """What the session says of an attempt; the caller makes sure that it is not being made.

    GONE when the device was linked after the attempt, for then its rows were deleted.
    """
    if not session.exists():
        return Evidence(SendTrace.GONE)
    with closing(open_store(session)) as connection:
        devices = _rows(connection, "SELECT jid FROM whatsmeow_device")
        found = _rows(
            connection,
            "SELECT message_id FROM whatsmeow_message_secrets WHERE key = ?",
            secret,
        )
    if found:
        return Evidence(SendTrace.LEFT, found[0])
    since = _linked_at(session, devices)
    if since is None or since > attempted_at:
        return Evidence(SendTrace.GONE)
    return Evidence(SendTrace.NEVER_LEFT)


def find_chat(session: Path, message_id: str) -> str | None:
    """The chat (a JID) that a message of this device went to; None if it was linked anew since."""
    if not session.exists():
        return None
    query = "SELECT chat_jid FROM whatsmeow_message_secrets WHERE message_id = ?"
    with closing(open_store(session)) as connection:
        found = _rows(connection, query, message_id)
    return found[0] if found else None


def device_in(session: Path) -> str | None:
    """The address (a JID) of the device that is linked in the file, None if none is."""
    if not session.exists():
        return None
    with closing(open_store(session)) as connection:
        found = _rows(connection, "SELECT jid FROM whatsmeow_device")
    return found[0] if found else None


def linked_since(session: Path, jid: str) -> datetime | None:
    """Since when this very device is linked, None if that is not known."""
    return _linked_at(session, [jid])


def open_store(session: Path) -> sqlite3.Connection:
    """A connection that reads the file, which must be there."""
    # Opened for writing because only a writer may roll back what a killed process began.
    connection = sqlite3.connect(f"file:{quote(str(session))}?mode=rw", timeout=_BUSY_S, uri=True)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _rows(connection: sqlite3.Connection, query: str, *values: bytes | str) -> list[str]:
    return [row[0] for row in _lines(connection, query, *values)]


def _lines(
    connection: sqlite3.Connection, query: str, *values: bytes | str
) -> list[tuple[str, ...]]:
    try:
        return connection.execute(query, values).fetchall()
    except sqlite3.OperationalError as fault:
        if "no such table" in str(fault):
            return []  # the file was made, but nothing was ever linked
        raise


def _linked_at(session: Path, devices: list[str]) -> datetime | None:
    kept = _link(session)
    return datetime.fromisoformat(kept["at"]) if kept and kept["jid"] in devices else None


def _linked_device(session: Path) -> str | None:
    kept = _link(session)
    return kept["jid"] if kept else None


def _link(session: Path) -> dict[str, str] | None:
    try:
        kept = json.loads(session.with_suffix(".linked").read_text(encoding="ascii"))
        return {"jid": str(kept["jid"]), "at": str(kept["at"])}
    except (FileNotFoundError, ValueError, KeyError):
        return None


def _write_link(session: Path, jid: str, at: datetime) -> None:
    draft = session.with_suffix(".linked.new")
    with draft.open("w", encoding="ascii") as file:
        json.dump({"jid": jid, "at": at.isoformat()}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(session.with_suffix(".linked"))
