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


def test_todays_is_skipped_and_taken_in_again(choir: Hands, books: Books) -> None:
    _repeats(books, "Water the flowers", "23:57")
    choir.clicks(choir.link(re.compile("^Messages")))
    choir.clicks(choir.link(re.compile("^Repeating")))
    expect(choir.words("Every day at 23:57")).to_be_visible()  # in place of the list before
    choir.clicks(choir.row("Water the flowers"))
    choir.clicks(choir.button("Skip the next one"))
    expect(choir.words("is left out")).to_be_visible()
    choir.clicks(choir.button("Undo"))

    expect(choir.words("is left out")).to_have_count(0)


def test_the_text_of_tomorrow_alone_is_changed(choir: Hands, books: Books) -> None:
    _repeats(books, "Feed the fish", "23:56")
    choir.clicks(choir.link("Calendar"))
    choir.clicks(choir.page.locator(f"[data-day='{day(1):%Y-%m-%d}']"))
    row = choir.page.locator(".cal-entry", has_text="Feed the fish")
    choir.clicks(row.get_by_role("link", name=re.compile("^Edit")))
    choir.clicks(choir.radio("Only the one tomorrow at 23:56"))
    choir.writes("Message", "Feed the fish, and the cat")
    choir.clicks(choir.button("Save"))

    expect(choir.words("Changed from its series")).to_be_visible()
    expect(choir.page.locator(".bubble")).to_contain_text("Feed the fish, and the cat")


def test_back_leads_to_the_tab_one_came_from(choir: Hands, books: Books) -> None:
    books.schedule(1, f"+{BOB}", "There and back")
    choir.clicks(choir.link(re.compile("^Messages")))
    choir.clicks(choir.link(re.compile("^Past")))
    choir.clicks(choir.row("There and back"))
    expect(choir.page.get_by_role("heading", name="What happened")).to_be_visible()
    choir.goes_back()

    expect(choir.link(re.compile("^Past"))).to_have_attribute("aria-current", "page")
    expect(choir.row("There and back")).to_be_focused()


def _repeats(books: Books, text: str, clock: str) -> None:
    """Each day from today on."""
    books.schedule(1, f"+{BOB}", text, day(0, clock), "Europe/Berlin", rrule="FREQ=DAILY")


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
