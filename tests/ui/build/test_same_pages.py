"""The pages come out the same in every build, so that an image is built anew only where needed."""

import os
import subprocess
import sys

_REFS = """
from wasched.ui.compose.page import compose_page
from wasched.ui.templates.page import templates_page

for page in (compose_page, templates_page):
    print(sorted(page()._get_all_refs()))
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
