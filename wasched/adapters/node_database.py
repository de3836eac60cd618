"""The SQLite file of the Node.js version, read in a copy: nothing is written to it or beside it."""

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wasched.domain.errors import InputError
from wasched.domain.node_server import (
    OldDaily,
    OldGroup,
    OldItem,
    OldList,
    OldMessage,
    OldPerson,
    OldServer,
    OldStatus,
)

_MARK = b"SQLite format 3\0"
_TABLES = {
    "groups": {"jid", "name"},
    "collections": {"id", "name", "created_at"},
    "collection_items": {"collection_id", "group_jid"},
    "schedule_definitions": {
        *("id", "content", "user_id", "collection_id", "hour", "minute", "is_active"),
        "created_at",
    },
    "scheduled_messages": {"id", "content", "scheduled_at", "user_id", "created_at", "deleted_at"},
    "scheduled_message_items": {
        *("id", "scheduled_message_id", "group_jid", "status", "sent_at", "error_message"),
        "deleted_at",
    },
}
"""The tables that say whose file it is; that of the people is Better Auth's, and may be missing."""

_GROUP = re.compile(r"\d[\d-]{4,60}@g\.us")
_PEOPLE = {"id", "name", "email"}
_KEPT = frozenset(OldStatus) - {OldStatus.DELETED}
_YEARS = range(2000, 2101)
_WORDS_MAX = 500
"""Characters that are kept of an error."""


@contextmanager
def open_node_database(path: Path, room: Path) -> Iterator["NodeDatabase"]:
    """The database while the block runs, with what a `-wal` file beside it says.

    `room` is a folder with room for the copy. InputError (file) if it is none of the Node.js
    version, or damaged.
    """
    with tempfile.TemporaryDirectory(prefix=".import-", dir=room) as folder:
        copy = _copied(path, Path(folder))
        try:
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute("PRAGMA query_only = ON")
                _check_tables(connection)
                yield NodeDatabase(connection)
        except sqlite3.Error as fault:
            raise InputError(
                "file",
                f"This database cannot be read ({fault}). Copy it anew while the old "
                "server is stopped.",
            ) from None


