"""Back-up while the stack runs, and restore on a server that has nothing."""

import io
import subprocess
import tarfile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.containers.conftest import BOB
from tests.containers.stack import WORKER, Stack, inspect, run
from tests.product import until
from tests.whatsapp_server.client import Simulator

pytestmark = pytest.mark.smoke

COMMAND = ("python", "-m", "wasched")


def test_a_server_moves_with_its_link_and_sends_nothing_old(
    owner: Person, page: Page, linked: Simulator, stack: Stack
) -> None:
    stack.inside("schedule", to=[f"+{BOB}"], texts=["After the back-up"], in_s=20, step_s=0)
    archive = bytes_of("docker", "exec", WORKER, *COMMAND, "backup")
    until(lambda: "After the back-up" in texts(linked), "it goes out after the back-up was made")

    stack.compose("rm", "--stop", "--force")
    run("docker", "volume", "rm", "wa-db", "wa-session", "wa-dragonfly")
    said = stack.compose(
        "run", "--rm", "--no-deps", "-T", "worker", *COMMAND, "restore", given=archive
    )
    stack.up()

    assert "waiting for your decision: 1 message" in said
    until(lambda: "WhatsApp Client Connected" in stack.logs(WORKER), "it is linked")
    assert "Scan QR Code" not in stack.logs(WORKER)
    assert stack.inside("statuses").count("missed") == 1
    assert texts(linked).count("After the back-up") == 1
    page.goto("/")
    expect(page.get_by_role("link", name="New message").first).to_be_visible()
    owner.writes(f"+{BOB}", "We have moved")
    until(lambda: "We have moved" in texts(linked), "it reaches who was written to meanwhile")


def test_the_archive_holds_everything_and_nothing_else(linked: Simulator, stack: Stack) -> None:
    archive = bytes_of("docker", "exec", WORKER, *COMMAND, "backup")

    with tarfile.open(fileobj=io.BytesIO(archive)) as found:
        names = found.getnames()
    assert {"data/app.db", "data/secret_key", "session/account-1.db", "manifest.json"} <= set(names)
    assert inspect(WORKER)["State"]["Running"]


def texts(phones: Simulator) -> list[str]:
    """What has come to Bob."""
    return [one["text"] for one in phones.inbox(phone=BOB)]


def bytes_of(*line: str) -> bytes:
    """What a command writes to stdout."""
    return subprocess.run(line, check=True, stdout=subprocess.PIPE).stdout
