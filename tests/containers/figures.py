"""What `make smoke` measures: memory as `docker stats` shows it, said line by line."""

import json
import os
import re
import time
from collections.abc import Callable, Iterable

from tests.containers.stack import API, CONTAINERS, WORKER, run

_MEBIBYTE = 1024 * 1024


def usage(containers: Iterable[str] = CONTAINERS) -> dict[str, float]:
    """Each container's memory in MiB, as `docker stats` shows it."""
    lines = run("docker", "stats", "--no-stream", "--format", "{{json .}}", *containers)
    read = [json.loads(line) for line in lines.splitlines()]
    return {one["Name"]: mebibytes(one["MemUsage"].split(" / ")[0]) for one in read}


def mebibytes(text: str) -> float:
    """`1.5GiB`, `64.2MiB` or `900KiB` as MiB."""
    number, unit = re.fullmatch(r"([\d.]+)([KMG]i)?B", text).groups()  # type: ignore[union-attr]
    return float(number) * {"Ki": 1 / 1024, "Mi": 1, "Gi": 1024, None: 1 / _MEBIBYTE}[unit]


def are_small(memory: dict[str, float]) -> bool:
    """True if api and worker, with its link, stay at half of what they may have."""
    return memory[API] < 150 and memory[WORKER] < 200


def crowd() -> float:
    """How many times longer than alone things take here now: what waits for each processor."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def shown(memory: dict[str, float]) -> str:
    """One line of it."""
    parts = [f"{name.removeprefix('wa-scheduler-')} {value:.0f}" for name, value in memory.items()]
    return f"{', '.join(parts)}, together {sum(memory.values()):.0f} MiB"


def seconds(deed: Callable[[], object]) -> float:
    """How long a deed takes."""
    began = time.monotonic()
    deed()
    return time.monotonic() - began


def say(figure: str) -> None:
    """For who runs `make smoke`."""
    print(f"\n{figure}")  # noqa: T201
