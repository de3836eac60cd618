"""Looking at a page: what axe finds, what the console says, whether it fits the screen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.browser.catalogue import LOOKS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What passes is neither described nor brought over here: that takes longer than to look. The
# hundredth row of a list is like one of the first.
_FIND = """
async (rules) => {
  const given = { runOnly: rules, resultTypes: ["violations"], preload: false };
  const { violations } = await axe.run({ exclude: [".rows > :nth-child(n + 15)"] }, given);
  const about = (node) => [node.target, node.failureSummary];
  return violations.map((one) => [one.id, one.nodes.map(about)]);
}
"""

_WEARS = """
(theme) => matchMedia(`(prefers-color-scheme: ${theme})`).matches
  && ["", theme].includes(document.documentElement.classList.toString())
  && !document.getAnimations().some(
    (one) => one instanceof CSSTransition && one.playState === "running")
"""


@contextmanager
def tab(context: BrowserContext) -> Iterator[Page]:
    """A new tab; AssertionError at the end if its console complained."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda one: complaints.extend(_complaint(one, page)))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield page
    page.close()
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
    for width, theme in looks:
        wears(page, width, theme)
        # By day and by night only the colours differ.
        rules = ["color-contrast"] if width in seen else RULES
        assert violations(page, rules) == [], f"{page.url} at {width} px, {theme}"
        assert fits(page), f"{page.url} at {width} px"
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
