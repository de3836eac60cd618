"""A server as an operator starts it, `python -m wasched run`, and what they type beside it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.ports import free_port
from tests.product import ROOT, until
from wasched import config

WASCHED = [sys.executable, "-m", "wasched"]


class Server:
    """One folder of data, with a server on it or not."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, free_port()
        self._environ = {
            **environ,
            "DB_PATH": str(folder / "data" / "app.db"),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        self._log = folder / "terminal.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> config.Settings:
        """The settings of the server."""
        return config.read_settings(self._environ)

    @property
    def database(self) -> Path:
        """The file that everything is in."""
        return self.folder / "data" / "app.db"

    @contextmanager
    def runs(self, **environ: str) -> Iterator[None]:
        """Run it until the end of the block, in a terminal of its own."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*WASCHED, "run"],
                cwd=ROOT,
                env={**self._environ, **environ},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            until(lambda: "is running at" in self.said(), "it says where it runs")
            yield
        finally:
            if self._process.poll() is None:
                self.presses_ctrl_c()

    def said(self) -> str:
        """What stands in the terminal."""
        return self._log.read_text(errors="replace")

    def everybody(self) -> list[psutil.Process]:
        """The server's process and all below it."""
        assert self._process is not None
        first = psutil.Process(self._process.pid)
        return [first, *first.children(recursive=True)]

    def presses_ctrl_c(self) -> int:
        """What a terminal does: SIGINT to all in front; the exit code."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGINT)
        return self._process.wait(60)

    def types(
        self, *words: str, given: bytes = b"", **environ: str
    ) -> subprocess.CompletedProcess[bytes]:
        """A command of wasched's in another terminal; its output is not one.

        Files are named in the server's own folder; only `run` needs that of the clone.
        """
        return subprocess.run(
            [*WASCHED, *words],
            cwd=ROOT if words[0] == "run" else self.folder,
            env={**self._environ, "PYTHONPATH": self._python_path(), **environ},
            input=given,
            capture_output=True,
        )

    def _python_path(self) -> str:
        """The clone, beside what leads to a WhatsApp server of the tests."""
        return ":".join(filter(None, [self._environ.get("PYTHONPATH", ""), str(ROOT)]))
