"""The whole product as it really runs: api and worker, by the commands that people start."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psutil
import redis

from tests import postgresql
from tests.ports import free_port
from wasched import commands, config

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 90.0
START_S = 150.0  # a process that starts reads much, and works for seconds before it says anything


class Product:
    """An api and a worker on a throw-away folder; each can be started, killed and stopped alone."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._environ = {
            **environ,
            "DB_PATH": str(folder / "data" / "app.db"),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        if postgresql.is_wanted():
            self._environ.setdefault("DATABASE_URL", postgresql.new_database())
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def settings(self) -> config.Settings:
        """The settings that both processes read."""
        return config.read_settings(self._environ)

    def start(self) -> None:
        """Start both, and wait until pages are served."""
        self.start_api()
        self.start_worker()

    def start_api(self, answers: int | None = 200) -> None:
        """Start the api and wait until its health check answers so; None for in any way."""
        self._start("api", *commands.api(self.settings, self._environ))
        try:
            until(
                lambda: self._answer() == answers if answers else self._answer(),
                f"the api answers {answers} on {self.url}",
                START_S,
            )
        except AssertionError as fault:
            raise AssertionError(f"{fault}: {self.log('api')}") from None

    def start_doors(self) -> None:
        """Start the api without its pages, which is quicker, on a database that is there."""
        line = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory"]
        line += ["--port", str(self.port), "--log-level", "warning", "wasched.api.app:make_api"]
        self._start("api", line, self._environ)
        until(self._answer, f"the api answers on {self.url}", START_S)

    def start_worker(self, name: str = "worker", **environ: str) -> None:
        """Start a worker; it takes up its accounts by itself. `environ` is for it alone."""
        self._start(name, *commands.worker({**self._environ, **environ}))

    def kill(self, name: str) -> None:
        """SIGKILL: the process has no time for anything."""
        self._processes[name].kill()
        self._processes[name].wait()

    def kill_whole(self, name: str) -> None:
        """SIGKILL the process and all below it at once, as the kernel does to a container."""
        for process in reversed(self.processes(name)):
            process.kill()
        self._processes[name].wait()

    def stop(self, name: str) -> int:
        """Ask politely, as `docker stop` does; returns the exit code."""
        self._processes[name].terminate()
        return self._processes[name].wait(PATIENCE_S)

    def pause(self, name: str) -> None:
        """SIGSTOP a part and all below it, until it is told to go on."""
        for process in self.processes(name):
            process.suspend()

    def go_on(self, name: str) -> None:
        """SIGCONT what was paused."""
        for process in self.processes(name):
            process.resume()

    def link_children(self, name: str = "worker") -> list[psutil.Process]:
        """The processes that hold WhatsApp links now."""
        with contextlib.suppress(psutil.NoSuchProcess):
            everyone = psutil.Process(self._processes[name].pid).children(recursive=True)
            return [one for one in everyone if _runs(one, "wasched.adapters.whatsapp.child")]
        return []

    def processes(self, name: str) -> list[psutil.Process]:
        """The process of a part and all below it."""
        first = psutil.Process(self._processes[name].pid)
        return [first, *first.children(recursive=True)]

    def log(self, name: str) -> str:
        """What a part has written so far."""
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def end(self) -> None:
        """Stop everything, whatever state it is in."""
        for process in self._processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
                os.killpg(process.pid, signal.SIGCONT)  # it may have been paused
        for process in self._processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _start(self, name: str, line: list[str], environ: dict[str, str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                line, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True
            )

    def _answer(self) -> int:
        """What /healthz says, 0 if nobody answers."""
        try:
            status: int = urllib.request.urlopen(f"{self.url}/healthz", timeout=5).status
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0
        return status


class Redis:
    """A real redis-server on a free port of loopback, with a throw-away folder."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        """The variables that lead the product to it."""
        return {"REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(self.port)}

    def start(self) -> None:
        """Start it and wait until it listens."""
        self._folder.mkdir(parents=True, exist_ok=True)
        line = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [*line, "--dir", str(self._folder), "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
        )
        until(self._listens, "redis-server listens")

    def kill(self) -> None:
        """SIGKILL it; with nothing saved, all that it held is lost."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def flush(self) -> None:
        """Let it forget all that it holds, and go on."""
        with redis.Redis(port=self.port) as connection:
            connection.flushall()

    def _listens(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False


@contextlib.contextmanager
def running(folder: Path, environ: Mapping[str, str]) -> Iterator[Product]:
    """The product, started, and stopped at the end of the block."""
    product = Product(folder, environ)
    try:
        product.start()
        yield product
    finally:
        product.end()


@contextlib.contextmanager
def upgrade_held(folder: Path, step: str) -> Iterator[None]:
    """Hold the turn to upgrade the database in a data folder, as a slow process would."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "upgrade.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(step)
        file.flush()
        yield


def until(holds: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait until something holds; AssertionError says what did not."""
    deadline = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < deadline, f"After {patience_s:.0f} s it does not hold: {what}"
        time.sleep(0.05)


def _runs(process: psutil.Process, module: str) -> bool:
    with contextlib.suppress(psutil.Error):
        return module in process.cmdline()
    return False
