"""What cannot be: a sentence each; the form is kept and nothing is saved."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import api_alone, new_context
from tests.browser.look import tab, writable
from tests.browser.person import OWNER, Person
from tests.product import Product

BOB = "+49 151 0000 0012"
NEXT_YEAR = f"{datetime.now(UTC).year + 1}-07-01"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The api alone, where anybody may sign up."""
    with api_alone(tmp_path_factory.mktemp("refusals"), ALLOW_REGISTRATION="true") as served:
        yield served


@pytest.fixture
def stranger(chromium: Browser, product: Product, context: BrowserContext) -> Iterator[Page]:
    """Somebody who is not signed in, at the door of the server."""
    outside = new_context(chromium, product)
    with tab(outside) as page:
        page.goto("/sign-in")
        yield page
    outside.close()


@pytest.fixture
def new(context: BrowserContext) -> Iterator[Page]:
    """An empty new message."""
    with tab(context) as page:
        page.add_init_script("localStorage.clear()")
        page.goto("/new")
        writable(page)
        yield page


@pytest.fixture
def composing(new: Page) -> Iterator[Page]:
    """A good message to Bob, not yet scheduled, and not at the end either."""
    Person(new).addresses(BOB)
    new.get_by_label("Message", exact=True).fill("Kept words")
    yield new
    new.goto("/messages?tab=all&q=Kept+words")
    expect(new.get_by_role("main").get_by_text("Nothing matches")).to_be_visible()


def test_a_wrong_password(stranger: Page) -> None:
    Person(stranger).signs_in(OWNER.email, "a wrong password")

    expect(stranger.get_by_text("do not match")).to_be_visible()
    expect(stranger.get_by_label("E-mail")).to_have_value(OWNER.email)


def test_an_email_that_is_taken_cannot_sign_up_again(stranger: Page) -> None:
    stranger.get_by_role("link", name="Sign up").click()
    Person(stranger).fills_in(OWNER)
    stranger.get_by_role("button", name="Sign up").click()

    expect(stranger.get_by_text("signed up with this e-mail").first).to_be_visible()
    expect(stranger.get_by_label("Your name")).to_have_value(OWNER.name)


def test_a_number_without_its_country(new: Page) -> None:
    new.get_by_label("To", exact=True).fill("99")
    new.keyboard.press("Enter")

    expect(new.get_by_role("main").get_by_text('"99"').first).to_be_visible()


def test_a_date_in_the_past(composing: Page) -> None:
    Person(composing).sets_time("2020-01-01", "09:00")
    composing.get_by_role("button", name="Schedule", exact=True).first.click()

    expect(composing.get_by_text("is over").first).to_be_visible()
    expect(composing.get_by_label("Message", exact=True)).to_have_value("Kept words")


def test_a_zone_that_does_not_exist(composing: Page) -> None:
    Person(composing).sets_time(NEXT_YEAR, "09:00")
    composing.get_by_label("Time zone").fill("Europe/Atlantis")
    composing.get_by_role("button", name="Schedule", exact=True).first.click()

    expect(composing.get_by_text("Europe/Atlantis").first).to_be_visible()


@pytest.mark.parametrize("text", ["", " \n ", "a" * 65_537], ids=["none", "blank", "too long"])
def test_a_text_that_cannot_be_sent(composing: Page, text: str) -> None:
    Person(composing).sets_time(NEXT_YEAR, "09:00")
    composing.get_by_label("Message", exact=True).fill(text)
    composing.get_by_role("button", name="Schedule", exact=True).first.click()

    said = re.compile("Write the message first|65,?536")
    expect(composing.get_by_text(said).first).to_be_visible()
