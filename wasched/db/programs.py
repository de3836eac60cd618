"""The programs that use a database: each says that it is there, and for which schema it is made.

So an update can wait for those of before, by name, and whoever would take all of it away is told
who is in the way. Only one clock is asked: the database's own.
"""

import os
import socket
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from wasched.domain.errors import UnusableDatabaseError
from wasched.domain.wording import join_words

_BEAT_S = {"sqlite": 60.0, "postgresql": 5.0}
"""On one machine it is seen at once whether a process lives, and the disk is left in peace."""

_GONE_BEATS = 4
_FORGOTTEN_S = 3600
_NOW = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', 'now')",  # as UtcDateTime keeps an instant
    "postgresql": "timezone('utc', clock_timestamp())",  # also within a transaction
}
_AGE = {
    "sqlite": "(julianday('now') - julianday(at)) * 86400",
    "postgresql": "CAST(extract(epoch FROM timezone('utc', clock_timestamp()) - at) AS float8)",
}
_TABLE = "program"


@dataclass(frozen=True)
class SeenProgram:
    """A program that uses the database, as it last said."""

    name: str
    kind: str
    host: str
    head: str
    machine: str
    pid: int
    age_s: float

    @property
    def words(self) -> str:
        """Which one it is, for whoever waits for it."""
        age = f"last heard {max(self.age_s, 0):.0f} s ago"
        return f"{self.kind} on host {self.host} of version {self.head} to stop, {age}"


def beat_s(engine: Engine) -> float:
    """How many seconds lie between two times that a program says that it is there."""
    return _BEAT_S[engine.dialect.name]


def add_program(engine: Engine, kind: str, head: str) -> str:
    """Say that this process uses the database; the name under which it goes on saying so."""
    name, now = uuid.uuid4().hex, _NOW[engine.dialect.name]
    given = {
        "name": name,
        "kind": kind,
        "host": socket.gethostname(),
        "machine": _machine(),
        "pid": os.getpid(),
        "head": head,
    }
    with engine.begin() as connection:
        connection.execute(
            text(f"DELETE FROM {_TABLE} WHERE {_AGE[engine.dialect.name]} > {_FORGOTTEN_S}")
        )
        connection.execute(
            text(
                f"INSERT INTO {_TABLE} (name, kind, host, machine, pid, head, started_at, at)"
                f" VALUES (:name, :kind, :host, :machine, :pid, :head, {now}, {now})"
            ),
            given,
        )
    return name


def say_there(engine: Engine, name: str) -> None:
    """Say once more that a program is there; waits for no other writer where that can be."""
    now, is_file = _NOW[engine.dialect.name], engine.dialect.name == "sqlite"
    apart = engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.begin() if is_file else apart.connect() as connection:
        said = text(f"UPDATE {_TABLE} SET at = {now} WHERE name = :name")
        connection.execute(said, {"name": name})


def remove_program(engine: Engine, name: str) -> None:
    """Say that a program has ended."""
    with engine.begin() as connection:
        connection.execute(text(f"DELETE FROM {_TABLE} WHERE name = :name"), {"name": name})


def forget_programs(connection: Connection) -> None:
    """Take all out of a database that nobody uses, such as one that was copied from another."""
    connection.execute(text(f"DELETE FROM {_TABLE}"))


def programs_there(connection: Connection) -> list[SeenProgram]:
    """The programs that use the database now, the first of them first; none of early versions."""
    kind = connection.dialect.name
    if not inspect(connection).has_table(_TABLE):
        return []
    columns = f"name, kind, host, head, machine, pid, {_AGE[kind]} AS age_s"
    rows = connection.execute(text(f"SELECT {columns} FROM {_TABLE} ORDER BY started_at"))
    found = [SeenProgram(**row) for row in rows.mappings()]
    gone_s = _GONE_BEATS * _BEAT_S[kind]
    return [one for one in found if one.age_s < gone_s and not _has_ended(one)]


def refuse_running(connection: Connection, outcome: str) -> None:
    """UnusableDatabaseError if anybody uses the database; `outcome` says what comes of it."""
    if there := programs_there(connection):
        waited_for = join_words([one.words for one in there])
        raise UnusableDatabaseError(
            f"Somebody uses the database. Wait for {waited_for}. {outcome} One that was killed "
            f"counts for {_GONE_BEATS * _BEAT_S[connection.dialect.name]:.0f} s."
        )


def older_programs(programs: Sequence[SeenProgram], version: str) -> list[SeenProgram]:
    """Those that are made for a schema before a version."""
    return [one for one in programs if one.head < version]


def waiting_sentence(older: Sequence[SeenProgram]) -> str:
    """For whom an update waits."""
    return f"Waiting for {join_words([one.words for one in older])}."


def _machine() -> str:
    """What is another one where a process has another number, or the machine has started anew."""
    with suppress(OSError):
        space = Path("/proc/self/ns/pid").readlink()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {space}"
    return ""  # elsewhere than on Linux: then only time tells


def _has_ended(program: SeenProgram) -> bool:
    """True if it ran where we do, and runs no more."""
    if not program.machine or program.machine != _machine():
        return False
    return program.pid == os.getpid() or not Path(f"/proc/{program.pid}").exists()
