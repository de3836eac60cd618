"""The wheel with the pages inside, in an environment of its own, from a folder that is not ours."""

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.ports import free_port
from tests.product import ROOT, until
from tools import make_dist

_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """What `make dist` makes."""
    line = [sys.executable, str(ROOT / "tools" / "make_dist.py"), str(tmp_path / "made")]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
    return next((tmp_path / "made").glob("wasched-*.whl"))


def test_a_packed_wasched_serves_its_pages_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    """What it runs on is that of the tests: it would take minutes to install it again."""
    python = _environment(tmp_path)
    subprocess.run([*_PIP, "--python", python, "install", "--no-deps", wheel], check=True)
    packages = next((tmp_path / "own").glob("lib/python*/site-packages"))
    (packages / "tests.pth").write_text(sysconfig.get_path("purelib"))

    _serves_pages(tmp_path)


@pytest.mark.smoke
@pytest.mark.timeout(1800)
def test_a_packed_wasched_brings_what_it_runs_on(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([*_PIP, "--python", _environment(tmp_path), "install", wheel], check=True)

    _serves_pages(tmp_path)


def test_all_that_it_runs_on_is_pinned() -> None:
    listed = (ROOT / "requirements.txt").read_text(encoding="utf-8")

    assert len(make_dist.pins()) == len(re.findall(r"^\S+==", listed, re.MULTILINE)) > 50


def _environment(folder: Path) -> Path:
    """A Python that has nothing installed."""
    made = folder / "own"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    return made / "bin" / "python"


def _serves_pages(folder: Path) -> None:
    with _running(folder) as url:
        assert "<title>" in httpx.get(f"{url}/set-up").text
        assert httpx.get(f"{url}/app.js").status_code == 200
    assert "The data lie in" in (folder / "terminal.log").read_text()
    assert (folder / "home/.local/share/wasched/app.db").exists()
    assert [*(folder / "elsewhere").iterdir()] == []


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    """`wasched run` of somebody whose home is new; the address where it answers."""
    for name in ("home", "elsewhere"):
        (folder / name).mkdir()
    port, log = free_port(), folder / "terminal.log"
    environ = {"PATH": os.defpath, "HOME": str(folder / "home"), "PORT": str(port)}
    with log.open("wb") as terminal:
        process = subprocess.Popen(
            [folder / "own" / "bin" / "wasched", "run"],
            cwd=folder / "elsewhere",
            env=environ,
            stdout=terminal,
            stderr=terminal,
        )
    try:
        until(lambda: "running at" in log.read_text(), "it says where it runs")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
