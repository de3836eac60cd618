"""`make run` and `make demo` in a fresh clone, for somebody new, in folders with spaces."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import psutil
import pytest

from tests.containers.figures import say
from tests.ports import free_port
from tests.product import ROOT, until

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(1800)]

_BUILD_S = 1200.0


class Make:
    """`make` in a terminal of its own."""

    def __init__(self, what: str, clone: Path, home: Path, port: int) -> None:
        self._log = home / "terminal.log"
        # What a login shell has, and the settings of pip and npm that this machine needs.
        left_out = ("VIRTUAL_ENV", "PYTHONPATH", "DB_PATH", "SESSION_PATH", "MEDIA_PATH")
        environ = {name: value for name, value in os.environ.items() if name not in left_out}
        self._begun = time.monotonic()
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                ["make", what],
                cwd=clone,
                env={**environ, "HOME": str(home), "PORT": str(port)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.url, self.seconds = "", 0.0

    def is_running(self) -> Self:
        """Wait until it says where; sets the address and how long that took."""
        until(lambda: "running at" in self.said(), "it says where it runs", _BUILD_S)
        self.seconds = time.monotonic() - self._begun
        self.url = re.findall(r"running at (http://localhost:\d+)", self.said())[0]
        return self

    def said(self) -> str:
        """What stands in the terminal; AssertionError shows it if make ended by itself."""
        text = self._log.read_text()
        assert self.process.poll() is None, text
        return text

    def everybody(self) -> list[psutil.Process]:
        """make and all below it."""
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]

    def presses_ctrl_c(self) -> str:
        """What a terminal does: SIGINT to all in front; returns what was said until the end."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(60)
        return self._log.read_text()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `git clone` makes, somewhere with spaces."""
    folder = tmp_path_factory.mktemp("own programs") / "the message thing"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of somebody who has never done anything."""
    return tmp_path_factory.mktemp("a new home")


@contextmanager
def make_run(clone: Path, home: Path, port: int, what: str = "run") -> Iterator[Make]:
    """`make run`, or something else, until the end of the block."""
    made = Make(what, clone, home, port)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.presses_ctrl_c()


def test_an_interrupted_first_start_stops_at_once(clone: Path, home: Path) -> None:
    with make_run(clone, home, free_port()) as made:
        until(lambda: (clone / ".venv" / "bin" / "python").exists(), "it has begun")
        everybody = made.everybody()
        said = made.presses_ctrl_c()

    assert psutil.wait_procs(everybody, timeout=30)[1] == []
    assert "running at" not in said


def test_a_fresh_clone_serves_the_set_up_page_and_stops_cleanly(clone: Path, home: Path) -> None:
    port = free_port()
    with make_run(clone, home, port) as made:
        made.is_running()
        say(f"first `make run`: {made.seconds:.0f} s")
        assert made.url == f"http://localhost:{port}"
        with urllib.request.urlopen(f"{made.url}/set-up") as answer:
            assert b"wasched" in answer.read()
        everybody = made.everybody()
        said = made.presses_ctrl_c()

    assert psutil.wait_procs(everybody, timeout=30)[1] == []
    assert "Traceback" not in said
    assert (clone / "data" / "app.db").exists()


def test_the_second_start_builds_nothing_and_takes_seconds(clone: Path, home: Path) -> None:
    with make_run(clone, home, free_port()) as made:
        made.is_running()
        say(f"second `make run`: {made.seconds:.1f} s")
        said = made.presses_ctrl_c()

    assert "(once)" not in said
    assert "Building" not in said


def test_a_taken_port_is_said_and_the_next_one_used(clone: Path, home: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        with make_run(clone, home, taken) as made:
            assert f"Port {taken} is taken" in made.is_running().said()
            assert made.url != f"http://localhost:{taken}"


def test_the_demo_needs_little_more_and_stops_cleanly(clone: Path, home: Path) -> None:
    with make_run(clone, home, free_port(), "demo") as made:
        say(f"`make demo` after it: {made.is_running().seconds:.0f} s")
        [phones] = re.findall(r"demo are at (\S+)", made.said())
        with urllib.request.urlopen(phones) as answer:
            assert b"phones" in answer.read()
        everybody = made.everybody()
        said = made.presses_ctrl_c()

    assert psutil.wait_procs(everybody, timeout=30)[1] == []
    assert "Traceback" not in said


def test_nothing_is_written_outside_the_clone_but_caches(clone: Path, home: Path) -> None:
    assert (
        subprocess.run(
            ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
        ).stdout
        == ""
    )
    assert [one.name for one in home.iterdir() if not one.name.startswith(".")] == ["terminal.log"]
