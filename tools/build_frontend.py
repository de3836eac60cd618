"""Compiles the pages with Reflex, Node.js and npm into .web/build: `make build` runs this.

Nothing is done while the pages are as new as what they are made of. Node.js and npm come from
the wheel in requirements-build.txt, so that the machine needs neither.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = ROOT / ".web" / "built-from"
PATIENCE = ROOT / "tools" / "patient_prerender.mjs"
PAGES = ROOT / ".web" / "build" / "client" / "index.html"

# What no page is made of.
_NOT_SEEN = {"adapters", "migrations", "__pycache__"}


def main() -> None:
    """Build unless it was built from the same sources before."""
    if PAGES.exists() and STAMP.exists() and STAMP.read_text() == digest():
        return
    print("Building the pages (half a minute)…", flush=True)
    STAMP.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"],
            cwd=ROOT,
            env=environment(Path(folder)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    if done.returncode or not PAGES.exists():
        sys.exit(f"{done.stdout}\nThe pages could not be built; the reason stands above.")
    STAMP.write_text(digest())  # the build itself may have rewritten reflex.lock


def environment(folder: Path) -> dict[str, str]:
    """The environment of the build: npm of the wheel, and a throw-away database."""
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "NODE_OPTIONS": f"--import={PATIENCE.as_uri()}",
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "DB_PATH": str(folder / "app.db"),
        "SECRET_KEY": "only-for-building-the-pages-0123456789",
    }


def digest() -> str:
    """A hash of everything the pages are made of."""
    made = hashlib.sha256(sys.version.encode())
    for path in _sources():
        made.update(f"{path.relative_to(ROOT)}\0".encode())
        made.update(path.read_bytes())
    return made.hexdigest()


def _sources() -> Iterator[Path]:
    yield from (ROOT / "rxconfig.py", ROOT / "requirements.txt", ROOT / "requirements-build.txt")
    for folder in ("assets", "reflex.lock", "wasched"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not _NOT_SEEN & set(path.parts):
                yield path


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)  # make says that it was interrupted; the next start builds
