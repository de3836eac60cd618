"""`make demo`: a newcomer without a phone sees a message arrive, then stops it all."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.person import OWNER, Person
from tests.ports import free_port
from tests.product import ROOT, until
from tests.whatsapp_server.demo import JONAS, YOU

WORDS = "Rehearsal is moved to 18:00"


class Demo:
    """A running demo, and everything that it has started."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "demo.log"
        # A home of its own: the demo's temporary folder lies in it, where a test can look.
        environ = {**os.environ, "PORT": str(free_port()), "TMPDIR": str(folder)}
        environ.pop("DB_PATH", None)
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "tools/demo.py"], cwd=ROOT, env=environ, stdout=log, stderr=log
            )
        until(lambda: self._said(r"running at (\S+)"), "it says where it runs")
        self.url, self.phones = self._said(r"running at (\S+)"), self._said(r"demo are at (\S+)")

    def everybody(self) -> list[psutil.Process]:
        """The demo's own process and all below it."""
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]

    def _said(self, pattern: str) -> str:
        found = re.search(pattern, self._log.read_text())
        return found[1] if found else ""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """Started, and answering."""
    started = Demo(tmp_path)
    yield started
    if started.process.poll() is None:
        started.process.terminate()
    started.process.wait(60)


@pytest.fixture
def page(demo: Demo, chromium: Browser) -> Iterator[Page]:
    """A tab of somebody who has just started the demo."""
    context = chromium.new_context(base_url=demo.url, timezone_id="Europe/Berlin", locale="en-GB")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def test_a_newcomer_sees_a_message_arrive_and_afterwards_nothing_is_left(
    demo: Demo, page: Page, tmp_path: Path
) -> None:
    _finds_the_first_page_in_order(page)
    person = Person.sets_up(page, OWNER)
    expect(page.get_by_text("This is a demo").first).to_be_visible()
    person.adds_account("My phone")
    phones = _opens_phones(page)
    _holds_before_the_camera(phones, person)
    person.sees_connected()

    person.writes(f"+{JONAS}", WORDS)

    his = phones.locator(f'[data-phone="{JONAS}"]')
    expect(his.locator(".bubble", has_text=WORDS)).to_be_visible()
    person.opens_message(WORDS)
    person.sees_status("Read")  # his phone says so after three seconds

    everybody = demo.everybody()
    demo.process.send_signal(signal.SIGTERM)
    assert demo.process.wait(60) == 0
    assert psutil.wait_procs(everybody, timeout=30)[1] == []
    until(lambda: [one.name for one in tmp_path.iterdir()] == ["demo.log"], "no file is left")


def _finds_the_first_page_in_order(page: Page) -> None:
    """On a small phone the banner stands above the name, and the card takes the width."""
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    banner, name, card = (
        page.locator(one).bounding_box() for one in (".door > .mode", ".door .mark svg", "form")
    )
    assert banner is not None and name is not None and card is not None
    assert card["width"] > 300
    assert banner["y"] + banner["height"] < name["y"]
    page.set_viewport_size({"width": 1280, "height": 800})


def _opens_phones(page: Page) -> Page:
    """Follow the banner's link to the phones, which open beside."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="See their phones").first.click()
    return opened.value


def _holds_before_the_camera(phones: Page, person: Person) -> None:
    picture = {"name": "screen.png", "mimeType": "image/png"}
    yours = phones.locator(f'[data-phone="{YOU}"]').get_by_label("Picture of the QR code")
    yours.set_input_files([{**picture, "buffer": person.qr_code().screenshot()}])
