"""A schedule's page in a browser: paused, skipped, edited, and everything taken back again."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.books import Books
from tests.browser.catalogue import TWO_LOOKS
from tests.browser.conftest import api_alone
from tests.browser.look import can_be_read, tab
from tests.product import Product


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The api alone: no worker changes what the tests put there."""
    with api_alone(tmp_path_factory.mktemp("schedules")) as served:
        yield served


@pytest.fixture
def page(context: BrowserContext, product: Product) -> Iterator[Page]:
    """The page of a schedule that repeats every Friday."""
    with tab(context) as opened:
        opened.goto(f"/schedules/{_every_friday(product)}")
        expect(opened.get_by_role("heading", name="What is to come")).to_be_visible()
        yield opened


def _every_friday(product: Product) -> int:
    books, begins = Books(product), datetime.now(UTC).date() + timedelta(days=1)
    friday = datetime.combine(begins + timedelta(days=(4 - begins.weekday()) % 7), time(18))
    made = books.schedule(
        *(1, "+4915100000012", "The market is open", friday, "Europe/Berlin"),
        rrule="FREQ=WEEKLY;BYDAY=FR",
    )
    books.close()
    return made


def times(page: Page) -> list[str]:
    """The days on which it is to go out."""
    return page.locator(".fires li > b").all_inner_texts()


def test_it_is_paused_and_skipped_and_both_are_taken_back(page: Page) -> None:
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_text("nothing goes out until it is resumed")).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()

    before = times(page)
    page.get_by_role("button", name=re.compile("^Skip .* at 18:00")).nth(1).press("Enter")
    expect(page.get_by_text("is left out")).to_be_visible()
    assert before[1] not in times(page)
    page.get_by_role("button", name=re.compile("^Take in again")).press("Enter")
    expect(page.get_by_text("is left out")).to_have_count(0)
    expect(page.locator(".fires button:focus")).to_have_count(1)
    assert times(page) == before

    page.get_by_role("button", name="Stop repeating").click()
    expect(page.get_by_text("Over", exact=True)).to_be_visible()
    assert times(page) == []


def test_a_key_pressed_twice_never_skips_two_dates(page: Page) -> None:
    before = times(page)
    page.get_by_role("button", name=re.compile("^Skip .* at 18:00")).first.focus()

    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Take in again"))).to_be_focused()
    assert before[1] in times(page)
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name=f"Skip {before[0]} at 18:00")).to_be_focused()
    assert times(page) == before

    page.get_by_role("button", name="Skip the next one").press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Take in again"))).to_be_focused()


def test_one_of_its_times_is_changed_and_then_all(page: Page) -> None:
    first, address = times(page)[0], page.url
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page).to_have_title("Edit message · wasched")
    page.get_by_label("Message", exact=True).fill("The market opens late")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("Say which ones you mean.")).to_be_visible()
    page.get_by_label(re.compile("^Only the one")).click()
    page.get_by_label("Time", exact=True).fill("19:15")
    expect(page.locator(".sentence")).to_contain_text("at 19:15")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.wait_for_url("**/schedules/*")
    expect(page.locator(".sentence")).to_contain_text("Once,")
    expect(page.locator(".bubble")).to_contain_text("The market opens late")

    page.goto(address)
    expect(
        page.get_by_role("link", name="goes at 19:15 instead, with another text")
    ).to_be_visible()
    expect(page.get_by_text("is left out")).to_have_count(0)
    assert first not in times(page)
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page.get_by_label("Message", exact=True)).to_have_value("The market is open")
    page.get_by_label("All that are still to come").click()
    page.get_by_role("checkbox", name="Friday").click()
    page.get_by_role("checkbox", name="Saturday").click()
    expect(page.locator(".sentence")).to_contain_text("Every Saturday at 18:00")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.wait_for_url(address)
    expect(page.locator(".sentence")).to_contain_text("Every Saturday at 18:00")


def test_the_page_can_be_read_by_all(page: Page) -> None:
    can_be_read(page, TWO_LOOKS)
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page.get_by_role("group", name="What do you want to change?")).to_be_visible()
    can_be_read(page, TWO_LOOKS)
