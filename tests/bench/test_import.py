"""A hundred thousand people from a file: how long, how much, and who waits meanwhile."""

import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.person import OWNER, Person
from tests.product import Product
from wasched.services.address_book.imports.sheet import ROWS_MAX

# How long another request of the same browser waits, every tenth of a second.
ASK_ON = """
window.waits = [];
setInterval(async () => {
  const begun = performance.now();
  await fetch("/healthz");
  window.waits.push(performance.now() - begun);
}, 100);
"""


def test_a_hundred_thousand_rows(
    product: Product, chromium: Browser, tmp_path: Path, full: bool
) -> None:
    count = ROWS_MAX if full else 100
    product.start_worker()  # it is what reads the file
    context = chromium.new_context(base_url=product.url, locale="en-GB")
    context.set_default_timeout(300_000 if full else 60_000)
    page = context.new_page()
    Person.sets_up(page, OWNER)
    file = _file(tmp_path, count)
    page.goto("/recipients/import")
    page.get_by_text("A file of people").wait_for()
    page.evaluate(ASK_ON)
    print(f"\n{count:,} rows, {file.stat().st_size / 1e6:.1f} MB", _size(product))

    def look() -> None:
        page.get_by_label("Choose a file").set_input_files(file)
        page.get_by_text(f"{count:,} rows: ").wait_for()

    def save() -> None:
        page.get_by_role("button", name="Import ").click()
        page.wait_for_url("**/recipients")

    _print(page, "uploaded, read and looked at", look, product)
    _print(page, "saved", save, product)
    page.goto("/recipients/import")
    page.get_by_role("button", name="Undo it").click()
    page.evaluate(ASK_ON)
    taken = page.get_by_text("are removed again")
    again = page.get_by_role("button", name="Undo it").last
    _print(page, "undone", lambda: (again.click(), taken.wait_for()), product)
    context.close()


def _print(page: Page, what: str, deed: Callable[[], object], product: Product) -> None:
    page.evaluate("window.waits.length = 0")
    begun = time.monotonic()
    deed()
    took = time.monotonic() - begun
    waits = sorted(page.evaluate("window.waits")) or [0.0]
    p95, most = waits[int(0.95 * len(waits))], waits[-1]
    print(f"  {what:30} {took:6.1f} s", end="")
    print(f"   others wait {p95:5.0f} ms (p95), {most:5.0f} ms at most", _size(product))


def _file(folder: Path, count: int) -> Path:
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Name,Phone,Voice,Member since\n")
        for number in range(count):
            file.write(f"Person {number},+49 151 1{number:07},alto,{1990 + number % 35}\n")
    return path


def _size(product: Product) -> str:
    size = sum(one.memory_full_info().pss for one in product.processes("api")) / 2**20
    return f"  api {size:.0f} MB"
