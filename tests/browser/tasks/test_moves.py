"""Messages are moved to another day in the calendar, at a desk: by keyboard, and by mouse."""

from datetime import datetime, timedelta

from playwright.sync_api import Locator, expect

from tests.books import Books
from tests.browser.tasks.conftest import CARA, day
from tests.browser.tasks.hands import Hands


def test_a_message_is_moved_by_two_days_by_keyboard(bakery: Hands, books: Books) -> None:
    books.schedule(1, f"+{CARA}", "Bring the cakes", day(1, "05:00"), "Europe/Berlin")
    bakery.presses("g", "c")
    bakery.page.wait_for_url("**/calendar")
    expect(bakery.page.get_by_role("grid")).to_be_visible()
    _tabs_to_the_grid(bakery)
    bakery.presses("ArrowRight")
    expect(bakery.page.locator(f"{_of(day(1))}:focus")).to_be_visible()
    bakery.presses("Enter")
    moved = bakery.page.locator(":focus")
    label = moved.get_attribute("aria-label") or ""
    assert "05:00" in label
    for days in (2, 3):
        bakery.presses("Alt+ArrowRight")
        expect(_entry(bakery, day(days), label)).to_be_focused()

    expect(bakery.page.get_by_text("Moved to").last).to_contain_text("05:00")
    expect(_entry(bakery, day(1), label)).to_have_count(0)


def test_a_message_is_dragged_to_another_day(bakery: Hands, books: Books) -> None:
    week = (day(0, "05:30").replace(day=1) + timedelta(days=32)).replace(day=10)
    books.schedule(1, f"+{CARA}", "Order the flour", week, "Europe/Berlin")
    bakery.clicks(bakery.link("Calendar"))
    bakery.clicks(bakery.link("Later"))
    entry = bakery.page.locator(f"{_of(week)} .ev", has_text="05:30")
    bakery.drags(entry, bakery.page.locator(_of(week + timedelta(days=1))))

    expect(bakery.page.get_by_text("Moved to")).to_contain_text("05:30")
    expect(bakery.page.locator(f"{_of(week + timedelta(days=1))} .ev")).to_contain_text("05:30")


def _tabs_to_the_grid(hands: Hands) -> None:
    """The day that is chosen is reached within a few presses."""
    for _ in range(20):
        hands.presses("Tab")
        if hands.page.locator("[role=gridcell]:focus").count():
            return
    raise AssertionError("Tab never leads to a day")


def _of(when: datetime) -> str:
    return f"[role=gridcell][data-day='{when:%Y-%m-%d}']"


def _entry(hands: Hands, when: datetime, label: str) -> Locator:
    return hands.page.locator(_of(when)).get_by_label(label, exact=True)