class NodeDatabase:
    """Fulfils the OldServerBook protocol."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def read_server(self) -> OldServer:
        """All of it but the messages."""
        daily = list(self._daily())
        return OldServer(
            people=tuple(self._people()),
            groups=tuple(self._groups()),
            lists=tuple(self._lists()),
            daily=tuple(one for one in daily if one is not None),
            stopped_daily=self._count(_STOPPED),
            deleted=self._count(_DELETED),
            unreadable=sum(one is None for one in daily) + self._unreadable(),
        )

    def read_messages(self, after: int, limit: int) -> Sequence[OldMessage]:
        """The messages with the next ids after one, at most so many; none at the end."""
        rows = self._all(_MESSAGES, (after, limit))
        if not rows:
            return []
        items: dict[int, list[OldItem]] = {}
        for message_id, item in self._items(rows[0][0], rows[-1][0]):
            items.setdefault(message_id, []).append(item)
        return [_message(row, tuple(items.get(row[0], ()))) for row in rows]

    def _people(self) -> Iterator[OldPerson]:
        if _columns(self._connection, "user") >= _PEOPLE:
            for row in self._all("SELECT id, name, email FROM user ORDER BY rowid"):
                yield OldPerson(*map(_words, row))

    def _groups(self) -> Iterator[OldGroup]:
        for jid, name in self._all(_GROUPS):
            if _GROUP.fullmatch(_words(jid)):
                yield OldGroup(jid, _words(name))

    def _lists(self) -> Iterator[OldList]:
        members: dict[Any, list[str]] = {}
        for list_id, jid in self._all("SELECT collection_id, group_jid FROM collection_items"):
            members.setdefault(list_id, []).append(_words(jid))
        for number, name, made in self._all("SELECT id, name, created_at FROM collections"):
            groups = tuple(sorted(members.get(number, [])))
            yield OldList(int(number), _words(name), _words(made), groups)

    def _daily(self) -> Iterator[OldDaily | None]:
        for row in self._all(_DAILY):
            number, content, hour, minute, list_id, person_id, made = row
            is_time = isinstance(hour, int) and isinstance(minute, int)
            if is_time and 0 <= hour < 24 and 0 <= minute < 60:
                yield OldDaily(
                    number, _words(content), hour, minute, list_id, _words(person_id), _words(made)
                )
            else:
                yield None

    def _items(self, first: int, last: int) -> Iterator[tuple[int, OldItem]]:
        for number, message_id, jid, status, sent_at, error in self._all(_ITEMS, (first, last)):
            if status in _KEPT and _GROUP.fullmatch(_words(jid)):
                words = _words(error)[:_WORDS_MAX]
                yield message_id, OldItem(number, jid, OldStatus(status), _instant(sent_at), words)

    def _unreadable(self) -> int:
        return sum(_instant(at) is None for (at,) in self._connection.execute(_TIMES))

    def _count(self, statement: str) -> int:
        return int(self._connection.execute(statement).fetchone()[0])

    def _all(self, statement: str, given: tuple[int, ...] = ()) -> list[Any]:
        return self._connection.execute(statement, given).fetchall()


_GROUPS = "SELECT jid, name FROM groups ORDER BY jid"
_DAILY = (
    "SELECT id, content, hour, minute, collection_id, user_id, created_at "
    "FROM schedule_definitions WHERE is_active = 1 ORDER BY id"
)
_STOPPED = "SELECT count(*) FROM schedule_definitions WHERE is_active IS NOT 1"
_DELETED = (
    "SELECT count(*) FROM scheduled_message_items AS item JOIN scheduled_messages AS message "
    "ON message.id = item.scheduled_message_id "
    "WHERE message.deleted_at IS NOT NULL OR item.deleted_at IS NOT NULL "
    "OR item.status = 'DELETED'"
)
_TIMES = "SELECT scheduled_at FROM scheduled_messages WHERE deleted_at IS NULL"
_MESSAGES = (
    "SELECT id, content, scheduled_at, user_id, created_at FROM scheduled_messages "
    "WHERE deleted_at IS NULL AND id > ? ORDER BY id LIMIT ?"
)
_ITEMS = (
    "SELECT id, scheduled_message_id, group_jid, status, sent_at, error_message "
    "FROM scheduled_message_items WHERE deleted_at IS NULL "
    "AND scheduled_message_id BETWEEN ? AND ? ORDER BY id"
)


def _copied(path: Path, folder: Path) -> Path:
    """A copy of the file and of its `-wal`, in which SQLite may do what it has to."""
    copy = folder / "app.db"
    try:
        with path.open("rb") as file:
            if file.read(len(_MARK)) != _MARK:
                raise InputError(
                    "file", "This is no SQLite database. Choose the app.db of the old server."
                )
        shutil.copyfile(path, copy)
        log = path.with_name(f"{path.name}-wal")
        if log.exists():
            shutil.copyfile(log, copy.with_name("app.db-wal"))
    except OSError as fault:
        raise InputError("file", f"{path} cannot be read: {fault.strerror}.") from None
    return copy


def _check_tables(connection: sqlite3.Connection) -> None:
    for table, columns in _TABLES.items():
        if missing := columns - _columns(connection, table):
            lacks = f"no column {min(missing)} in {table}" if columns - missing else f"no {table}"
            raise InputError(
                "file", f"This is no database of the Node.js version: there is {lacks} in it."
            )


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns of a table; none of a view, which might do anything."""
    kind = connection.execute("SELECT type FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    if kind is None or kind[0] != "table":
        return set()
    return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


def _message(row: Any, items: tuple[OldItem, ...]) -> OldMessage:
    number, content, at, person_id, made = row
    when = _instant(at)
    kept = items if when is not None else ()
    return OldMessage(
        number, _words(content), when or datetime.min, _words(person_id), _words(made), kept
    )


def _words(value: Any) -> str:
    """A value as text: SQLite lets any column hold anything."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def _instant(value: Any) -> datetime | None:
    """An instant as Luxon or SQLite wrote it, both in UTC; None if it is none."""
    try:
        read = datetime.fromisoformat(value)
        at = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
    return at if at.year in _YEARS else None
