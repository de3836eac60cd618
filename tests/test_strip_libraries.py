"""Libraries without what only a debugger reads do the same, and are smaller."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import greenlet
import pytest

from tools.strip_libraries import strip_library

_USE = """
import greenlet
def inner(word):
    greenlet.getcurrent().parent.switch(word + " and back")
print(greenlet.__file__)
print(greenlet.greenlet(inner).switch("there"))
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The one compiled library of a copy of greenlet, which comes with symbols."""
    copied = shutil.copytree(Path(greenlet.__file__).parent, tmp_path / "greenlet")
    [found] = copied.glob("_greenlet*.so")
    return found


def test_a_library_without_its_symbols_still_works(library: Path, tmp_path: Path) -> None:
    size = library.stat().st_size

    spared = strip_library(library)

    assert spared > size / 2 and library.stat().st_size == size - spared
    environ = {**os.environ, "PYTHONPATH": str(tmp_path)}
    said = subprocess.check_output([sys.executable, "-c", _USE], env=environ, text=True)
    assert said.splitlines() == [str(tmp_path / "greenlet" / "__init__.py"), "there and back"]


def test_what_has_little_to_spare_or_is_no_library_stays_as_it_is(
    library: Path, tmp_path: Path
) -> None:
    other = tmp_path / "words.so.txt"
    other.write_text("not compiled " * 10_000)
    strip_library(library)
    before = library.read_bytes()

    assert [strip_library(library), strip_library(other)] == [0, 0]
    assert library.read_bytes() == before
