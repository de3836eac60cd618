"""Takes the pictures in docs/screenshots anew: `make screenshots`.

Every page of the catalogue that has a name for its picture is shown on a phone and on a desktop,
by day and by night: home.webp is the desktop by day, home-phone-dark.webp the phone by night.
"""

import io
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import album, full
from tests.browser.catalogue import AT_ONCE, CALM, DOORS, EMPTY, FAILED, FULL, GONE, LOOKS, View
from tests.browser.conftest import invited, owner_of, visits
from tests.browser.look import settled, wears, writable
from tests.browser.person import OWNER, Person, offers
from tests.browser.trouble import silent_worker, without_sessions
from tests.product import ROOT, Product
from tools.set_up_tests import find_browser

PICTURES = ROOT / "docs" / "screenshots"
QUALITY = 45
ENDS = {1280: "", 360: "-phone", "light": "", "dark": "-dark"}


def main() -> None:
    """Picture the pages of throw-away servers, one that is new and one that is full."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for picture_all in (_picture_set_up, _picture_pages):
            with tempfile.TemporaryDirectory() as folder:
                product = Product(Path(folder), dict(os.environ))
                try:
                    product.start_api()
                    picture_all(browser, product)
                finally:
                    product.end()
        browser.close()


def _picture_set_up(browser: Browser, product: Product) -> None:
    with visits(browser, product, None) as opens:
        page = opens().new_page()
        page.goto("/")
        Person(page).fills_in(OWNER)
        _keep(page, "set-up-you")
        page.get_by_role("button", name="Go on").click()
        page.get_by_label("Time zone").fill("Europe/Berlin")
        page.get_by_text("there").wait_for()
        _keep(page, "set-up-zone")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("heading", name="3 of 3").wait_for()
        with silent_worker(product):
            page.get_by_role("alert").wait_for()
        page.reload()  # now it works
        page.get_by_role("alert").wait_for(state="detached")
        _keep(page, "set-up-link")


def _picture_pages(browser: Browser, product: Product) -> None:
    owner = owner_of(product)
    album.fill(product.settings)
    with visits(browser, product, owner) as opens:
        _picture_views(opens(), (*FULL, *GONE))
    # Only now, because the owner sees what belongs to the others too.
    new, calm = (invited(product, one, f"{one}@choir.example") for one in ("ines", "ilse"))
    full.link_phone(product.settings, "ilse@choir.example")
    for cookies, views in ((new, EMPTY), (calm, CALM), (None, DOORS)):
        with visits(browser, product, cookies) as opens:
            _picture_views(opens(), views)
    with visits(browser, product, owner) as opens:
        _picture_waiting(opens(), [one for one in FULL if one.path not in AT_ONCE])
        with without_sessions(product):
            _picture_failing(opens(), ("compose", "messages"))
        _picture_lost(opens(), product)


def _picture_views(context: BrowserContext, views: Iterable[View]) -> None:
    for view in views:
        if not view.picture:
            continue
        page = context.new_page()
        page.goto(view.path)
        settled(page)
        page.get_by_text(view.words).locator("visible=true").first.wait_for()
        if view.picture in _STEPS:
            _STEPS[view.picture](page)
        _keep(page, view.picture)
        page.close()


def _picture_waiting(context: BrowserContext, views: Iterable[View]) -> None:
    for view in views:
        if view.picture not in ("messages", "calendar"):
            continue
        page = context.new_page()
        page.route_web_socket("**/_event/**", lambda _socket: None)  # nobody answers
        page.goto(view.path)
        page.get_by_role("status", name="Loading").wait_for()
        _keep(page, f"loading-{view.picture}")
        page.close()


def _picture_failing(context: BrowserContext, names: Iterable[str]) -> None:
    for view in FULL:
        if view.picture in names:
            page = context.new_page()
            page.goto(view.path)
            page.get_by_text(FAILED).wait_for()
            _keep(page, f"failed-{view.picture}")
            page.close()


def _picture_lost(context: BrowserContext, product: Product) -> None:
    """The connection is lost, and then the page is loaded again."""
    page = context.new_page()
    page.goto("/")
    settled(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    product.kill_whole("api")
    page.get_by_text("No connection to your server.").wait_for()
    _keep(page, "lost")
    page.reload()
    page.get_by_role("heading", name="Your server does not answer.").wait_for()
    _keep(page, "offline")


def _keep(page: Page, name: str) -> None:
    """Save what is shown in each of the looks."""
    for width, theme in LOOKS:
        wears(page, width, theme)
        page.evaluate("document.fonts.ready.then(() => true)")
        shot = Image.open(io.BytesIO(page.screenshot()))
        file = PICTURES / f"{name}{ENDS[width]}{ENDS[theme]}.webp"
        shot.save(file, "WEBP", quality=QUALITY, method=6)


def _write(page: Page) -> None:
    """A message to a list, every Tuesday."""
    writable(page)
    page.get_by_label("To", exact=True).fill("Whole choir")
    expect(offers(page, "To")).to_have_count(1)
    offers(page, "To").click()
    page.get_by_role("button", name="Remove Whole choir").wait_for()
    text = "Hello {first_name}, rehearsal is at *19:30* tonight. Bring the blue folder."
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_label("When, in your words").fill("every tuesday 18:00")
    page.locator(".sentence", has_text="Every Tuesday at 18:00").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def _as_a_code_lasts(page: Page) -> None:
    """A code lasts twenty seconds; the invented one has an hour, so that it outlives the tour."""
    ring = page.locator(".ring").first
    ring.evaluate(
        "it => { it.style.setProperty('--lasts', 20); it.style.setProperty('--age', 6); }"
    )


_STEPS: dict[str, Callable[[Page], None]] = {"compose": _write, "pairing": _as_a_code_lasts}

if __name__ == "__main__":
    main()
