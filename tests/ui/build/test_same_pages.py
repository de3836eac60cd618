"""The pages come out the same in every build, so that an image is built anew only where needed."""

import os
import subprocess
import sys

_REFS = """
from wasched.ui.compose import page as compose
from wasched.ui.templates import page as templates

for page in (compose, templates):
    print(sorted(page.page()._get_all_refs()))
"""


def test_no_part_is_named_by_a_hash_that_changes() -> None:
    found = [
        subprocess.run(
            [sys.executable, "-c", _REFS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert found[0] == found[1]
