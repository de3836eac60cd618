"""The figures of docs/benchmarks.md, printed by `make smoke`, and the limits that they keep."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.containers.conftest import BOB, EVE
from tests.containers.figures import are_small, crowd, say, seconds, shown, usage
from tests.containers.stack import WORKER, Stack, inspect
from tests.product import until
from tests.whatsapp_server.client import Simulator

pytestmark = pytest.mark.smoke

SENDS = 1000
MEGABYTE = 1_000_000


def test_the_image_is_small(stack: Stack) -> None:
    size = inspect("wa-scheduler")["Size"] / MEGABYTE
    say(f"image: {size:.0f} MB")

    assert size < 520


def test_a_change_of_code_is_built_without_packages_and_pages(stack: Stack) -> None:
    changed = stack.folder / "wasched" / "worker.py"
    before = changed.read_text()
    changed.write_text(f"{before}\n# one line more\n")
    began = time.monotonic()
    said = stack.compose("--progress", "plain", "build")
    took = time.monotonic() - began
    say(f"build after a change of one line: {took:.0f} s")
    changed.write_text(before)

    steps = re.findall(r"^#(\d+) \[(?:\w+ )?(\w[\w-]*) \d+/\d+\] RUN ", said, re.M)
    cached = set(re.findall(r"^#(\d+) CACHED", said, re.M))
    again = {stage for number, stage in steps if number not in cached}
    assert not again & {"dependencies", "runtime", "node", "pages"}, said
    assert took < 20 * crowd()


def test_the_stack_is_soon_healthy(linked: Simulator, stack: Stack) -> None:
    stack.compose("rm", "--stop", "--force")
    say(f"from `up` to three healthy containers: {seconds(stack.up):.0f} s")

    until(lambda: "WhatsApp Client Connected" in stack.logs(WORKER), "it is linked")


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

    assert are_small(idle) and are_small(peaks)
    assert sum(idle.values()) < 300


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
