"""Containers stopped, killed, replaced and emptied in any order while messages are due."""

from collections import Counter
from random import Random

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.containers.conftest import BOB, EVE
from tests.containers.stack import API, DRAGONFLY, WORKER, Stack, exec_in, inspect, is_readable, run
from tests.product import until
from tests.whatsapp_server.client import Simulator

pytestmark = pytest.mark.smoke

SEED = 20261123
MESSAGES = 80
FINISHED = {"sent", "delivered", "read", "played", "unknown"}

SERVICES = {"dragonfly": DRAGONFLY, "api": API, "worker": WORKER}


def test_restarting_the_worker_asks_for_no_new_code(linked: Simulator, stack: Stack) -> None:
    stack.compose("restart", "worker")
    stack.wait_healthy()

    since = inspect(WORKER)["State"]["StartedAt"]
    until(lambda: "WhatsApp Client Connected" in stack.logs(WORKER, "--since", since), "it links")
    assert "Scan QR Code" not in stack.logs(WORKER, "--since", since)


def test_the_worker_stops_politely_and_within_its_time(linked: Simulator, stack: Stack) -> None:
    stack.compose("stop", "worker")

    assert inspect(WORKER)["State"]["ExitCode"] == 0
    stack.up()


def test_nothing_is_lost_or_sent_twice_whatever_is_done_to_the_containers(
    linked: Simulator, stack: Stack
) -> None:
    texts = [f"Through the storm {number}" for number in range(MESSAGES)]
    before = len(stack.inside("statuses"))
    stack.inside("schedule", to=[f"+{BOB}", f"+{EVE}"], texts=texts, in_s=5, step_s=1.5)

    deeds = [(deed, name) for deed in (restart, stop, kill, recreate) for name in SERVICES]
    deeds += [(crash, "api"), (crash, "worker")]
    Random(SEED).shuffle(deeds)
    for deed, name in [*deeds, (wipe, "dragonfly")]:
        deed(stack, name)
    stack.wait_healthy()

    until(lambda: all_finished(stack, before + MESSAGES), "every message is finished", 240)
    arrived = Counter(one["text"] for phone in (BOB, EVE) for one in linked.inbox(phone=phone))
    twice = [text for text in texts if arrived[text] > 1]
    lost = [text for text in texts if not arrived[text]]
    assert not twice
    # What no evidence settles is shown to a person instead of being sent again on a guess.
    assert len(lost) <= stack.inside("statuses").count("unknown")


def test_the_owner_stays_signed_in_through_all_of_it(
    owner: Person, page: Page, linked: Simulator, stack: Stack
) -> None:
    page.goto("/")

    expect(page.get_by_role("link", name="New message").first).to_be_visible()


def test_a_message_still_goes_after_all_of_it(owner: Person, linked: Simulator) -> None:
    owner.writes(f"+{EVE}", "All is well")

    until(lambda: "All is well" in [one["text"] for one in linked.inbox(phone=EVE)], "it arrives")


def restart(stack: Stack, name: str) -> None:
    """As after a change of settings."""
    stack.compose("restart", name)


def stop(stack: Stack, name: str) -> None:
    """Stopped, and started a little later."""
    stack.compose("stop", name)
    stack.compose("start", name)


def kill(stack: Stack, name: str) -> None:
    """Killed by somebody, and started by hand: the engine leaves it to whoever killed it."""
    run("docker", "kill", "--signal", "KILL", SERVICES[name])
    stack.compose("start", name)


def crash(stack: Stack, name: str) -> None:
    """As when memory runs out: the engine itself starts it again."""
    began = inspect(SERVICES[name])["State"]["StartedAt"]
    exec_in(SERVICES[name], "sh", "-c", "kill -KILL $(cat /proc/1/task/1/children)")
    until(lambda: inspect(SERVICES[name])["State"]["StartedAt"] != began, f"{name} is back")
    assert is_readable(stack.logs(SERVICES[name], "--since", began))


def recreate(stack: Stack, name: str) -> None:
    """As after an update of the image."""
    stack.compose("up", "--detach", "--no-deps", "--force-recreate", name)


def wipe(stack: Stack, name: str) -> None:
    """All that Dragonfly held is gone, its volume too."""
    stack.compose("rm", "--stop", "--force", name)
    run("docker", "volume", "rm", "wa-dragonfly")
    stack.up()


def all_finished(stack: Stack, count: int) -> bool:
    """True once so many messages have an end."""
    found = stack.inside("statuses")
    return len(found) == count and set(found) <= FINISHED
