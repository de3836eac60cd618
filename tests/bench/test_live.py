"""How long it takes until one browser shows what happened in another, or in the worker."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from playwright.sync_api import Browser, Page, StorageState
from sqlalchemy import Engine

from tests.browser import full as full_server
from tests.browser.conftest import new_context, owner_of
from tests.browser.person import Person
from tests.product import Product
from tests.scopes import session_scope
from wasched import db
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services.change_notes import MESSAGES, announce

# Both browsers and this process read one clock, that of the machine.
_NOW = "performance.timeOrigin + performance.now()"
_NOTE_PRESSES = f"addEventListener('click', () => window.pressed = {_NOW}, true)"
_NOTE_SIGHT = f"""
wanted => {{
  window.seen = 0;
  const look = () => {{
    const there = document.querySelector("main").textContent.includes(wanted.words)
      || document.querySelector(`main a[href="${{wanted.href}}"]`) !== null;
    if (there === wanted.there && !window.seen)
      requestAnimationFrame(() => window.seen ||= {_NOW});
  }};
  window.looking?.disconnect();
  window.looking = new MutationObserver(look);
  window.looking.observe(document.body, {{ subtree: true, childList: true, characterData: true }});
}}
"""


def test_what_one_browser_or_the_worker_does_shows_in_another(
    product: Product, chromium: Browser, full: bool
) -> None:
    count = 40 if full else 1
    owner = owner_of(product)
    desk, phone = (_page(chromium, product, owner) for _ in range(2))
    full_server.fill(product.settings)
    engine = db.make_engine(product.settings.database_url)
    rounds: dict[str, Callable[[int], float]] = {
        "cancelled in the other browser": lambda _: _cancelled(desk, phone),
        "scheduled in the other browser": lambda number: _scheduled(desk, phone, number),
        "settled by the worker": lambda _: _settled(engine, phone),
    }
    pause = Random(1)
    phone.goto("/messages")
    for name, one in rounds.items():
        took = []
        for number in range(count):
            time.sleep(pause.uniform(0.3, 1))  # wherever the listener's own round stands
            took.append(one(number))
        took.sort()
        p50, p95 = statistics.median(took), took[int(0.95 * count)]
        print(f"{name:32} p50 {p50:4.0f} ms, p95 {p95:4.0f} ms, at most {took[-1]:4.0f} ms")
    engine.dispose()


def _page(chromium: Browser, product: Product, owner: StorageState) -> Page:
    context = new_context(chromium, product, storage_state=owner)
    context.add_init_script(_NOTE_PRESSES)
    return context.new_page()


def _cancelled(desk: Page, phone: Page) -> float:
    """Cancel a row in its menu; the other browser has it no longer."""
    desk.goto("/messages")
    row = desk.locator(".m-choice").nth(3)
    row.locator("summary").click()
    _watch(phone, href=_href(row.locator(".to a").get_attribute("href")), there=False)
    desk.get_by_role("button", name="Cancel it").locator("visible=true").click()
    return _seen(phone) - float(desk.evaluate("window.pressed"))


def _scheduled(desk: Page, phone: Page, number: int) -> float:
    """Schedule a message; the other browser has it too."""
    words = f"Number {number} of this evening"
    # Each before those of the rounds before, so that the first page of the list has it.
    at = datetime.now(UTC) + timedelta(minutes=90 - number)
    _watch(phone, words=words, there=True)
    Person(desk).writes("+49 151 0000 0012", words, at)
    return _seen(phone) - float(desk.evaluate("window.pressed"))


def _settled(engine: Engine, phone: Page) -> float:
    """Write down, as the worker does, that a message was sent; it is among the coming no more."""
    href = phone.locator(".m-choice .to a[href^='/messages/']").nth(3).get_attribute("href")
    _watch(phone, href=_href(href), there=False)
    with session_scope(bound=engine) as session:
        message = session.get_one(Message, int(_href(href).rpartition("/")[2]))
        message.status, message.sent_at = Status.SENT, datetime.now(UTC)
        announce(session, message.space_id, MESSAGES, datetime.now(UTC))
        session.flush()
        begun = time.time() * 1000
    return _seen(phone) - begun


def _watch(page: Page, *, there: bool, words: str = "\0", href: str = "") -> None:
    page.evaluate(_NOTE_SIGHT, {"there": there, "words": words, "href": href})


def _seen(page: Page) -> float:
    page.wait_for_function("() => window.seen")
    return float(page.evaluate("window.seen"))


def _href(found: str | None) -> str:
    assert found
    return found
