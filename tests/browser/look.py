"""Looking at a page: what axe finds, what the console says, whether it fits the screen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page

from tests.browser.catalogue import LOOKS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What passes is neither described nor brought over here: that takes longer than to look. The
# hundredth row of a list is like one of the first.
_FIND = """
async (rules) => {
  const given = { runOnly: rules, resultTypes: ["violations"], preload: false };
  const { violations } = await axe.run({ exclude: [".rows > :nth-child(n + 8)"] }, given);
  const about = (node) => [node.target, node.failureSummary];
  return violations.map((one) => [one.id, one.nodes.map(about)]);
}
"""

# All that axe goes by but the words; which link of the menu is the present one, each page shows
# where it has words of its own.
_MADE_OF = """
() => {
  const copy = document.body.cloneNode(true);
  copy.querySelectorAll("script").forEach((one) => one.remove());
  copy.querySelectorAll("[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
  const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.trim() && "x";
  return copy.outerHTML;
}
"""

_WEARS = """
(theme) => matchMedia(`(prefers-color-scheme: ${theme})`).matches
  && ["", theme].includes(document.documentElement.classList.toString())
  && !document.getAnimations().some(
    (one) => one instanceof CSSTransition && one.playState === "running")
"""


_found_good: set[tuple[str, int, str]] = set()
"""What pages were made of, with the width and theme that axe found nothing in."""


@contextmanager
def tab(context: BrowserContext) -> Iterator[Page]:
    """A new tab; AssertionError at the end if its console complained."""
    page = context.new_page()
    with _listened_to(page):
        yield page
        page.close()


@contextmanager
def kept_tab(context: BrowserContext) -> Iterator[Page]:
    """The tab that all who look through this browser have after each other.

    AssertionError at the end if its console complained. What a tab keeps is gone at each page.
    """
    if not context.pages:
        context.new_page().add_init_script("sessionStorage.clear()")
    page = context.pages[0]
    page.set_viewport_size({"width": 360, "height": 780})
    with _listened_to(page):
        yield page


@contextmanager
def _listened_to(page: Page) -> Iterator[None]:
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        complaints.extend(_complaint(message, page))

    def hear_fault(fault: Error) -> None:
        complaints.append(str(fault))

    page.on("console", hear)
    page.on("pageerror", hear_fault)
    try:
        yield
    finally:
        page.remove_listener("console", hear)
        page.remove_listener("pageerror", hear_fault)
    assert not complaints, f"the browser's console: {complaints}"


def _complaint(message: ConsoleMessage, page: Page) -> list[str]:
    # The test left a page before its connection stood, as it may on a busy machine.
    is_left = "WebSocket is closed before the connection is established" in message.text
    # The browser says so of a page that is not there, as the page does.
    is_nowhere = "status of 404" in message.text and message.location["url"] == page.url
    is_odd = message.type in ("error", "warning") and not is_left and not is_nowhere
    return [message.text] if is_odd else []


def violations(page: Page, rules: list[str] | None = None) -> list[tuple[str, list[Any]]]:
    """What axe-core finds: the rule, where, and what is wrong; `rules` narrows it to some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    return [tuple(one) for one in page.evaluate(_FIND, rules or RULES)]


def can_be_read(page: Page, looks: Sequence[tuple[int, str]] = LOOKS) -> None:
    """AssertionError if what is shown cannot be, on a phone or a desktop, by day or by night."""
    seen: set[int] = set()
    made_of = page.evaluate(_MADE_OF)
    for width, theme in looks:
        wears(page, width, theme)
        if (made_of, width, theme) not in _found_good:
            # By day and by night only the colours differ.
            rules = ["color-contrast"] if width in seen else RULES
            assert violations(page, rules) == [], f"{page.url} at {width} px, {theme}"
        assert fits(page), f"{page.url} at {width} px"
        _found_good.add((made_of, width, theme))
        seen.add(width)
    page.set_viewport_size({"width": 320, "height": 780})
    assert fits(page), f"{page.url} at 320 px"


def wears(page: Page, width: int, theme: str) -> None:
    """Show the page in another size and theme, and wait until it has changed."""
    page.set_viewport_size({"width": width, "height": 780 if width < 700 else 860})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.wait_for_function(
        _WEARS,
        arg=theme,
    )


def fits(page: Page) -> bool:
    """True if nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def writable(page: Page) -> None:
    """Wait until Compose takes words: before that nobody can write, but Playwright's fill does."""
    page.locator(".compose:not([inert])").wait_for()


def settled(page: Page) -> None:
    """Wait until the page shows what it has to show: no skeleton, and its heading."""
    page.locator("h1").first.wait_for(state="attached")
    page.wait_for_function(
        "() => !document.querySelector('[aria-label=Loading]') && document.querySelector('main')"
    )
