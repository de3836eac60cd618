"""What is in the database, row by row; whether something changed, and putting it back."""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

Row = tuple[object, ...]

_NOTES = {"change", "sign_in_try", "audit_entry", "number_check"}
"""Tables that say who was here and when; nothing of theirs is anybody's words."""


@dataclass(frozen=True)
class _Table:
    name: str
    named: dict[int, str]  # by the place of a column: the table whose rows its numbers name


class Watched:
    """A database that is put back after each change; to look costs next to nothing without one."""

    def __init__(self, file: Path) -> None:
        self._file = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._file.execute("PRAGMA synchronous = OFF")  # it need not outlive the machine
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        self._file.backup(self._kept)
        self._tables = [self._table(name) for name in self._names() if name not in _NOTES]
        self._before = self._rows()
        self._ids = {
            one.name: {row[0] for row in self._before[one.name] if one.named.get(0) == one.name}
            for one in self._tables
        }
        self._version = self._seen()

    def changes(self) -> dict[str, set[int]]:
        """By table, the ids in rows that came, went or became others since the last look.

        Of rows that were there before: what is new is nobody else's. All of it is put back.
        """
        if self._seen() == self._version:
            return {}
        after = self._rows()
        found = {
            one.name: self._ids_in(one, after[one.name])
            for one in self._tables
            if after[one.name] != self._before[one.name]
        }
        self._kept.backup(self._file)
        self._version = self._seen()
        return found

    def close(self) -> None:
        """Let go of both."""
        self._file.close()
        self._kept.close()

    def _ids_in(self, table: _Table, after: Counter[Row]) -> set[int]:
        before = self._before[table.name]
        return {
            value
            for row in (*(after - before), *(before - after))
            for place, other in table.named.items()
            if isinstance(value := row[place], int) and value in self._ids.get(other, ())
        }

    def _seen(self) -> int:
        """Another number after each commit of somebody else."""
        return int(self._file.execute("PRAGMA data_version").fetchone()[0])

    def _names(self) -> list[str]:
        listed = self._file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return sorted(name for (name,) in listed)

    def _table(self, name: str) -> _Table:
        columns = [row[1] for row in self._file.execute(f'PRAGMA table_info("{name}")')]
        keys = self._file.execute(f'PRAGMA foreign_key_list("{name}")')
        named = {columns.index(row[3]): row[2] for row in keys}
        return _Table(name, {0: name, **named} if columns[0] == "id" else named)

    def _rows(self) -> dict[str, Counter[Row]]:
        return {
            one.name: Counter(self._file.execute(f'SELECT * FROM "{one.name}"'))
            for one in self._tables
        }
