"""The server goes away and comes back, while somebody looks and types."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect
from sqlalchemy import text

from tests.books import Books
from tests.browser import full
from tests.browser.conftest import api_alone, only_tab, owner_of
from tests.browser.look import violations
from tests.browser.person import OWNER, Person
from tests.product import Product
from wasched import db
from wasched.models import Account

BOB = "4915100000002"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The api alone: nothing goes out."""
    with api_alone(tmp_path_factory.mktemp("lost")) as served:
        yield served


@pytest.fixture(scope="module")
def cookies(product: Product) -> StorageState:
    """Of the owner, whose phone is linked."""
    state = owner_of(product)
    full.link_phone(product.settings, OWNER.email)
    return state


@pytest.fixture
def owner(chromium: Browser, product: Product, cookies: StorageState) -> Iterator[Person]:
    """The owner, who stands on Home."""
    with only_tab(chromium, product, storage_state=cookies) as page:
        page.goto("/")
        yield Person(page)


@pytest.fixture
def books(product: Product, cookies: StorageState) -> Iterator[Books]:
    """The product's database, which has that account."""
    kept = Books(product)
    yield kept
    kept.close()


def test_a_killed_api_is_said_and_nothing_typed_is_lost_and_no_page_stays_old(
    owner: Person, product: Product, books: Books
) -> None:
    typing, looking = owner.page, owner.page.context.new_page()
    choosing = _chooses_one_of_two(owner.page.context.new_page(), books)
    owner.begins(f"+{BOB}", "Typed before")
    expect(typing.get_by_text("Typed before")).to_have_count(2)  # the field, and its preview
    looking.goto("/accounts")
    expect(looking.get_by_role("main").get_by_text("Choir phone")).to_be_visible()

    product.kill_whole("api")
    for page in (typing, looking, choosing):
        expect(page.get_by_text("No connection to your server")).to_be_visible()
    typing.get_by_label("Message", exact=True).fill("Typed while nobody answered")
    typing.get_by_role("radio", name="Repeats").click()
    expect(typing.get_by_role("radio", name="Repeats")).to_be_checked()
    with books.scope() as session:
        session.get_one(Account, 1).name = "Renamed meanwhile"
    _comes_back_in_an_older_version(product, looking.context.new_page(), books)

    expect(looking.get_by_role("main").get_by_text("Renamed meanwhile")).to_be_visible()
    for page in (typing, looking, choosing):
        expect(page.get_by_text("No connection to your server")).to_have_count(0)
    _cancels_what_was_chosen(choosing)
    expect(typing.get_by_label("Message", exact=True)).to_have_value("Typed while nobody answered")
    expect(typing.get_by_role("button", name="Remove")).to_have_count(1)
    expect(typing.get_by_label("Unit")).to_be_visible()  # what was pressed is known now
    expect(typing.get_by_role("radio", name="Repeats")).to_be_checked()
    typing.get_by_role("radio", name="Now", exact=True).click()
    typing.get_by_role("button", name="Send", exact=True).first.click()
    typing.wait_for_url("**/messages**")
    owner.opens_message("Typed while nobody answered")


def _chooses_one_of_two(page: Page, books: Books) -> Page:
    for days in (1, 2):
        books.schedule(1, f"+{BOB}", f"In {days} days", datetime.now(UTC) + timedelta(days=days))
    page.goto("/messages")
    page.get_by_label("Choose all").click()
    expect(page.get_by_text("2 chosen")).to_be_visible()
    page.get_by_role("checkbox", name="Choose +49").first.uncheck()
    expect(page.get_by_text("1 chosen")).to_be_visible()
    return page


def _cancels_what_was_chosen(page: Page) -> None:
    """The api has forgotten it; the page says it again."""
    boxes = page.get_by_role("checkbox", name="Choose +49")
    expect(page.get_by_text("1 chosen")).to_be_visible()
    expect(boxes.nth(0)).not_to_be_checked()
    expect(boxes.nth(1)).to_be_checked()
    page.get_by_role("button", name="Cancel them").click()
    expect(page.get_by_text("Cancelled: 1 message.")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("In 2 days")).to_have_count(0)
    expect(page.get_by_label("Choose all")).not_to_be_checked()
    expect(page.get_by_role("main").get_by_text("In 1 days").first).to_be_visible()


def _comes_back_in_an_older_version(product: Product, page: Page, books: Books) -> None:
    """The api starts on a database that is too new for it, and says so until that is mended."""
    _mark(books, "9")
    product.start_api(answers=503)
    page.goto("/accounts")
    expect(page.get_by_role("heading", name="The database cannot be used")).to_be_visible()
    expect(page.get_by_text("was made by a newer wasched (9;")).to_be_visible()
    assert violations(page) == []
    _mark(books, db.HEAD)
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    page.close()


def _mark(books: Books, version: str) -> None:
    with books.scope() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_words_typed_without_a_connection_survive_that_the_page_is_put_away(
    owner: Person, product: Product, books: Books
) -> None:
    page = owner.page
    owner.begins(f"+{BOB}", "Typed before")
    expect(page.get_by_text("Typed before")).to_have_count(2)  # kept, as its preview shows
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    product.kill_whole("api")
    expect(page.get_by_text("No connection to your server")).to_be_visible()
    _presses_and_takes_back(page)
    page.get_by_label("Message", exact=True).fill("Typed at the bus stop")
    page.reload()
    expect(page.get_by_role("heading", name="Your server does not answer.")).to_be_visible()
    _mark(books, "9")
    product.start_api(answers=503)
    expect(page.get_by_role("heading", name="The database cannot be used")).to_be_visible()
    _mark(books, db.HEAD)

    expect(page.get_by_label("Message", exact=True)).to_have_value("Typed at the bus stop")
    expect(page.locator("#preview").get_by_text("Typed at the bus stop")).to_be_visible()


def _presses_and_takes_back(page: Page) -> None:
    """What is pressed waits, and says so; what it will send cannot be changed meanwhile."""
    schedule, text = page.get_by_role("button", name="Schedule").first, page.locator("#text")
    schedule.click()
    expect(page.get_by_text("“Schedule” goes as soon as the line is back")).to_be_visible()
    assert schedule.get_attribute("aria-busy") == "true"
    text.focus()
    page.keyboard.type("Another text")
    expect(text).to_have_value("Typed before")
    page.get_by_role("button", name="Take back").click()
    expect(schedule).to_be_focused()
    expect(page.locator("#waits")).to_be_empty()
