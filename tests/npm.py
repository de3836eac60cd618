"""Programs from npm, installed once for each list of versions, outside the repository."""

import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path


def installed(listed: Path) -> Path:
    """The folder with what the package-lock.json beside `listed`'s package.json names."""
    lock = (listed / "package-lock.json").read_bytes()
    name = f"wasched-tests-{listed.name}-{sha256(lock).hexdigest()[:12]}"
    folder = Path(tempfile.gettempdir()) / name
    if not (folder / "node_modules" / ".package-lock.json").exists():
        folder.mkdir(exist_ok=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(listed / file, folder)
        environ = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        line = [program("npm"), "install", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(line, cwd=folder, env=environ, check=True, stdout=subprocess.DEVNULL)
    return folder


def program(name: str) -> str:
    """Node or npm of the virtual environment."""
    return str(Path(sys.executable).parent / name)
