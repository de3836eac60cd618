"""Packs wasched with its built pages as one wheel: `make dist` runs this.

`pipx install` of that file makes a command `wasched`, and `uvx --from` it runs one; neither needs a
clone, make or Node.js. What it runs on is pinned as in requirements.txt.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVED = ("build/client", "build/inline_scripts.json", "backend")
"""What of .web is needed to serve the pages, as in the image."""

_PIN = re.compile(r"^([\w.\[\]-]+==[^\s;\\]+)(?: ; ([^\\]+?))?(?: \\)?$", re.MULTILINE)


def main(folder: str = "dist") -> None:
    """Write the wheel into a folder, and tell its name."""
    sys.path.insert(0, str(ROOT))
    from wasched.domain.version import VERSION

    with tempfile.TemporaryDirectory() as made:
        stage(Path(made), VERSION)
        line = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
        done = subprocess.run(
            [*line, "-d", str(Path(folder).absolute())], cwd=made, capture_output=True, text=True
        )
    if done.returncode:
        sys.exit(f"{done.stderr}\nThe wheel could not be made; the reason stands above.")
    print(f"{folder}/wasched-{VERSION}-py3-none-any.whl")


def stage(made: Path, version: str) -> None:
    """Lay out what goes into the wheel."""
    inside = made / "wasched" / "built"
    shutil.copytree(
        ROOT / "wasched", made / "wasched", ignore=shutil.ignore_patterns("__pycache__")
    )
    inside.mkdir()
    shutil.copy(ROOT / "rxconfig.py", inside)
    for name in SERVED:
        here, there = ROOT / ".web" / name, inside / "web" / name
        there.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if here.is_dir() else shutil.copy)(here, there)
    for name in ("README.md", "LICENSE"):
        shutil.copy(ROOT / name, made)
    (made / "pyproject.toml").write_text(_project(version), encoding="utf-8")


def pins() -> list[str]:
    """What wasched runs on, each in the version that is tested, with its marker if it has one."""
    listed = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return ["; ".join(filter(None, found)) for found in _PIN.findall(listed)]


def _project(version: str) -> str:
    return f"""
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "wasched"
version = "{version}"
description = "Schedules WhatsApp messages: never late, never twice, never lost."
readme = "README.md"
license-files = ["LICENSE"]
requires-python = ">=3.11"
dependencies = {json.dumps(pins())}

[project.scripts]
wasched = "wasched.cli:main"

[tool.hatch.build.targets.wheel]
packages = ["wasched"]
"""


if __name__ == "__main__":
    main(*sys.argv[1:])
