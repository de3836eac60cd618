"""The page with the people's phones, in a real browser."""

from __future__ import annotations

import base64
import io
import json
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from tests.whatsapp_server.client import Simulator
from tests.whatsapp_server.demo import AYLIN, GRACE, JONAS, NOT_ON_WHATSAPP, YOU
from tests.whatsapp_server.driven import PATIENCE, DrivenClient
from tests.whatsapp_server.running import running_server


@pytest.fixture(scope="module")
def demo() -> Iterator[Simulator]:
    """A server with invented people."""
    with running_server(demo=True) as (_, addresses):
        yield Simulator(addresses.control_url, addresses.changes(), addresses.url)


@pytest.fixture(scope="module")
def page(demo: Simulator, chromium: Browser) -> Iterator[Page]:
    """The page, at the width of a small phone."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    shown = context.new_page()
    shown.set_default_timeout(PATIENCE * 1000)
    shown.goto(demo.control_url)
    yield shown
    context.close()


@pytest.fixture(scope="module")
def yours(
    demo: Simulator, page: Page, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DrivenClient]:
    """A client that was linked by a picture of its QR code, given to the page."""
    session = tmp_path_factory.mktemp("demo") / "session.db"
    with DrivenClient(demo, session) as client:
        client.do("connect")
        shown = io.BytesIO()
        segno.make(client.wait("QrCode")["code"], error="l").save(shown, kind="png", scale=3)
        picture = {"name": "screen.png", "mimeType": "image/png", "buffer": shown.getvalue()}
        phone(page, YOU).get_by_label("Picture of the QR code").set_input_files([picture])
        client.wait("Connected")
        yield client


def phone(page: Page, number: str):
    """One phone on the page."""
    return page.locator(f'[data-phone="{number}"]')


def test_everybody_who_is_on_whatsapp_has_a_phone(page):
    expect(page.locator("[data-phone] h2")).to_have_text(
        ["Miriam Okafor (you)", "Jonas Weber", "Aylin Demir", "Tomasz Nowak", "Grace Kimani"]
    )
    assert phone(page, NOT_ON_WHATSAPP).count() == 0


def test_a_picture_of_the_qr_code_links_a_client(page, yours):
    expect(phone(page, YOU).locator(".state")).to_have_text("1 device linked, connected")


def test_a_message_shows_on_both_phones_and_can_be_answered(page, yours):
    yours.send(AYLIN, "Happy birthday!")
    hers = phone(page, AYLIN)
    expect(hers.locator(".bubble", has_text="Happy birthday!")).to_be_visible()
    expect(phone(page, YOU).locator(".bubble.mine", has_text="Happy birthday!")).to_be_visible()

    hers.get_by_label("Message of Aylin Demir to Miriam Okafor").fill("Thank you!")
    hers.get_by_role("button", name="Send").click()

    assert yours.wait("Message", text="Thank you!")["name"] == "Aylin Demir"


def test_a_message_can_be_marked_as_read(page, yours):
    id = yours.send(GRACE, "Are you coming?")
    asked = phone(page, GRACE).locator(".bubble", has_text="Are you coming?")

    asked.get_by_role("button", name="Mark as read").click()

    yours.wait("Receipt", ids=[id], type=4)
    expect(asked).to_contain_text("read")
    expect(asked.get_by_role("button", name="Mark as read")).to_have_count(0)


def test_a_poll_can_be_answered(page, yours):
    options = ["Monday", "Friday"]
    yours.do("poll", to=JONAS, question="When?", options=options, several=False)

    phone(page, JONAS).get_by_role("button", name="Friday").click()

    expect(phone(page, YOU).locator(".bubble", has_text="Voted: Friday")).to_be_visible()


def test_a_picture_shows(page, yours):
    shown = io.BytesIO()
    segno.make("a picture").save(shown, kind="png", scale=4)

    yours.send_file(AYLIN, "image", shown.getvalue(), mimetype="image/png", caption="look")

    expect(phone(page, AYLIN).get_by_role("img", name="look")).to_be_visible()


def test_a_text_that_looks_like_a_page_is_only_a_text(page, yours):
    yours.send(AYLIN, "<img src=x onerror=alert(1)>")

    expect(phone(page, AYLIN).get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()


def test_a_wrong_code_is_told(page, yours):
    mine = phone(page, YOU)
    mine.locator("summary").click()
    mine.get_by_label("Code that wasched shows").fill("AAAA-AAAA")

    mine.get_by_role("button", name="Enter").click()

    expect(page.locator("#said")).to_contain_text("No device asked for a pairing code")


def test_nothing_is_wider_than_a_small_phone_nor_comes_from_elsewhere(demo, page, yours):
    addresses = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert all(one.startswith((demo.control_url, "data:")) for one in addresses)


def test_a_page_of_another_site_may_ask_nothing(demo):
    asked = urllib.request.Request(f"{demo.control_url}/phones", b"{}")
    asked.add_header("Origin", "https://example.org")

    with pytest.raises(urllib.error.HTTPError) as refusal, urllib.request.urlopen(asked):
        pass

    assert refusal.value.code == 403
    assert json.loads(refusal.value.read())["kind"] == "PermissionError"


def test_a_screenshot_may_be_scanned_from_outside(demo, chromium, tmp_path):
    """What a browser test does: what the page shows is what the phone scans."""
    with DrivenClient(demo, tmp_path / "another.db") as client:
        client.do("connect")
        drawn = io.BytesIO()
        segno.make(client.wait("QrCode")["code"], error="l").save(drawn, kind="png", scale=4)
        address = "data:image/png;base64," + base64.b64encode(drawn.getvalue()).decode()
        other = chromium.new_page()
        other.set_content(f'<body style="background: #111; padding: 50px"><img src="{address}">')

        screenshot = base64.b64encode(other.screenshot()).decode()
        demo.scan_picture(phone=JONAS, body=screenshot)

        client.wait("Connected")
        other.close()
