"""What `make smoke` measures: memory as `docker stats` shows it, said line by line."""

import json
import re

from tests.containers.stack import CONTAINERS, run

_MEBIBYTE = 1024 * 1024


def usage() -> dict[str, float]:
    """Each container's memory in MiB, as `docker stats` shows it."""
    lines = run("docker", "stats", "--no-stream", "--format", "{{json .}}", *CONTAINERS)
    read = [json.loads(line) for line in lines.splitlines()]
    return {one["Name"]: mebibytes(one["MemUsage"].split(" / ")[0]) for one in read}


def mebibytes(text: str) -> float:
    """`1.5GiB`, `64.2MiB` or `900KiB` as MiB."""
    number, unit = re.fullmatch(r"([\d.]+)([KMG]i)?B", text).groups()  # type: ignore[union-attr]
    return float(number) * {"Ki": 1 / 1024, "Mi": 1, "Gi": 1024, None: 1 / _MEBIBYTE}[unit]


def shown(memory: dict[str, float]) -> str:
    """One line of it."""
    parts = [f"{name.rpartition('-')[2]} {value:.0f}" for name, value in memory.items()]
    return f"{', '.join(parts)}, together {sum(memory.values()):.0f} MiB"


def say(figure: str) -> None:
    """For who runs `make smoke`."""
    print(f"\n{figure}")  # noqa: T201
