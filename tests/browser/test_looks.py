"""Every page in every state: in many widths, by day and by night, in large text, forced colours."""

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser import full
from tests.browser.catalogue import (
    AT_ONCE,
    CALM,
    DOORS,
    EMPTY,
    FAILED,
    FULL,
    GONE,
    LOOKS,
    PAGES,
    TWO_LOOKS,
    View,
    shape,
)
from tests.browser.conftest import invited, visits
from tests.browser.links import Links
from tests.browser.look import can_be_read, kept_tab, settled, tab
from tests.browser.trouble import a_folder_in_the_place_of, silent_worker, without_sessions
from tests.browser.widths import has_edges, is_whole
from tests.product import Product
from wasched.ui.core import routes

_MANY = pytest.mark.torture
_DIFFERENT = (
    *("/", "/new", "/calendar", "/messages", "/recipients", "/recipients/1", "/accounts"),
    *("/accounts/1", "/settings", "/health"),
)
"""Pages that wait, fail and are empty each in a way of their own, and by day are not as by night.

`make torture` looks at all.
"""

_WAITS_AND_FAILS = ("/", "/new", "/calendar", "/messages", "/recipients/1", "/settings")
"""Of these, pages with words at once, and with a list, a person or cards to come."""


def each(views: tuple[View, ...]) -> pytest.MarkDecorator:
    """One test for each of the views."""
    return pytest.mark.parametrize("view", views, ids=lambda view: view.path)


def each_kind(views: tuple[View, ...], kinds: tuple[str, ...] = _DIFFERENT) -> pytest.MarkDecorator:
    """The same for what pages have alike: few of them, and all in `make torture`."""
    few = [one if one.path in kinds else pytest.param(one, marks=_MANY) for one in views]
    return pytest.mark.parametrize("view", few, ids=lambda view: view.path)


@pytest.fixture(scope="module")
def links(full_product: Product) -> Links:
    """What pages lead to there; each address is followed once."""
    return Links(full_product)


@pytest.fixture(scope="module")
def owner(
    chromium: Browser, full_product: Product, full_owner: StorageState
) -> Iterator[BrowserContext]:
    """The browser of the full server's owner."""
    with visits(chromium, full_product, full_owner) as opens:
        yield opens(*LOOKS[0])


@pytest.fixture(scope="module")
def newcomer(
    chromium: Browser, full_product: Product, full_owner: StorageState
) -> Iterator[BrowserContext]:
    """The browser of somebody who has just signed up there, as the owner asked them to."""
    state = invited(full_product, "Tomás", "tomas@choir.example")
    with visits(chromium, full_product, state) as opens:
        yield opens(*LOOKS[0])


@pytest.fixture(scope="module")
def calm(
    chromium: Browser, full_product: Product, full_owner: StorageState
) -> Iterator[BrowserContext]:
    """The browser of somebody who has linked a phone, and nothing more."""
    state = invited(full_product, "Ilse", "ilse@choir.example")
    full.link_phone(full_product.settings, "ilse@choir.example")
    with visits(chromium, full_product, state) as opens:
        yield opens(*LOOKS[0])


@pytest.fixture(scope="module")
def nobody(
    chromium: Browser, full_product: Product, full_owner: StorageState
) -> Iterator[BrowserContext]:
    """A browser in which nobody is signed in."""
    with visits(chromium, full_product, full_owner) as opens:
        yield opens(*LOOKS[0], storage_state=None)


@pytest.fixture(scope="module")
def unanswered(
    chromium: Browser, full_product: Product, full_owner: StorageState
) -> Iterator[BrowserContext]:
    """The owner's browser, to which nobody says anything after a page has come."""
    with visits(chromium, full_product, full_owner) as opens:
        context = opens(*LOOKS[0])
        context.route_web_socket("**/_event/**", lambda _socket: None)
        yield context


def test_every_page_is_in_the_catalogue() -> None:
    known = {shape(one.path) for one in (*PAGES, *DOORS)}
    pages = [value for name, value in vars(routes).items() if name.isupper() and name != "FIXED"]

    paths = [page for page in pages if isinstance(page, str) and page.startswith("/")]
    assert {shape(page) for page in paths} - {"/schedules"} == known


@each_kind(EMPTY)
def test_an_empty_page_says_what_it_is_for(
    newcomer: BrowserContext, links: Links, view: View
) -> None:
    _look_at(newcomer, view, links)


