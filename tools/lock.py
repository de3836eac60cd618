"""Pins every dependency with the hashes of all its files: `make lock` runs this.

Writes requirements*.txt, which hold for x86-64 and aarch64 alike and name no server, and
tools/wheels-aarch64.txt: the wheels an ARM64 server may get, so that a test can assert that each
dependency has one.
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("requirements", "requirements-build", "requirements-dev")
CLIENTS = "requirements-clients"  # of an environment of its own, which no server has
RESOLVE = (
    *(
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
    ),
    *("--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
    *("--custom-compile-command", "make lock"),
)


def main(options: list[str]) -> None:
    """Resolve each list in turn; options such as `--upgrade` go to the resolver."""
    for name in (*NAMES, CLIENTS):
        _run(f"{name}.in", f"{name}.txt", "--generate-hashes", *options)
    lines = {line for name in NAMES for line in wheels(name)}
    (ROOT / "tools" / "wheels-aarch64.txt").write_text("\n".join(sorted(lines)) + "\n")


def wheels(name: str) -> list[str]:
    """One line for every wheel that Linux on aarch64 can install: its file name and its sha256."""
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder) / "pylock.toml"
        # The versions just pinned are resolved once more, this time with the names of the files.
        _run(f"{name}.txt", str(lock), "--format", "pylock.toml", "--no-deps")
        packages = tomllib.loads(lock.read_text())["packages"]
    found = [
        (wheel["url"].rsplit("/", 1)[1], wheel["hashes"]["sha256"])
        for package in packages
        for wheel in package.get("wheels", [])
    ]
    return [f"{file} {sha256}" for file, sha256 in found if fits_aarch64(file)]


def fits_aarch64(file: str) -> bool:
    """True for a wheel without machine code, or with that of glibc Linux on aarch64."""
    platforms = file.removesuffix(".whl").rsplit("-", 1)[1].split(".")
    return any(p == "any" or (p.startswith("manylinux") and "aarch64" in p) for p in platforms)


def _run(source: str, target: str, *options: str) -> None:
    command = [*RESOLVE, source, "--output-file", target, *options]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(sys.argv[1:])
