"""A note beside the database that a file is damaged, for every process and over every restart."""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from wasched.domain.damage import Damage


class DamageNote:
    """What is known of one kind of damage; to ask for it costs no more than to look for a file.

    Where the note cannot be written this process keeps it in mind, and writes it once it can.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._unwritten: Damage | None = None

    def read(self) -> Damage | None:
        """What is noted; None if nothing is."""
        if self._unwritten is not None:
            self._write(self._unwritten)
        try:
            written = self._file.read_text(encoding="utf-8")
        except OSError:
            return self._unwritten
        try:
            noted = json.loads(written)
            return Damage(str(noted["what"]), datetime.fromisoformat(noted["at"]))
        except (ValueError, KeyError, TypeError):  # the disk had room for its name only
            return self._unwritten or Damage("", datetime.fromtimestamp(self.stamp() / 1e9, UTC))

    def add(self, what: str, now: datetime) -> bool:
        """Note that something was seen; True if this was not known before."""
        known = self.read()
        if known is None or known.what != what:
            self._write(Damage(what, known.at if known else now))
            return True
        with suppress(OSError):
            os.utime(self._file)
        return False

    def stamp(self) -> int:
        """Another number each time that damage was seen; 0 if none is noted."""
        try:
            return self._file.stat().st_mtime_ns
        except OSError:
            return 0

    def clear(self) -> None:
        """Forget it: it is mended."""
        self._unwritten = None
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _write(self, damage: Damage) -> None:
        self._unwritten = damage
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        try:
            with os.fdopen(os.open(self._file, flags, 0o600), "w", encoding="utf-8") as file:
                json.dump({"what": damage.what, "at": damage.at.isoformat()}, file)
        except OSError:
            return
        self._unwritten = None


@cache
def of_database(database: Path) -> DamageNote:
    """The note of damage to the database itself."""
    return DamageNote(database.with_name(f"{database.name}.damaged"))


@cache
def of_links(database: Path) -> DamageNote:
    """The note of damage to files of links, by their names."""
    return DamageNote(database.with_name("links.damaged"))
