"""Somebody who has never seen it, with a phone in hand and no manual.

Everything is found by the words and roles that the page shows; addresses are never typed.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import new_context, surroundings
from tests.browser.look import can_be_read, tab, wears, writable
from tests.browser.person import OWNER, Person
from tests.product import Product, upgrade_held
from tests.whatsapp_server.client import Simulator
from wasched.services.schedules import first_message

ADA, BOB = "4915100000001", "4915100000002"


@pytest.fixture
def product(tmp_path: Path, whatsapp: Simulator) -> Iterator[Product]:
    """The product that is about to be started for the first time."""
    new = Product(tmp_path / "the product", surroundings(whatsapp))
    yield new
    new.end()


@pytest.fixture
def small_screen(chromium: Browser, product: Product) -> Iterator[Page]:
    """A phone's browser that stands on the first page; the test fails if its console complains."""
    context = new_context(chromium, product, viewport={"width": 360, "height": 780})
    _starts_while_somebody_looks(product, context)
    with tab(context) as page:
        page.goto("/")
        yield page
    context.close()


def test_a_newcomer_links_schedules_finds_changes_and_cancels(
    small_screen: Page, whatsapp: Simulator, chromium: Browser, product: Product
) -> None:
    _stands_whole_without_scripts(chromium, product)
    _is_told_of_a_wrong_word_where_it_is_typed(chromium, product)
    whatsapp.add_person(phone=ADA, name="Ada")
    whatsapp.add_person(phone=BOB, name="Bob")
    page = small_screen
    _links(page, whatsapp)
    _schedules(page, "Choir on Friday")
    _finds(page, "Friday")
    _changes(page, "Choir on Saturday, 18:00")
    _cancels(page)

    assert whatsapp.texts(BOB) == []


def _starts_while_somebody_looks(product: Product, context: BrowserContext) -> None:
    page = context.new_page()
    with upgrade_held(product.settings.data_path, "Step 2 of 3: Count <what> is there."):
        product.start_api(answers=503)
        page.goto("/messages")
        expect(page.get_by_role("heading", name="Preparing the database")).to_be_visible()
        expect(page.get_by_text("Step 2 of 3: Count <what> is there.")).to_be_visible()
        page.route("**/messages", _answer_once)  # it is looked at for as long as that takes
        page.reload()
        _can_be_read(page)
        page.unroute_all()
        page.reload()
    expect(page.get_by_label("Your name")).to_be_visible()
    page.close()
    product.start_worker()


def _answer_once(route: Route) -> None:
    """Let a page come that does not load itself anew."""
    answer = route.fetch()
    heads = {name: value for name, value in answer.headers.items() if name != "refresh"}
    assert heads != answer.headers
    route.fulfill(response=answer, headers=heads)


def _stands_whole_without_scripts(chromium: Browser, product: Product) -> None:
    context = new_context(chromium, product, java_script_enabled=False)
    with tab(context) as page:
        page.goto("/set-up")
        for name in ("Your name", "Time zone"):
            expect(page.get_by_label(name)).to_be_visible()
        expect(page.get_by_role("button", name="Back")).to_be_hidden()
    context.close()


def _is_told_of_a_wrong_word_where_it_is_typed(chromium: Browser, product: Product) -> None:
    """Somebody who comes by another name of the server, so that it asks for the word in its log."""
    found = re.search(r"To set up from elsewhere: ([\w-]+)", product.log("api"))
    assert found is not None
    context = new_context(chromium, product, viewport={"width": 360, "height": 780})
    with tab(context) as page:
        page.goto(f"http://choir.localhost:{product.port}/")
        Person(page).fills_in(OWNER)
        word = page.get_by_label("Word in the server's log")
        word.fill("0000-0000-0000")
        page.keyboard.press("Enter")
        expect(page.get_by_text("That is not the word in the server's log")).to_be_visible()
        expect(word).to_be_focused()
        expect(page.get_by_label("Password", exact=True)).to_have_value(OWNER.password)
        _can_be_read(page)
        word.fill(found[1])
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", name="2 of 3")).to_be_focused()
    context.close()


def _links(page: Page, phones: Simulator) -> None:
    _sets_up(page)
    page.get_by_role("link", name="Link a phone").click()
    page.get_by_label("What do you call this phone?").fill("Choir phone")
    page.get_by_role("button", name="Show the code").click()
    _links_by_number(page, phones)
    _tries_it(page, phones)


