"""An author and a manager in two browsers: a message is asked for, refused, changed, approved."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import full
from tests.browser.conftest import api_alone, invited, new_context, owner_of
from tests.browser.look import fits, tab, violations
from tests.browser.person import OWNER, Person
from tests.product import Product


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The api alone: nothing goes out."""
    with api_alone(tmp_path_factory.mktemp("approval")) as served:
        yield served


@pytest.fixture
def manager(chromium: Browser, product: Product) -> Iterator[Page]:
    """Home of who runs the server and has a linked phone."""
    state = owner_of(product)
    full.link_phone(product.settings, OWNER.email)
    with tab(new_context(chromium, product, storage_state=state)) as opened:
        opened.goto("/")
        yield opened


@pytest.fixture
def author(chromium: Browser, product: Product, manager: Page) -> Iterator[Page]:
    """Home of Clara, who writes in the same space."""
    state = invited(product, "Clara", "clara@choir.example", "author")
    with tab(new_context(chromium, product, storage_state=state)) as opened:
        opened.goto("/")
        yield opened


def test_it_waits_comes_back_with_a_word_and_goes_once_it_is_approved(
    manager: Page, author: Page
) -> None:
    expect(author.get_by_role("button", name="Stop everything")).to_have_count(0)
    Person(author).begins("+49 151 0000 0012", "The market is open")
    author.get_by_label("When, in your words").fill("every friday at 18:00")
    author.get_by_role("button", name="Schedule", exact=True).first.click()
    expect(author.get_by_text("It waits for approval")).to_be_visible()
    author.goto("/")

    asked = manager.get_by_role("link", name="Clara asks for approval")
    expect(asked).to_be_visible()  # by itself, on the page that stood open
    manager.goto("/messages?tab=needs")
    row = manager.locator(".m-row", has_text="Waits for approval")
    row.get_by_role("link").first.press("Enter")
    manager.get_by_text("Refuse with a word").press("Enter")
    manager.get_by_role("button", name="Give it back").press("Enter")
    word = manager.get_by_label("Why not?")
    expect(word).to_be_focused()  # nothing was said
    expect(manager.get_by_text("Say in a word or two why not.")).to_be_visible()
    assert fits(manager) and violations(manager) == []
    word.fill("Not on Good Friday")
    word.press("Enter")
    expect(manager.get_by_text("Given back to its author.")).to_be_visible()

    back = author.get_by_role("link", name="Miriam Okafor did not approve this")
    expect(author.get_by_text("“Not on Good Friday”")).to_be_visible()
    back.press("Enter")
    author.get_by_role("link", name="Edit", exact=True).first.click()
    author.get_by_label("All that are still to come").click()
    author.get_by_role("button", name="Save", exact=True).first.click()
    expect(author.get_by_text("Saved. It waits for approval")).to_be_visible()

    expect(manager.get_by_role("heading", name="Clara asks for approval")).to_be_visible()
    manager.goto("/")
    manager.wait_for_load_state("networkidle")  # what Home last showed here was asked before
    asked.focus()
    manager.keyboard.press("y")  # as the list of keys says
    expect(manager.get_by_text("Approved.")).to_be_visible()
    expect(asked).to_have_count(0)
