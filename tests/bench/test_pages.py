"""How fast pages load and answer, and what open tabs cost."""

import math
import re
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    StorageState,
)

from tests.bench import lighthouse_runs, many
from tests.bench.lighthouse_runs import Verdict
from tests.bench.watched_socket import TIME_DRAWING, clicked, watched
from tests.browser import full as full_server
from tests.browser.conftest import owner_of
from tests.product import Product
from tests.slow_proxy import SlowProxy

SLOW_S, SHOWN_MS = 2.0, 100

FULL_PAGES = {"Home": "/", "Compose": "/new", "Calendar": "/calendar", "Messages": "/messages"}
"""Those that tell their first words before their scripts run."""

LEAST = 95
"""What Lighthouse has to say of them at least, of 100."""


def test_lighthouse_on_the_first_page_and_on_those_that_are_full(
    product: Product, playwright: Playwright, tmp_path: Path, full: bool
) -> None:
    runs, pages = (3, FULL_PAGES) if full else (1, {})
    with lighthouse_runs.chromium(tmp_path / "profile") as port:
        _print_verdict("first page", lighthouse_runs.verdict(f"{product.url}/set-up", port, runs))
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        # Lighthouse opens its tab in the first context, which knows no base address.
        browser.contexts[0].add_cookies(owner_of(product)["cookies"])
        full_server.fill(product.settings)
        found = {
            name: lighthouse_runs.verdict(product.url + path, port, runs)
            for name, path in pages.items()
        }
    for name, verdict in found.items():
        _print_verdict(name, verdict)
    assert [name for name, one in found.items() if min(one.scores.values()) < LEAST] == []


def test_clicks_with_a_hundred_thousand_messages(
    product: Product, chromium: Browser, full: bool
) -> None:
    count = 25 if full else 1
    cookies = owner_of(product)
    many.fill(product.settings, many.SCHEDULES if full else 300)
    with watched(product.port) as seen:
        context = chromium.new_context(
            base_url=f"http://localhost:{seen.port}", storage_state=cookies, locale="en-GB"
        )
        context.add_init_script(TIME_DRAWING)
        page = context.new_page()
        for name, (path, click) in _CLICKS.items():
            took = [clicked(seen, page, path, click) for _ in range(count)]
            waited, drawn = (sorted(column) for column in zip(*took, strict=True))
            print(f"{name:18} answered {_median_and_p95(waited)}   drawn {_median_and_p95(drawn)}")
        context.close()


def test_presses_show_before_the_server_is_heard(
    filled: tuple[Product, StorageState], chromium: Browser, full: bool
) -> None:
    product, cookies = filled
    times, most_ms = (5, SHOWN_MS) if full else (1, math.inf)
    line = SlowProxy(product.port, delay_s=SLOW_S)
    line.start()
    base = f"http://localhost:{line.port}"
    with closing(chromium.new_context(base_url=base, storage_state=cookies)) as context:
        context.add_init_script(_TIME_SHOWING)
        page, took = context.new_page(), []
        for path, press in [_DISMISS, *_PRESSES * times]:
            line.quick()
            page.goto(path)
            press(page).wait_for()
            page.wait_for_load_state("networkidle")
            line.slow()
            press(page).click(no_wait_after=True)
            page.wait_for_function("window.showed > 0")
            took.append(page.evaluate("window.showed"))
    line.close()
    print(f"a press on a line of {SLOW_S:.0f} s shows: {_median_and_p95(sorted(took))}")
    assert max(took) < most_ms


def test_open_tabs(filled: tuple[Product, StorageState], chromium: Browser, full: bool) -> None:
    product, cookies = filled
    count, settling_s, resting_s = (50, 10.0, 30.0) if full else (2, 0.1, 0.1)
    context = chromium.new_context(base_url=product.url, storage_state=cookies, locale="en-GB")
    _open(context, 1)
    alone = _size(product)
    _open(context, count - 1)
    time.sleep(settling_s)
    before, begun = _cpu(product), time.monotonic()
    time.sleep(resting_s)
    share = 100 * (_cpu(product) - before) / (time.monotonic() - begun)
    more = _size(product) - alone
    print(f"{count} tabs of Chromium at rest: {share:.2f} % of one core,", end=" ")
    print(f"{more:.0f} MB more than one tab, {more / (count - 1):.2f} MB each")
    context.close()


_TIME_SHOWING = """
window.showed = 0;
let pressed = 0;
addEventListener("click", (event) => { pressed = event.timeStamp; }, { capture: true });
new MutationObserver(() => pressed && requestAnimationFrame(() => setTimeout(() => {
  window.showed ||= performance.now() - pressed;
}))).observe(document, { subtree: true, attributes: true, childList: true });
"""
"""Notes how long after a click its first change of the page was drawn."""

_STOP_OR_GO_ON = re.compile("^(Stop|Go on) (?!everything)")

_Press = tuple[str, Callable[[Page], Locator]]

_DISMISS: _Press = ("/", lambda page: page.get_by_role("button", name="Dismiss").first)
"""Done once: the server has one thing to dismiss."""

_PRESSES: list[_Press] = [
    ("/new", lambda page: page.get_by_role("button", name="Schedule", exact=True).first),
    ("/", lambda page: page.get_by_role("link", name="Calendar").first),
    ("/messages", lambda page: page.get_by_role("link", name=re.compile("^Past"))),
    # Stopped by one round, it goes on by the next.
    ("/accounts/1", lambda page: page.get_by_role("button", name=_STOP_OR_GO_ON).first),
]


def _search(page: Page) -> None:
    page.get_by_label("Search").fill("Łukasz 42")
    page.get_by_label("Search").press("Enter")


_CLICKS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "another tab": (
        "/messages",
        lambda page: page.get_by_role("link", name=re.compile("^Past")).click(),
    ),
    "search for a name": ("/messages?tab=all", _search),
    "open a message": (
        "/messages?tab=past",
        lambda page: page.locator(".m-row a[href^='/messages/']").first.click(),
    ),
    "the next page": (
        "/messages?tab=past",
        lambda page: page.get_by_role("link", name="More", exact=True).last.click(),
    ),
    "the next month": (
        "/calendar",
        lambda page: page.get_by_role("link", name="Later").first.click(),
    ),
}


def _median_and_p95(took: list[float]) -> str:
    p95 = took[int(0.95 * len(took))]
    return f"p50 {statistics.median(took):5.0f} ms, p95 {p95:5.0f} ms"


def _open(context: BrowserContext, count: int) -> None:
    """Open Home in more tabs, each with its own websocket."""
    for _ in range(count):
        page = context.new_page()
        page.goto("/")
        page.get_by_text("Going out now").first.wait_for()


def _print_verdict(name: str, verdict: Verdict) -> None:
    scores = ", ".join(f"{one} {score:.0f}" for one, score in verdict.scores.items())
    print(f"{name:12} {scores}, first load {verdict.first_load_kib:.0f} KiB,", end=" ")
    print(f"largest paint {verdict.largest_paint_ms / 1000:.2f} s", *verdict.amiss)


def _size(product: Product) -> float:
    return sum(one.memory_full_info().pss for one in product.processes("api")) / 2**20


def _cpu(product: Product) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in product.processes("api"))
