"""`make run` starts both parts, says where, mends what dies, and stops both."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.ports import free_port
from tests.postgresql import Server, is_wanted
from tests.product import ROOT, until, upgrade_held


class Run:
    """A running `python -m wasched run` on a throw-away folder."""

    def __init__(self, folder: Path, port: int, **more: str) -> None:
        self.port = port
        self._log = folder / "run.log"
        environ = {**os.environ, "DB_PATH": str(folder / "app.db"), "PORT": str(port), **more}
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "wasched", "run"],
                cwd=ROOT,
                env=environ,
                stdout=log,
                stderr=log,
                # Under nohup the end of the terminal stays ignored, by us as by the launcher.
                preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
            )

    def said(self, pattern: str) -> re.Match[str] | None:
        """The first place where its output fits."""
        return re.search(pattern, self._log.read_text())

    def parts(self) -> list[psutil.Process]:
        """The api and the worker."""
        return psutil.Process(self.process.pid).children()


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Started, and answering."""
    started = Run(tmp_path, free_port())
    until(lambda: started.said("running at"), "it says where it runs")
    yield started
    started.process.terminate()
    started.process.wait(60)


def test_it_says_that_it_runs_once_the_database_is_prepared(tmp_path: Path) -> None:
    with upgrade_held(tmp_path, "Step 2 of 3: Count what is there."):
        run = Run(tmp_path, free_port())
        until(lambda: _asked(run.port, "/healthz")[0] == 503, "the api says that it is not ready")
        assert "Count what is there." in _asked(run.port, "/readyz")[1]
        assert not run.said("running at")
    until(lambda: run.said("running at"), "it says where it runs")
    found = run.said(r"running at (http://localhost:\d+)")

    assert found is not None and "wasched" in _asked(run.port, "/set-up")[1]
    _stops_cleanly(run, signal.SIGINT)


@pytest.mark.skipif(not is_wanted(), reason="it takes long; `make test-postgresql` runs it")
def test_it_runs_on_a_postgresql_whose_password_is_said_nowhere(tmp_path: Path) -> None:
    server = Server(free_port())
    server.start()
    url = server.make_database().replace("@", ":dont-tell@")
    run = Run(tmp_path, free_port(), DATABASE_URL=url)
    until(lambda: run.said("running at"), "it says where it runs")

    assert run.said("Messages and people lie in PostgreSQL")
    assert "wasched" in _asked(run.port, "/set-up")[1]
    assert not (tmp_path / "app.db").exists()
    run.process.terminate()
    run.process.wait(60)
    server.end()
    assert not run.said("dont-tell")


def _asked(port: int, path: str) -> tuple[int, str]:
    """The status and body of an answer; 0 if there was none."""
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
    except OSError:
        return 0, ""


@pytest.mark.torture  # SIGINT and SIGTERM end the runs of other tests
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_cleanly_and_leaves_nobody_behind(run: Run, sent: signal.Signals) -> None:
    _stops_cleanly(run, sent)


def _stops_cleanly(run: Run, sent: signal.Signals) -> None:
    """Nobody is left behind."""
    parts = run.parts()
    assert len(parts) == 2

    run.process.send_signal(sent)

    assert run.process.wait(60) == 0
    assert psutil.wait_procs(parts, timeout=30)[1] == []


def test_a_part_that_dies_is_started_again_and_leaves_nobody_behind(run: Run) -> None:
    before = run.parts()
    below = [child for part in before for child in part.children(recursive=True)]
    assert below, "the api has a worker process of its own"
    for part in before:
        part.kill()

    until(lambda: len(set(run.parts()) - set(before)) == 2, "both are there again")
    assert psutil.wait_procs(below, timeout=30)[1] == []

    last = run.parts()
    last += [child for part in last for child in part.children(recursive=True)]
    run.process.kill()
    assert psutil.wait_procs(last, timeout=30)[1] == [], "who outlives a launcher that was killed"


def test_a_taken_port_is_said_and_the_next_one_used(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        started = Run(tmp_path, taken)
        until(lambda: started.said("running at"), "it says where it runs")
        _stops_cleanly(started, signal.SIGTERM)

    assert started.said(f"Port {taken} is taken, so wasched uses")


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"PORT": "many"}, "PORT is 'many'. Give a whole number from 1 to 65535."),
        (
            {"LOCALHOST": "192.0.2.1"},
            "This machine has no address 192.0.2.1. Set LOCALHOST to one it has.",
        ),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else "",
)
def test_a_setting_that_makes_no_sense_is_one_sentence(
    tmp_path: Path, setting: dict[str, str], sentence: str
) -> None:
    environ = {**os.environ, "DB_PATH": str(tmp_path / "app.db"), **setting}
    done = subprocess.run(
        [sys.executable, "-m", "wasched", "run"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 2
    assert done.stderr == f"{sentence}\n"
