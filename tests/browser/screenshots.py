"""Takes the pictures in docs/screenshots from a server that is full: `make screenshots`.

Every page is shown on a phone and on a desktop, by day and by night: home.webp is the desktop by
day, home-phone-dark.webp the phone by night.
"""

import io
import os
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from tests.browser import album
from tests.browser.conftest import new_context
from tests.browser.look import settled
from tests.browser.person import OWNER, Person
from tests.product import ROOT, Product
from tools.set_up_tests import find_browser

PICTURES = ROOT / "docs" / "screenshots"
SIZES = {"": (1280, 860), "-phone": (360, 780)}
THEMES = {"": "light", "-dark": "dark"}
QUALITY = 82

PAGES = {
    "home": "/",
    "calendar": "/calendar",
    "week": "/calendar?view=week",
    "messages": "/messages",
    "needs-you": "/messages?tab=needs",
    "repeating": "/messages?tab=repeating",
    "story": "/messages?tab=all&status=unknown",
    "compose": "/new",
    "recipients": "/recipients",
    "person": "/recipients/1",
    "list": "/lists/1",
    "import": "/recipients/import",
    "templates": "/templates",
    "accounts": "/accounts/1",
    "pairing": "/accounts/2",
    "settings": "/settings",
    "health": "/health",
}


def main() -> None:
    """Fill a throw-away server and picture its pages."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        product = Product(Path(folder), dict(os.environ))
        try:
            product.start_api()
            _picture_all(browser, product)
        finally:
            product.end()
            browser.close()


def _picture_all(browser: Browser, product: Product) -> None:
    owner = _set_up(browser, product)
    for end, size in SIZES.items():
        for shade, theme in THEMES.items():
            viewport = {"width": size[0], "height": size[1]}
            options = {"viewport": viewport, "color_scheme": theme, "storage_state": owner}
            context = new_context(browser, product, **options)
            for name, path in PAGES.items():
                _picture(context, name, path, f"{name}{end}{shade}.webp")
            context.close()


def _set_up(browser: Browser, product: Product) -> StorageState:
    context = new_context(browser, product)
    Person.sets_up(context.new_page(), OWNER)
    album.fill(product.settings)
    state = context.storage_state()
    context.close()
    return state


def _picture(context: BrowserContext, name: str, path: str, file: str) -> None:
    page = context.new_page()
    page.goto(path)
    settled(page)
    if name in _STEPS:
        _STEPS[name](page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    shot = Image.open(io.BytesIO(page.screenshot()))
    shot.save(PICTURES / file, "WEBP", quality=QUALITY, method=6)
    page.close()


def _open_story(page: Page) -> None:
    page.locator(".m-row a[href^='/messages/']").first.click()
    page.get_by_role("heading", name="What happened").wait_for()


def _write(page: Page) -> None:
    """A message to a list, every Tuesday."""
    page.get_by_label("To", exact=True).fill("Whole choir")
    page.get_by_role("button", name="Whole choir").first.click()
    page.get_by_role("button", name="Remove").first.wait_for()
    text = "Hello {first_name}, rehearsal is at *19:30* tonight. Bring the blue folder."
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_role("button", name="Type it instead").click()
    page.get_by_label("When, in your words").fill("every tuesday 18:00")
    page.locator(".sentence", has_text="Every Tuesday at 18:00").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


_STEPS = {"story": _open_story, "compose": _write}


if __name__ == "__main__":
    main()
