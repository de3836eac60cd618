"""Looking at a page: what axe finds, what the console says, whether it fits the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What passes is neither described nor brought over here: that takes longer than to look.
_FIND = """
async (rules) => {
  const given = { runOnly: rules, resultTypes: ["violations"], preload: false };
  const { violations } = await axe.run(document, given);
  const about = (node) => [node.target, node.failureSummary];
  return violations.map((one) => [one.id, one.nodes.map(about)]);
}
"""


@contextmanager
def tab(context: BrowserContext) -> Iterator[Page]:
    """A new tab; AssertionError at the end if its console complained."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda one: complaints.extend(_complaint(one)))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield page
    page.close()
    assert not complaints, f"the browser's console: {complaints}"


def _complaint(message: ConsoleMessage) -> list[str]:
    # The test left a page before its connection stood, as it may on a busy machine.
    is_left = "WebSocket is closed before the connection is established" in message.text
    return [message.text] if message.type in ("error", "warning") and not is_left else []


def violations(page: Page, rules: list[str] | None = None) -> list[tuple[str, list[Any]]]:
    """What axe-core finds: the rule, where, and what is wrong; `rules` narrows it to some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    return [tuple(one) for one in page.evaluate(_FIND, rules or RULES)]


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
        "!document.querySelector('[aria-label=Loading]') && document.querySelector('main')"
    )
