"""The figures of docs/benchmarks.md, printed by `make smoke`, and the limits that they keep."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.containers.conftest import BOB, EVE
from tests.containers.stack import API, CONTAINERS, WORKER, Stack, inspect, run
from tests.product import until
from tests.whatsapp_server.client import Simulator

pytestmark = pytest.mark.smoke

SENDS = 1000
MEGABYTE = 1_000_000
MEBIBYTE = 1024 * 1024


def test_the_image_is_small(stack: Stack) -> None:
    size = inspect("wa-scheduler")["Size"] / MEGABYTE
    say(f"image: {size:.0f} MB")

    assert size < 350


def test_a_change_of_code_is_built_without_packages_and_pages(stack: Stack) -> None:
    changed = stack.folder / "wasched" / "worker.py"
    before = changed.read_text()
    changed.write_text(f"{before}\n# one line more\n")
    began = time.monotonic()
    said = stack.compose("--progress", "plain", "build")
    say(f"build after a change of one line: {time.monotonic() - began:.0f} s")
    changed.write_text(before)

    steps = re.findall(r"^#(\d+) \[(?:\w+ )?(\w[\w-]*) \d+/\d+\] RUN ", said, re.M)
    cached = set(re.findall(r"^#(\d+) CACHED", said, re.M))
    again = {stage for number, stage in steps if number not in cached}
    assert not again & {"dependencies", "runtime", "node", "pages"}, said


def test_memory_stays_below_its_targets(linked: Simulator, stack: Stack) -> None:
    idle = usage()
    say(f"memory idle, one link: {shown(idle)}")
    texts = [f"One of a thousand {number}" for number in range(SENDS)]
    before = len(linked.inbox(phone=BOB)) + len(linked.inbox(phone=EVE))
    stack.inside("schedule", to=[f"+{BOB}", f"+{EVE}"], texts=texts, in_s=1, step_s=0)

    began = time.monotonic()
    with watched() as peaks:
        until(
            lambda: len(linked.inbox(phone=BOB)) + len(linked.inbox(phone=EVE)) >= before + SENDS,
            "a thousand messages arrive",
            900,
        )
    say(f"memory at most during {SENDS} sends: {shown(peaks)}")
    say(f"{SENDS} sends took {time.monotonic() - began:.0f} s")

    assert idle[API] < 150 and idle[WORKER] < 200
    assert sum(idle.values()) < 300
    assert peaks[API] < 300 and peaks[WORKER] < 512


def usage() -> dict[str, float]:
    """Each container's memory in MiB, as `docker stats` shows it."""
    lines = run("docker", "stats", "--no-stream", "--format", "{{json .}}", *CONTAINERS)
    read = [json.loads(line) for line in lines.splitlines()]
    return {one["Name"]: mebibytes(one["MemUsage"].split(" / ")[0]) for one in read}


def mebibytes(text: str) -> float:
    """`1.5GiB`, `64.2MiB` or `900KiB` as MiB."""
    number, unit = re.fullmatch(r"([\d.]+)([KMG]i)?B", text).groups()  # type: ignore[union-attr]
    return float(number) * {"Ki": 1 / 1024, "Mi": 1, "Gi": 1024, None: 1 / MEBIBYTE}[unit]


@contextmanager
def watched() -> Iterator[dict[str, float]]:
    """The largest memory of each container seen until the block ends."""
    peaks = usage()
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            for name, value in usage().items():
                peaks[name] = max(peaks[name], value)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()


def shown(memory: dict[str, float]) -> str:
    """One line of it."""
    parts = [f"{name.rpartition('-')[2]} {value:.0f}" for name, value in memory.items()]
    return f"{', '.join(parts)}, together {sum(memory.values()):.0f} MiB"


def say(figure: str) -> None:
    """For who runs `make smoke`."""
    print(f"\n{figure}")  # noqa: T201