def _links_by_number(page: Page, phones: Simulator) -> None:
    """On the phone itself, which cannot scan its own screen: as the number is written at home."""
    page.get_by_label("Number of this phone").fill("0151 00000001")
    page.get_by_role("button", name="Get a code").click()
    shown = page.get_by_text(re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$"))
    expect(shown).to_be_visible()
    expect(page.get_by_role("button", name="Get another code")).not_to_have_class(
        re.compile("primary")
    )
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == shown.inner_text().replace("-", "")
    _can_be_read(page)
    phones.enter_code(phone=ADA, code=copied)
    expect(page.get_by_text("Connected").locator("visible=true").first).to_be_visible()


def _tries_it(page: Page, phones: Simulator) -> None:
    page.get_by_role("button", name="Send yourself a test").click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Sent", exact=True).first).to_be_visible()
    assert [one["text"] for one in phones.outbox(phone=ADA)] == [first_message.WORDS]


def _sets_up(page: Page) -> None:
    """Three steps with the keyboard, and once back, as a phone's own button does."""
    Person(page).fills_in(replace(OWNER, password="password12"))
    expect(page.get_by_text("Easy to guess")).to_be_visible()
    _can_be_read(page)
    page.get_by_label("Password", exact=True).fill(OWNER.password)
    expect(page.get_by_text("Very good.")).to_be_visible()
    stood = _card(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 of 3")).to_be_focused()
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    expect(page.get_by_text(re.compile(r"It is \d\d:\d\d there"))).to_be_visible()
    _can_be_read(page)
    page.go_back()
    expect(page.get_by_role("heading", name="1 of 3")).to_be_focused()
    expect(page.get_by_label("Password", exact=True)).to_have_value(OWNER.password)
    page.get_by_label("E-mail").press("Enter")
    page.get_by_label("Time zone").fill("Europe/Atlantis")
    expect(page.get_by_text("That is no time zone")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Time zone")).to_be_focused()
    page.get_by_label("Time zone").fill("Europe/Berlin")
    expect(page.get_by_text(re.compile(r"It is \d\d:\d\d there"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3 of 3")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Try it in practice mode first")).to_be_visible()
    _can_be_read(page)
    assert _card(page) == stood  # it stays where it is through all steps


def _card(page: Page) -> float:
    return float(page.locator(".door > .card").evaluate("it => it.getBoundingClientRect().top"))


def _can_be_read(page: Page) -> None:
    can_be_read(page)
    wears(page, 360, "light")


def _schedules(page: Page, text: str) -> None:
    page.get_by_role("link", name="New", exact=True).click()
    writable(page)
    Person(page).addresses(f"+{BOB}")
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_role("radio", name="Once", exact=True).click()
    page.get_by_role("button", name="Tomorrow 08:00").click()
    expect(page.get_by_text("08:00").locator("visible=true").first).to_be_visible()
    page.get_by_role("button", name="Schedule", exact=True).locator("visible=true").click()
    expect(page.get_by_role("main").get_by_text(text).first).to_be_visible()


def _finds(page: Page, words: str) -> None:
    page.get_by_role("link", name=re.compile("^Messages")).locator("visible=true").click()
    page.get_by_label("Search").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**q={words}**")  # else the answer takes the page back to the list
    page.get_by_role("main").get_by_role("link", name="+49 1510").first.click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()


def _changes(page: Page, text: str) -> None:
    page.get_by_role("link", name="Edit").click()
    field = page.get_by_label("Message", exact=True)
    expect(field).to_have_value("Choir on Friday")
    field.fill(text)
    page.get_by_role("button", name="Save", exact=True).locator("visible=true").click()
    expect(page.get_by_text("Save", exact=True)).to_have_count(0)
    expect(page.get_by_role("main").get_by_text(text).first).to_be_visible()


def _cancels(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Messages")).locator("visible=true").click()
    page.get_by_role("main").get_by_role("link", name="+49 1510").first.click()
    page.get_by_role("button", name="Cancel it").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Cancel it").click()
    expect(page.get_by_role("main").get_by_text("Cancelled").first).to_be_visible()
