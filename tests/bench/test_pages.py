"""How fast pages load and answer, and what open tabs cost."""

import re
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.bench import lighthouse_runs, many
from tests.bench.lighthouse_runs import Verdict
from tests.bench.watched_socket import TIME_DRAWING, clicked, watched
from tests.browser import full as full_server
from tests.browser.person import OWNER, Person
from tests.product import Product


def test_lighthouse_on_the_first_page_and_on_home(
    product: Product, tmp_path: Path, full: bool
) -> None:
    runs = 3 if full else 1
    with lighthouse_runs.chromium(tmp_path / "profile") as port:
        _print_verdict("first page", lighthouse_runs.verdict(f"{product.url}/set-up", port, runs))
        with sync_playwright() as playwright:
            browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
            # Lighthouse opens its tab in the first context, which knows no base address.
            with closing(_signed_in(browser, product)) as context:
                browser.contexts[0].add_cookies(context.cookies())  # type: ignore[arg-type]
        full_server.fill(product.settings)
        if full:
            _print_verdict("Home", lighthouse_runs.verdict(f"{product.url}/", port, runs))


def test_clicks_with_a_hundred_thousand_messages(
    product: Product, chromium: Browser, full: bool
) -> None:
    count = 25 if full else 1
    cookies = _signed_in(chromium, product).storage_state()
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


def test_open_tabs(product: Product, chromium: Browser, full: bool) -> None:
    count, settling_s, resting_s = (50, 10.0, 30.0) if full else (2, 0.1, 0.1)
    context = _signed_in(chromium, product)
    full_server.fill(product.settings)
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


def _signed_in(chromium: Browser, product: Product) -> BrowserContext:
    context = chromium.new_context(base_url=product.url, locale="en-GB")
    page = context.new_page()
    Person.sets_up(page, OWNER)
    page.close()
    return context


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
