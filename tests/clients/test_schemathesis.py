"""Schemathesis asks what the description allows and what it forbids, alone and in turn."""

import json
import os
import secrets
from pathlib import Path

import pytest

from tests.clients.conftest import HERE, Door, run_client
from tests.product import ROOT


def _asked(door: Door, folder: Path, key: str, *how: str) -> int:
    """So many requests were answered as they are described; AssertionError shows the others."""
    api, report = f"{door.url}/api/v1", folder / "report.json"
    run_client(
        "st",
        *("--no-color", "--config-file", str(HERE / "schemathesis.toml")),
        *("run", f"{api}/openapi.json", "--report-json-path", str(report)),
        *("--request-timeout", "60", "--no-shrink"),
        *("--suppress-health-check", "all", "--warnings", "off", *how),
        folder=folder,
        PYTHONPATH=str(HERE),
        HYPOTHESIS_STORAGE_DIRECTORY=str(ROOT / ".hypothesis"),  # tables of letters
        WASCHED_URL=api,
        WASCHED_KEY=key,
    )
    return int(json.loads(report.read_text())["test_cases"]["generated"])


def test_some_requests_are_answered_as_described(door: Door, tmp_path: Path) -> None:
    some = ("--include-tag", "messages", "--include-tag", "people")
    few = ("--phases", "fuzzing,stateful", "--max-examples", "1", "--generation-deterministic")

    assert _asked(door, tmp_path, door.key, *some, *few) > 10


@pytest.mark.torture
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("signs_in", [True, False])
def test_five_thousand_requests_are_answered_as_described(
    door: Door, tmp_path: Path, signs_in: bool
) -> None:
    seed = os.environ.get("SEED", str(secrets.randbelow(2**32)))
    print(f"SEED={seed}")
    key = door.key if signs_in else "wsk_of_nobody"

    assert _asked(door, tmp_path, key, "--max-examples", "170", "--seed", seed) >= 5000
