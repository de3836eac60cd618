"""Every page in every state, on a phone and on a desktop, by day and by night."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser.conftest import Visit, api_alone, owner_of, visits
from tests.browser.look import fits, settled, tab, violations
from tests.product import Product

LOOKS = [(360, "dark"), (1280, "light")]

EMPTY = {
    "/": "Link a phone, then write your first message",
    "/set-up/phone": "3 of 3",
    "/calendar": "Nothing on this day",
    "/calendar?view=list": "Nothing from",
    "/messages": "Nothing is scheduled",
    "/messages?tab=past": "No message has gone out yet",
    "/messages?tab=needs": "Nothing needs you",
    "/messages?tab=repeating": "Nothing repeats yet",
    "/messages?q=zzz": "Nothing matches",
    "/recipients/import": "A file of people",
    "/lists/99": "There is no such list",
    "/templates": "No templates yet",
    "/accounts": "Link a phone",
    "/accounts/99": "There is no such account, or it is not yours",
    "/settings": "People on this server",
    "/messages/99": "There is no such page, or it is not yours",
    "/schedules/99": "or it is not yours",
    "/recipients": "Nobody yet",
    "/recipients?tab=groups": "No groups yet",
    "/recipients?tab=lists": "No lists yet",
    "/new": "Link a phone first",
    "/health": "Figures appear after the first message",
    "/more": "Recipients",
}
FULL = {
    "/": "Going out now",
    "/calendar": "Dilnoza Karimova",
    "/calendar?view=week": "Dilnoza Karimova",
    "/calendar?view=list": "Tomorrow",
    "/messages": "Choose all",
    "/messages?tab=past": "84 delivered, 2 failed",
    "/messages?tab=needs": "Maybe sent",
    "/messages?tab=repeating": "Every Tuesday and Thursday",
    "/messages?tab=all&status=failed": "Failed",
    "/recipients": "Dilnoza Karimova",
    "/recipients?tab=lists": "Whole choir",
    "/recipients/1": "They want no more",
    "/lists/1": "In it",
    "/recipients/import": "twice in the file",
    "/messages/6": "Did it arrive?",
    "/messages/10": "It did not go out",
    "/schedules/147": "Every Tuesday and Thursday",
    "/accounts": "Bakery",
    "/accounts/1": "Pace and quiet hours",
    "/accounts/2": "Waiting for the phone",
    "/settings": "This browser",
    "/health": "Keeping the accounts failed",
}


@pytest.fixture(scope="module")
def new_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A server that was set up just now."""
    with api_alone(tmp_path_factory.mktemp("new")) as served:
        yield served


@pytest.fixture(scope="module")
def new_owner(new_product: Product) -> StorageState:
    """The cookies of who set it up."""
    return owner_of(new_product)


@pytest.fixture
def new(chromium: Browser, new_product: Product, new_owner: StorageState) -> Iterator[Visit]:
    """Opens the new server for its owner."""
    with visits(chromium, new_product, new_owner) as opens:
        yield opens


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_an_empty_page_says_what_it_is_for(new: Visit, width: int, theme: str) -> None:
    _look_at_all(new(width, theme), EMPTY)


def test_a_server_whose_worker_is_silent_says_so_on_every_page(new: Visit) -> None:
    with tab(new(360)) as page:
        for path in ("/", "/messages", "/new"):
            page.goto(path)
            alert = page.get_by_role("alert").filter(has_text="Nothing is sent yet")
            expect(alert.get_by_role("link", name="See Health")).to_be_visible()


def test_what_cannot_be_read_is_a_red_line_among_the_others(
    new: Visit, new_product: Product
) -> None:
    in_the_way = new_product.settings.data_path / "log" / "worker.jsonl"
    in_the_way.mkdir(parents=True)
    with tab(new(360)) as page:
        page.goto("/health")
        expect(page.get_by_text("It cannot be read: Is a directory.")).to_be_visible()
        for line in ("The pages are served.", "The database answers.", "Nothing waits."):
            expect(page.get_by_text(line)).to_be_visible()
        in_the_way.rmdir()
        page.get_by_role("button", name="Look again").click()
        expect(page.get_by_text("It cannot be read")).to_have_count(0)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_full_page_can_be_read_by_all(visit: Visit, width: int, theme: str) -> None:
    _look_at_all(visit(width, theme), FULL)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_doors_can_be_read_by_all(visit: Visit, width: int, theme: str) -> None:
    shown = {
        "/sign-in": "to localhost",
        "/sign-in?error=no-match&email=a@b.example": "do not match",
        "/sign-in?error=wait-5": "Wait 5 minutes",
        "/set-up": "This server is set up. Sign in.",
        "/sign-up?invite=made-up": "This invitation is over",
    }
    _look_at_all(visit(width, theme, storage_state=None), shown)


def test_an_address_cannot_put_words_on_the_door(visit: Visit) -> None:
    context = visit(1280, "light", storage_state=None)
    with tab(context) as page:
        page.goto("/sign-in?error=Call+0900+123&field=email")
        expect(page.get_by_text("That did not work. Try again.")).to_be_visible()
        expect(page.get_by_text("0900")).to_have_count(0)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_page_that_waits_shows_its_shape(visit: Visit, width: int, theme: str) -> None:
    context = visit(width, theme)
    page = context.new_page()
    page.route_web_socket("**/_event/**", lambda _socket: None)  # nobody answers
    for path in ("/", "/messages", "/calendar", "/accounts", "/settings"):
        page.goto(path)
        waits = page.get_by_role("status", name="Loading")
        # Home has words before anybody answers.
        words = page.get_by_text("Sending works.").locator("visible=true")
        expect(words if path == "/" else waits).to_be_visible()
        assert violations(page) == [], path
        assert fits(page), path
    expect(page.get_by_text("This takes longer than usual.")).to_be_visible()


def _look_at_all(context: BrowserContext, shown: dict[str, str]) -> None:
    for path, words in shown.items():
        with tab(context) as page:
            page.goto(path)
            settled(page)
            expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
            assert violations(page) == [], path
            assert fits(page), path
            _look_again(page, path)
    context.close()


def _look_again(page: Page, path: str) -> None:
    """The same page in the other theme, and on the smallest phone."""
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    other = "light" if is_dark else "dark"
    page.emulate_media(color_scheme=other)
    page.wait_for_function(
        "theme => document.documentElement.classList.contains(theme)"
        " && !document.getAnimations().some(one => one instanceof CSSTransition)",
        arg=other,
    )
    assert violations(page, ["color-contrast"]) == [], f"{path} in the other theme"
    page.set_viewport_size({"width": 320, "height": 780})
    assert fits(page), f"{path} at 320 px"
