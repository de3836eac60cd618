"""A choir's secretary skips, moves and stops what is to come, from a phone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.books import Books
from tests.browser.tasks.conftest import BOB, CARA, day
from tests.browser.tasks.hands import Hands
from tests.product import until
from tests.whatsapp_server.client import Simulator


def test_everything_is_stopped_at_once(choir: Hands, books: Books) -> None:
    books.schedule(1, f"+{BOB}", "Wrong, and never sent", day(0, "23:58"), "Europe/Berlin")
    choir.clicks(choir.button("Stop everything"))

    banner = choir.page.get_by_role("alert").filter(has_text="you stopped it at")
    expect(banner).to_be_visible()
    assert books.account(1).paused_at is not None
    choir.has_done_it()
    goes_on(choir, "Go on")


def test_it_is_stopped_while_whatsapp_is_away(
    choir: Hands, books: Books, phones: Simulator
) -> None:
    with away(phones):
        expect(choir.words("No connection to WhatsApp")).to_be_visible()
        books.schedule(1, f"+{CARA}", "Written in anger")
        choir.clicks(choir.button("Stop everything"))
        expect(choir.words("you stopped it at")).to_be_visible()
    choir.has_done_it()

    until(lambda: books.account(1).state == "connected", "it is back")
    goes_on(choir, "Leave it out")
    assert "Written in anger" not in phones.texts(CARA)


def test_a_message_is_moved_by_touch(choir: Hands, books: Books) -> None:
    books.schedule(1, f"+{BOB}", "Bring your scores", day(1, "10:00"), "Europe/Berlin")
    choir.clicks(choir.link("Calendar"))
    choir.clicks(choir.page.locator(f"[data-day='{day(1):%Y-%m-%d}']"))
    row = choir.page.locator(".cal-entry", has_text="Bring your scores")
    choir.clicks(row.locator("summary"))
    choir.dates("Date", f"{day(2):%Y-%m-%d}")
    choir.clicks(row.get_by_role("button", name="Move", exact=True))

    expect(choir.page.get_by_text("Moved to")).to_contain_text("10:00")


@contextmanager
def away(phones: Simulator) -> Iterator[None]:
    """WhatsApp cannot be reached meanwhile."""
    phones.go_down()
    try:
        yield
    finally:
        phones.come_back()


def goes_on(hands: Hands, answer: str) -> None:
    """End the stop again."""
    hands.page.get_by_role("button", name=re.compile("^Go on with")).first.click()
    hands.page.get_by_role("alertdialog").get_by_role("button", name=answer, exact=True).click()
    expect(hands.page.locator("#stopped")).to_have_count(0)
