"""The pages come out the same in every build, so that an image is built anew only where needed."""

import os
import subprocess
import sys

import pytest

_REFS = "from wasched.ui.{page}.page import page; print(sorted(page()._get_all_refs()))"


@pytest.mark.parametrize("page", ["compose", "templates"])
def test_no_part_is_named_by_a_hash_that_changes(page: str) -> None:
    found = [
        subprocess.run(
            [sys.executable, "-c", _REFS.format(page=page)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert found[0] == found[1]
