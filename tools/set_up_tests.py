"""Finds or installs what the tests drive beside Python: Chromium, redis-server and PostgreSQL,
and other people's programs that ask the API, in an environment of their own.

With `--smoke` Firefox as well, which only `make smoke` walks with; with `--torture` Caddy.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# Chromium without windows first: what a test costs in it is a third less.
SHELL = "chromium-headless-shell"
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOXES = ("firefox-esr", "firefox")
OLDEST_POSTGRESQL = 15
ROOT = Path(__file__).resolve().parent.parent
CLIENTS = ROOT / ".venv-clients"


def main() -> None:
    """Install what is missing; one sentence says what a person has to install."""
    _install_clients()
    missing = []
    if not shutil.which(SHELL):
        _install_shell()
    if not find_browser() and not (_apt("chromium") and find_browser()):
        _playwright()
        if not find_browser():
            missing.append("Chromium")
    if not shutil.which("redis-server") and not _apt("redis-server"):
        missing.append("redis-server")
    if not find_postgresql() and not (_apt("postgresql") and find_postgresql()):
        missing.append("PostgreSQL 15 or newer")
    if "--torture" in sys.argv and not find_caddy() and not _unpack("caddy"):
        missing.append("Caddy")
    if "--smoke" in sys.argv and not find_firefox() and not any(map(_apt, FIREFOXES)):
        missing.append("Firefox")
    if missing:
        sys.exit(
            f"The tests need {', '.join(missing)}: install it with your system's package "
            "manager, or run this once as root on Debian or Ubuntu."
        )


def find_browser() -> str:
    """The path of Chromium: the system's, else the one Playwright installed; or nothing."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else ""


def find_firefox() -> str:
    """The path of the distribution's Firefox, or nothing."""
    return next((found for name in FIREFOXES if (found := shutil.which(name))), "")


def find_postgresql() -> str:
    """The folder of the newest PostgreSQL's programs, 15 at least, or nothing."""
    found = [one.parent for one in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if where := shutil.which("postgres"):
        found.append(Path(where).resolve().parent)
    versions = {_postgresql_version(one): str(one) for one in found}
    newest = max(versions, default=0)
    return versions[newest] if newest >= OLDEST_POSTGRESQL else ""


def find_caddy() -> str:
    """The path of Caddy: the system's, else the one that was unpacked here; or nothing."""
    return shutil.which("caddy") or find_client("caddy")


def find_client(name: str) -> str:
    """The path of one of the programs that ask the API, or nothing."""
    path = CLIENTS / "bin" / name
    return str(path) if path.exists() else ""


def _postgresql_version(folder: Path) -> int:
    said = subprocess.check_output([folder / "postgres", "--version"], text=True)
    return int(said.split()[2].split(".")[0])  # postgres (PostgreSQL) 15.14 (Debian …)


def _install_clients() -> None:
    line = ["tools/set_up.sh", "--in", CLIENTS.name, "requirements-clients.txt"]
    environ = {**os.environ, "PYTHON": sys.executable}
    subprocess.run(line, cwd=ROOT, env=environ, check=True)


def _install_shell() -> None:
    """Chromium's shell, in the version of the Chromium that is there: they share their files."""
    ask = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", "chromium"]
    if not shutil.which("dpkg-query"):
        return
    said = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.split()
    _apt(f"{SHELL}={said[1]}" if said[:1] == ["installed"] else SHELL)


def _apt(package: str) -> bool:
    """Install a package of the distribution, if this is Debian's and we are root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing {package} (once)…", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
    if subprocess.run(install, env=environ, capture_output=True).returncode == 0:
        return True
    subprocess.run(["apt-get", "update", "-q"], env=environ, capture_output=True)
    return subprocess.run(install, env=environ, capture_output=True).returncode == 0


def _unpack(package: str) -> bool:
    """Put the program of a package of Debian's beside the tests' own; a service it is not."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return False
    print(f"Fetching {package} (once)…", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        fetch = ["apt-get", "download", "-q", package]
        if subprocess.run(fetch, cwd=folder, capture_output=True).returncode:
            return False
        [archive] = Path(folder).glob("*.deb")
        subprocess.run(["dpkg-deb", "--extract", archive, f"{folder}/files"], check=True)
        shutil.copy(f"{folder}/files/usr/bin/{package}", CLIENTS / "bin" / package)
    return True


def _playwright() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True)


if __name__ == "__main__":
    main()
