"""The scenarios once more, with clients that the product's own linker has linked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_HERE = Path(__file__).parent


def _play(who: str, *which: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(_HERE), *which]
    environment = {**os.environ, "LINKED_BY": who}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    last = done.stdout.splitlines()[-1]
    sys.stdout.write(f"\nlinked by {who}: {last}\n")
    assert done.returncode == 0, done.stdout[-8000:]


@pytest.mark.torture
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("who", ["wasched", "passkey"])
def test_what_neonize_can_do_it_can_with_a_link_that_is_ours(who: str) -> None:
    _play(who)
