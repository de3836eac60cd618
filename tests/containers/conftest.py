"""One stack for the whole run, and the phone it is linked to."""

import shutil
import subprocess
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.person import OWNER, Person
from tests.containers.figures import are_small, say, seconds, shown, usage
from tests.containers.loopback import worker_override
from tests.containers.stack import CONTAINERS, VOLUMES, WORKER, Stack, fresh_clone, run
from tests.product import until
from tests.whatsapp_server.client import Simulator
from tests.whatsapp_server.running import running_server
from tools.set_up_tests import find_browser

ADA, BOB, EVE = "4915100000001", "4915100000002", "4915100000003"

_RESULTS = Path("test-results") / "containers"
_LONGEST_S = 3600.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a small server the time to build from nothing, which is part of the first test."""
    for item in items:
        if item.get_closest_marker("smoke"):
            item.add_marker(pytest.mark.timeout(_LONGEST_S))


@pytest.fixture(scope="session")
def engine() -> None:
    """A Docker engine without a stack of this name: the test would remove its volumes."""
    if (
        not shutil.which("docker")
        or subprocess.run(["docker", "info"], capture_output=True).returncode
    ):
        pytest.fail("The smoke test needs a running Docker engine with Compose.")
    there = run("docker", "ps", "--all", "--format", "{{.Names}}").split()
    kept = run("docker", "volume", "ls", "--format", "{{.Name}}").split()
    found = sorted({*there, *kept} & {*CONTAINERS, *VOLUMES})
    if found:
        pytest.fail(
            f"There is {', '.join(found)} on this engine already, and the smoke test ends with "
            "`down --volumes`. Run it on an engine that nobody uses."
        )


@pytest.fixture(scope="session")
def stack(engine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The stack as `docker compose up -d --build` leaves it in a fresh clone without .env."""
    made = Stack(fresh_clone(tmp_path_factory.mktemp("wasched")))
    try:
        say(f"build on a fresh clone: {seconds(lambda: made.compose('build')):.0f} s")
        say(f"`up --build` after it: {seconds(lambda: made.up('--build')):.0f} s")
        yield made
    finally:
        _keep_logs(made)
        made.down()


@pytest.fixture(scope="session")
def phones(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """A WhatsApp with Ada, Bob and Eve, which the worker reaches instead of the real one."""
    with running_server() as (server, addresses):
        simulator = Simulator(addresses.control_url, addresses.changes(), addresses.url)
        for phone, name in ((ADA, "Ada"), (BOB, "Bob"), (EVE, "Eve")):
            simulator.add_person(phone=phone, name=name)
        folder = tmp_path_factory.mktemp("loopback")
        for override in worker_override(folder, stack, server.root.public, addresses.port):
            stack.files.append(override)
            stack.up()
            yield simulator
            stack.files.remove(override)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers in this run."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser of this run."""
    line = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
    browser = playwright.chromium.launch(executable_path=find_browser(), args=line)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def page(chromium: Browser, stack: Stack) -> Iterator[Page]:
    """The owner's tab, which stays open through everything that happens to the containers."""
    context = chromium.new_context(base_url="http://localhost:3001", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def owner(page: Page, stack: Stack) -> Person:
    """The owner, who has set up the server with the word from its log."""
    page.goto("/")
    person = Person(page)
    person.fills_in(OWNER)
    page.get_by_label("Word in the server's log").fill(set_up_word(stack))
    person.goes_on_to_home()
    return person


@pytest.fixture(scope="session")
def linked(owner: Person, phones: Simulator, stack: Stack) -> Simulator:
    """WhatsApp, with the stack linked to Ada's phone."""
    owner.adds_account("Choir phone")
    linking = usage()
    say(f"memory while linking: {shown(linking)}")
    assert are_small(linking)
    phones.scan(qr=stack.inside("qr_code"), phone=ADA)
    owner.sees_connected()
    until(lambda: "[WA] WhatsApp Client Connected" in stack.logs(WORKER), "the log says so")
    stack.inside("hurry")
    return phones


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Keep what the browser showed and the containers wrote when a test failed."""
    report = yield
    given = getattr(item, "funcargs", {})
    if report.failed and isinstance(given.get("stack"), Stack):
        _keep_logs(given["stack"])
        if isinstance(tab := given.get("page"), Page):
            tab.screenshot(path=_RESULTS / f"{item.name}.png")
    return report


def set_up_word(stack: Stack) -> str:
    """The word that set-up asks strangers for, as the api's log says it."""
    [line] = [line for line in stack.logs("wa-scheduler-api").splitlines() if "To set up" in line]
    return line.rpartition(": ")[2].strip('"}')


def _keep_logs(stack: Stack) -> None:
    _RESULTS.mkdir(parents=True, exist_ok=True)
    for container in CONTAINERS:
        done = subprocess.run(["docker", "logs", container], capture_output=True, check=False)
        (_RESULTS / f"{container}.log").write_bytes(done.stdout + done.stderr)
