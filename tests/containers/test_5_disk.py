"""A disk that is full or can only be read: said in one sentence, and mended by itself."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.containers.conftest import BOB, EVE
from tests.containers.stack import API, WORKER, Stack, exec_in, inspect
from tests.product import until
from tests.whatsapp_server.client import Simulator

pytestmark = pytest.mark.smoke

FULL = "The disk with the data folder is full"
# SQLite says the one or the other, depending on what the last writer left behind.
READ_ONLY = ("can only be read", "missing, read-only or not this user's")


def test_a_read_only_volume_is_said_and_mends_by_itself(
    linked: Simulator, stack: Stack, tmp_path: Path
) -> None:
    text = "Through a read-only volume"
    stack.inside("schedule", to=[f"+{BOB}"], texts=[text], in_s=20, step_s=0)
    volumes = {name: {"volumes": ["wa-db:/app/data:ro"]} for name in ("api", "worker")}
    override = written(tmp_path / "read-only.yaml", {"services": volumes})
    stack.files.append(override)
    stack.compose("up", "--detach")

    for name in (API, WORKER):
        until(lambda name=name: says(stack.logs(name), READ_ONLY), f"{name} says it in its log")
        assert "Traceback" not in stack.logs(name)
    until(lambda: says(health_says(API), READ_ONLY), "the api's health check says it")
    stack.compose("stop", "api")
    assert inspect(API)["State"]["ExitCode"] == 0

    stack.files.remove(override)
    stack.up()
    assert arrived(linked, text) == 1


@pytest.fixture
def small(stack: Stack, phones: Simulator, tmp_path: Path) -> Iterator[Stack]:
    """The stack on a volume of 16 MB, linked to Eve's phone."""
    kept = {"type": "tmpfs", "device": "tmpfs", "o": "size=16m,uid=1001,gid=1001,mode=0700"}
    volumes = {
        "wa-db": {"name": "wa-small-db", "driver_opts": kept},
        "wa-session": {"name": "wa-small-session"},
    }
    stack.compose("rm", "--stop", "--force")  # the network stays: the phones are found by it
    override = written(tmp_path / "small.yaml", {"volumes": volumes})
    stack.files.append(override)
    stack.up()
    try:
        stack.inside("begin")
        until(lambda: stack.inside("qr_code"), "a code is shown")
        phones.scan(qr=stack.inside("qr_code"), phone=EVE)
        until(lambda: "WhatsApp Client Connected" in stack.logs(WORKER), "it is linked")
        stack.inside("hurry")
        yield stack
    finally:
        stack.down()
        stack.files.remove(override)


def test_a_full_disk_is_said_and_mends_by_itself(small: Stack, phones: Simulator) -> None:
    texts = [f"Through a full disk {number}" for number in range(6)]
    small.inside("schedule", to=[f"+{BOB}"], texts=texts, in_s=10, step_s=4)
    exec_in(API, "sh", "-c", "cat /dev/zero > /app/data/filler 2>/dev/null || :")

    until(lambda: not small.ready()["storage"]["ok"], "the api says that something is wrong")
    assert small.ready()["storage"]["says"].startswith(FULL)
    assert small.get("/readyz")[0] == 503
    until(lambda: FULL in small.logs(WORKER), "the worker says it in its log")
    until(lambda: FULL in health_says(WORKER), "the worker's health check says it")
    assert "Traceback" not in small.logs(WORKER)

    exec_in(API, "rm", "/app/data/filler")
    until(lambda: small.ready()["storage"]["ok"], "the api says that all is well")
    for text in texts:
        assert arrived(phones, text) == 1
    small.wait_healthy()


def arrived(phones: Simulator, text: str) -> int:
    """How often a text has come to Bob, once it has come at all."""
    until(lambda: received(phones)[text], f"{text!r} arrives", 180)
    return received(phones)[text]


def received(phones: Simulator) -> Counter[str]:
    """How often each text has come to Bob."""
    return Counter(one["text"] for one in phones.inbox(phone=BOB))


def health_says(name: str) -> str:
    """What the last health check of a container printed."""
    log = inspect(name)["State"]["Health"]["Log"]
    return str(log[-1]["Output"]) if log else ""


def says(text: str, either: tuple[str, ...]) -> bool:
    """True if one of the phrases is in the text."""
    return any(phrase in text for phrase in either)


def written(path: Path, content: object) -> Path:
    """A Compose file; JSON is YAML too."""
    path.write_text(json.dumps(content))
    return path
