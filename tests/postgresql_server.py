"""A PostgreSQL of a test's own, as durable as on a server, that can be killed and paused."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

from tests.ports import free_port
from tools.set_up_tests import find_postgresql

_START_S = 60.0


class PostgresqlServer:
    """A server on a port of loopback; what was committed outlives its end by `kill`."""

    def __init__(self, **settings: str) -> None:
        self.port = free_port()
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="wasched-postgresql-"))
        if os.geteuid() == 0:
            shutil.chown(self._folder, _user(), pwd.getpwnam(_user()).pw_gid)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, on the data that it had, and wait until it takes connections."""
        if not self._data.exists():
            self._make_data()
        line = [f"{_programs()}/postgres", "-D", str(self._data), "-k", str(self._folder)]
        line += ["-h", "127.0.0.1", "-p", str(self.port)]
        for name, value in self._settings.items():
            line += ["-c", f"{name}={value}"]
        self._process = self._spawn(line)
        self._wait()

    def kill(self) -> None:
        """SIGKILL it with all that it has started, as the kernel does when memory runs out."""
        for one in self.processes():
            with suppress(psutil.NoSuchProcess):
                one.kill()
        if self._process is not None:
            self._process.wait()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop all of it where it stands: it takes connections and says nothing."""
        stopped = self.processes()
        signal_all(stopped, signal.SIGSTOP)
        try:
            yield
        finally:
            signal_all(stopped, signal.SIGCONT)

    def end(self) -> None:
        """Kill it and forget all that it kept."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def processes(self) -> list[psutil.Process]:
        """The server's first process, and those of its connections."""
        if self._process is None:
            return []
        with suppress(psutil.NoSuchProcess):
            first = psutil.Process(self._process.pid)
            return [first, *first.children(recursive=True)]
        return []

    def new_database(self, name: str) -> str:
        """The URL of a new database with nothing in it, in the form that a person gives."""
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql://{_user()}@127.0.0.1:{self.port}/{name}?sslmode=disable"

    def connect(self, name: str) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection to a database, each of whose statements is committed at once."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=_user(), dbname=name, autocommit=True
        )

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _make_data(self) -> None:
        line = [f"{_programs()}/initdb", "-D", str(self._data), "--no-sync", "-A", "trust"]
        self._spawn([*line, "-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]).wait()

    def _spawn(self, line: list[str]) -> "subprocess.Popen[bytes]":
        """Start a program as the server's user, which ends with us; what it says is kept."""
        before = ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []
        if os.geteuid() == 0:
            before += [f"--reuid={_user()}", f"--regid={_user()}", "--clear-groups"]
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [*before, *line], cwd=self._folder, stdout=log, stderr=log, start_new_session=True
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + _START_S
        while True:
            with suppress(psycopg.OperationalError):
                self.connect("postgres").close()
                return
            assert time.monotonic() < deadline, (self._folder / "log").read_text(errors="replace")
            time.sleep(0.05)


def signal_all(processes: list[psutil.Process], number: signal.Signals) -> None:
    """Send a signal to each that is still there."""
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            one.send_signal(number)


def _programs() -> str:
    found = find_postgresql()
    assert found, "There is no PostgreSQL here: tools/set_up_tests.py installs it."
    return found


def _user() -> str:
    """Who runs the server: it refuses root."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