def test_what_cannot_be_read_is_a_red_line_among_the_others(
    owner: BrowserContext, full_product: Product
) -> None:
    with tab(owner) as page:
        with a_folder_in_the_place_of(full_product.settings.data_path / "log" / "worker.jsonl"):
            page.goto("/health")
            expect(page.get_by_text("It cannot be read: Is a directory.")).to_be_visible()
            for line in ("The pages are served.", "The database answers."):
                expect(page.get_by_text(line)).to_be_visible()
            can_be_read(page)
        page.get_by_role("button", name="Look again").click()
        expect(page.get_by_text("It cannot be read")).to_have_count(0)


@each(CALM)
def test_a_page_where_nothing_is_due_is_calm(
    calm: BrowserContext, links: Links, view: View
) -> None:
    _look_at(calm, view, links)


@each(FULL)
def test_a_full_page_can_be_read_by_all(owner: BrowserContext, links: Links, view: View) -> None:
    """The phone by night and the desktop by day; the other way round the pages that differ most."""
    _look_at(owner, view, links, LOOKS if view.path in _DIFFERENT else TWO_LOOKS)


@pytest.mark.torture
@each(FULL)
def test_a_full_page_can_be_read_in_every_look(owner: BrowserContext, view: View) -> None:
    with kept_tab(owner) as page:
        page.goto(view.path)
        settled(page)
        can_be_read(page)


@each(GONE)
def test_what_is_not_there_is_said_to_be_so(
    owner: BrowserContext, links: Links, view: View
) -> None:
    _look_at(owner, view, links)


@each(DOORS)
def test_a_door_can_be_read_by_all(nobody: BrowserContext, links: Links, view: View) -> None:
    _look_at(nobody, view, links)


def test_an_address_cannot_put_words_on_the_door(nobody: BrowserContext) -> None:
    with tab(nobody) as page:
        page.goto("/sign-in?error=Call+0900+123&field=email")
        expect(page.get_by_text("That did not work. Try again.")).to_be_visible()
        expect(page.get_by_text("0900")).to_have_count(0)


@each_kind(PAGES, _WAITS_AND_FAILS)
def test_a_page_that_waits_shows_its_shape(unanswered: BrowserContext, view: View) -> None:
    with kept_tab(unanswered) as page:
        page.goto(view.path)
        if view.path in AT_ONCE:
            _says(page, AT_ONCE[view.path])
        else:
            expect(page.get_by_role("status", name="Loading")).to_be_visible()
            page.evaluate("document.getAnimations().forEach((one) => one.finish())")  # ten seconds
            _says(page, "This takes longer than usual.")
        can_be_read(page, TWO_LOOKS)


@each_kind(PAGES, _WAITS_AND_FAILS)
def test_a_page_that_fails_says_so_and_comes_back(
    owner: BrowserContext, full_product: Product, view: View
) -> None:
    with kept_tab(owner) as page:
        with without_sessions(full_product):
            page.goto(view.path)
            expect(page.get_by_role("alert").get_by_text(FAILED)).to_be_visible()
            can_be_read(page, TWO_LOOKS)
        page.get_by_role("link", name="Try again").click()
        _says(page, view.words)
        expect(page.get_by_text(FAILED)).to_have_count(0)


def test_a_server_whose_worker_is_silent_says_so_on_every_page(
    owner: BrowserContext, full_product: Product
) -> None:
    with silent_worker(full_product), tab(owner) as page:
        for path in ("/", "/messages", "/new"):
            page.goto(path)
            alert = page.get_by_role("alert").filter(has_text="Sending stands still")
            expect(alert.get_by_role("link", name="See Health")).to_be_visible()
        can_be_read(page)


@pytest.mark.torture
@each(FULL)
def test_a_full_page_is_whole_at_every_width(owner: BrowserContext, view: View) -> None:
    with tab(owner) as page:
        page.goto(view.path)
        settled(page)
        is_whole(page, [(width, 860) for width in range(360, 2000, 20)])


def _look_at(
    context: BrowserContext,
    view: View,
    links: Links,
    looks: Sequence[tuple[int, str]] = TWO_LOOKS,
) -> None:
    with kept_tab(context) as page:
        page.goto(view.path)
        settled(page)
        _says(page, view.words)
        links.lead_somewhere(page)
        can_be_read(page, looks)
        is_whole(page)
        has_edges(page)


def _says(page: Page, words: str) -> None:
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
