"""wasched and what it is measured against, all driven and watched in the same way."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import psutil

from tests import npm
from tests.postgresql_server import PostgresqlServer
from tests.product import ROOT, until
from wasched import commands

_BULLMQ = Path(__file__).parent / "bullmq"
_DATABASE = "bench"


class Contender(ABC):
    """Something that sends messages at their instants and keeps a row for each.

    Used as a context it runs in a new folder. Its table `message` has the columns `status`,
    `due_at` and `sent_at`, so that all are watched by the same queries.
    """

    name: str
    table: Path

    def __init__(self, folder: Path, redis_port: int) -> None:
        self.folder, self.redis_port = folder, redis_port
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True)
        self.begin()
        return self

    def __exit__(self, *_fault: object) -> None:
        for process in self.processes:
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            process.wait(30)
        shutil.rmtree(self.folder)

    @abstractmethod
    def begin(self) -> None:
        """Start what sends, as far as it can start before there is anything to send."""

    @abstractmethod
    def schedule(self, instants: list[float]) -> None:
        """Take messages for these instants (seconds since 1970)."""

    @abstractmethod
    def seconds(self, value: object) -> float:
        """An instant of the table in seconds since 1970."""

    def is_waiting(self) -> bool:
        """True if a message is not at its end, whose commit is seen from outside."""
        return bool(self._rows("SELECT 1 FROM message WHERE status = 'scheduled' LIMIT 1")) or bool(
            self._rows("SELECT 1 FROM message WHERE status = 'sending' LIMIT 1")
        )

    def count_sent(self) -> int:
        """How many messages are at their end."""
        [(count,)] = self._rows("SELECT count(*) FROM message WHERE status = 'sent'")
        return int(str(count))

    def cpu_s(self) -> float:
        """How many seconds of a core its processes have used; not those of Redis."""
        first = [psutil.Process(one.pid) for one in self.processes]
        return _cpu_s([*first, *(child for one in first for child in one.children(recursive=True))])

    def sent(self) -> list[tuple[float, float]]:
        """When each message was due and when it was handed over, in seconds since 1970."""
        rows = self._rows("SELECT due_at, sent_at FROM message WHERE status = 'sent'")
        return [(self.seconds(due), self.seconds(sent)) for due, sent in rows]

    def _rows(self, query: str) -> list[tuple[object, ...]]:
        database = sqlite3.connect(self.table, timeout=60)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    def _start(
        self, line: list[str], environ: Mapping[str, str], stdin: int | None = None
    ) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                line,
                cwd=ROOT,
                env={**os.environ, **environ},
                stdin=stdin,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def _feed(self, line: list[str], environ: Mapping[str, str], instants: list[float]) -> None:
        said = json.dumps(instants).encode()
        subprocess.run(line, cwd=ROOT, env={**os.environ, **environ}, input=said, check=True)


class Wasched(Contender):
    """The product's worker on Redis, and its services for scheduling."""

    name = "wasched"

    def begin(self) -> None:
        """Start the worker; only its lines are not WhatsApp's."""
        self.table = self.folder / "app.db"
        self._environ = {"DB_PATH": str(self.table), "LOG_LEVEL": "WARNING", **self.queue()}
        self.worker = self._start_worker(self._environ)

    def _start_worker(self, environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
        line, environ = commands.worker(environ)
        line[line.index("wasched.worker.huey")] = "tests.bench.worker.huey"
        return self._start(line, environ)

    def queue(self) -> dict[str, str]:
        """The variables that choose the queue."""
        return {"REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(self.redis_port)}

    def schedule(self, instants: list[float]) -> None:
        """Schedule as the api does."""
        self._feed([sys.executable, "-m", "tests.bench.author"], self._environ, instants)

    def seconds(self, value: object) -> float:
        """Instants are kept as text in UTC."""
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC).timestamp()


class Embedded(Wasched):
    """The same on the queue in a file."""

    name = "wasched, embedded queue"

    def queue(self) -> dict[str, str]:
        """Without Redis."""
        return {"REDIS_HOST": ""}


class OnPostgresql(Wasched):
    """The same on a PostgreSQL of its own, which waits for the disk as SQLite does."""

    name = "wasched, PostgreSQL"
    workers = 1
    """So many, with an account for each."""

    def begin(self) -> None:
        """Start the server, then as many workers."""
        self.server = PostgresqlServer(shared_buffers="256MB")
        self.server.start()
        self._environ = {
            "DATABASE_URL": self.server.new_database(_DATABASE),
            "SECRET_KEY": "a secret that all of them share, as they have to",
            "LOG_LEVEL": "WARNING",
            "BENCH_ACCOUNTS": str(self.workers),
            "DB_PATH": str(self.folder / "author" / "app.db"),
            **self.queue(),
        }
        for number in range(self.workers):
            own = {"DB_PATH": str(self.folder / f"worker-{number}" / "app.db")}
            self.worker = self._start_worker(self._environ | own)

    def __exit__(self, *fault: object) -> None:
        try:
            super().__exit__(*fault)
        finally:
            self.server.end()

    def seconds(self, value: object) -> float:
        """Instants are kept in UTC."""
        assert isinstance(value, datetime)
        return value.replace(tzinfo=UTC).timestamp()

    def cpu_s(self) -> float:
        """Those of the server as well: of SQLite they are the worker's own."""
        return super().cpu_s() + _cpu_s(self.server.processes())

    def _rows(self, query: str) -> list[tuple[object, ...]]:
        with self.server.connect(_DATABASE) as connection:
            return connection.execute(query.encode()).fetchall()


class OnPostgresqlByTwo(OnPostgresql):
    """Two workers with an account each."""

    name = "wasched, PostgreSQL, 2 workers"
    workers = 2


class BullMq(Contender):
    """BullMQ delayed jobs with SQLite rows."""

    concurrency = 1
    name = "BullMQ, concurrency 1"

    def begin(self) -> None:
        """It starts with its messages."""
        self.table = self.folder / "bullmq.db"

    def schedule(self, instants: list[float]) -> None:
        """Start it, and wait until all jobs are in its queue."""
        script = shutil.copy(_BULLMQ / "bench.mjs", npm.installed(_BULLMQ))
        line = [npm.program("node"), str(script), str(self.redis_port)]
        line += [str(self.table), str(self.concurrency)]
        process = self._start(line, {}, subprocess.PIPE)
        assert process.stdin is not None
        process.stdin.write(json.dumps(instants).encode())
        process.stdin.close()
        until(lambda: "ready" in (self.folder / "log").read_text(), "BullMQ has its jobs")

    def seconds(self, value: object) -> float:
        """Instants are kept in seconds."""
        return float(str(value))


class BullMqBy20(BullMq):
    """The same with twenty jobs at once."""

    concurrency = 20
    name = "BullMQ, concurrency 20"


class PlainHuey(Contender):
    """Plain Huey with eta on as many threads as wasched has."""

    name = "plain Huey, eta"

    def begin(self) -> None:
        """Start its consumer."""
        self.table = self.folder / "plain.db"
        self._environ = {
            "PLAIN_DATABASE": str(self.table),
            "PLAIN_REDIS_PORT": str(self.redis_port),
        }
        line = [sys.executable, "-m", "huey.bin.huey_consumer", "tests.bench.plain_huey.queue"]
        self._start([*line, "--workers", "4", "--quiet"], self._environ)

    def schedule(self, instants: list[float]) -> None:
        """Make a row and a task for each."""
        line = [sys.executable, "-c", "from tests.bench import plain_huey; plain_huey.schedule()"]
        self._feed(line, self._environ, instants)

    def seconds(self, value: object) -> float:
        """Instants are kept in seconds."""
        return float(str(value))


def _cpu_s(processes: list[psutil.Process]) -> float:
    times = [one.cpu_times() for one in processes]
    return float(sum(one.user + one.system for one in times))


ALL: tuple[type[Contender], ...] = (
    Wasched,
    OnPostgresql,
    OnPostgresqlByTwo,
    BullMq,
    BullMqBy20,
    PlainHuey,
    Embedded,
)
