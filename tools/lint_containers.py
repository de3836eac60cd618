"""Checks Dockerfile and the compose files: `make lint` runs this.

hadolint comes from PyPI with the other tools; `docker compose config` needs Docker's command
line, but no engine, and is left out where there is none.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HADOLINT = Path(sys.executable).with_name("hadolint")
COMPOSE = ("compose.yaml", "compose.scale.yaml")
_ASKED_FOR = {"PUBLIC_URL": "https://wasched.example.org"}  # what has no default there


def main() -> None:
    """Run both; one sentence says what is missing."""
    if not HADOLINT.exists():
        sys.exit("hadolint is missing here; `make dev` installs it.")
    _check(str(HADOLINT), "Dockerfile")
    if _has_compose():
        for file in COMPOSE:
            _check("docker", "compose", "--file", file, "config", "--quiet")
    else:
        print(f"{' and '.join(COMPOSE)} are not checked: there is no `docker compose` here.")


def _has_compose() -> bool:
    if not shutil.which("docker"):
        return False
    asked = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return asked.returncode == 0


def _check(*line: str) -> None:
    environ = {**os.environ, **_ASKED_FOR}
    if subprocess.run(line, cwd=ROOT, env=environ, check=False).returncode:
        sys.exit(1)


if __name__ == "__main__":
    main()
