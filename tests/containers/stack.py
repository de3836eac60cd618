"""The stack as people run it, with Dockerfile and compose.yaml unchanged, on any Docker engine."""

import http.client
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.product import ROOT, until

API, WORKER, DRAGONFLY = "wa-scheduler-api", "wa-scheduler-worker", "wa-scheduler-dragonfly"
CONTAINERS = (DRAGONFLY, API, WORKER)
VOLUMES = ("wa-db", "wa-session", "wa-dragonfly")
_INSIDE = Path(__file__).with_name("inside.py")
_ITS_OWN = ("tests.scopes", "tests.owner")
"""What it imports that no image has, in the order in which they need each other."""


_BUILD_S = 1800.0
_COMMAND_S = 300.0


class Stack:
    """A fresh clone in a folder, and the containers that Compose makes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[Path] = []
        """Compose files on top of compose.yaml, for what only a test needs."""

    def compose(self, *words: str, given: bytes = b"") -> str:
        """Run `docker compose …` in the clone; returns what it printed."""
        more = [word for file in self.files for word in ("-f", str(file))]
        files = ["-f", "compose.yaml", *more] if more else []
        line = ("docker", "compose", *files, *words)
        return run(*line, folder=self.folder, given=given, seconds=_BUILD_S)

    def up(self, *words: str) -> None:
        """Start what is not running, and wait until every service is healthy."""
        self.compose("up", "--detach", "--wait", "--wait-timeout", "240", *words)

    def down(self) -> None:
        """Remove every container, network and volume of the stack."""
        self.compose("down", "--volumes", "--timeout", "20")

    def inside(self, deed: str, **given: object) -> Any:
        """Do a deed of inside.py with the product's own code, in a container of its own."""
        line = ("run", "--rm", "--no-deps", "-T", "worker", "python", "-", deed, json.dumps(given))
        return json.loads(self.compose(*line, given=script_inside()).splitlines()[-1])

    def logs(self, container: str, *words: str) -> str:
        """What a container wrote to stdout and stderr."""
        return run("docker", "logs", *words, container)

    def is_healthy(self, container: str) -> bool:
        """True once the container's own health check says so."""
        return bool(inspect(container)["State"].get("Health", {}).get("Status") == "healthy")

    def wait_healthy(self, *containers: str) -> None:
        """Wait until the containers are healthy."""
        for container in containers or CONTAINERS:
            until(lambda name=container: self.is_healthy(name), f"{container} is healthy", 240)

    def ready(self) -> dict[str, Any]:
        """What /readyz says of each part."""
        _status, body = self.get("/readyz")
        answer: dict[str, Any] = json.loads(body)
        return answer

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page, asked for on this server itself."""
        connection = http.client.HTTPConnection("127.0.0.1", 3001, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def script_inside() -> bytes:
    """inside.py with all that it needs, for where there are no tests."""
    lines = ["import sys, types", "sys.modules['tests'] = types.ModuleType('tests')"]
    for name in _ITS_OWN:
        source = ROOT.joinpath(*name.split(".")).with_suffix(".py").read_text()
        lines.append(f"_module = sys.modules[{name!r}] = types.ModuleType({name!r})")
        lines.append(f"exec({source!r}, vars(_module))")
    return "\n".join([*lines, _INSIDE.read_text()]).encode()


def is_readable(log: str) -> bool:
    """True if each line is a JSON object with what every line has, or meant to be read as it is."""
    lines = [line for line in log.splitlines() if line and not line.startswith("[WA] ")]
    return all({"time", "level", "message"} <= set(json.loads(line)) for line in lines)


def fresh_clone(folder: Path) -> Path:
    """What is committed, and nothing else: no .env, nothing built."""
    run("git", "clone", "--quiet", "--depth", "1", f"file://{ROOT}", str(folder))
    return folder


def run(
    *line: str, folder: Path | None = None, given: bytes = b"", seconds: float = _COMMAND_S
) -> str:
    """Run a command and return all that it printed; AssertionError with that if it fails."""
    done = subprocess.run(
        line,
        cwd=folder,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=seconds,
    )
    said = done.stdout.decode(errors="replace")
    assert done.returncode == 0, f"{' '.join(line)} ended with {done.returncode}:\n{said}"
    return said


def fails(*line: str) -> str:
    """Run a command that must fail; returns what it printed."""
    done = subprocess.run(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    said = done.stdout.decode(errors="replace")
    assert done.returncode != 0, f"{' '.join(line)} should have failed, but said: {said}"
    return said


def inspect(name: str) -> dict[str, Any]:
    """What the engine knows of a container, image, network or volume."""
    found: list[dict[str, Any]] = json.loads(run("docker", "inspect", name))
    return found[0]


def exec_in(container: str, *line: str) -> str:
    """Run a command in a running container."""
    return run("docker", "exec", container, *line)


def seconds_until(holds: Callable[[], object], what: str, patience_s: float = 300) -> float:
    """How many seconds it took until something held."""
    began = time.monotonic()
    until(holds, what, patience_s)
    return time.monotonic() - began
