"""Every page in every state, on a phone and on a desktop, by day and by night."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    StorageState,
    WebSocket,
    expect,
)

from tests.browser import full
from tests.browser.conftest import api_alone, new_context
from tests.browser.look import fits, settled, tab, violations
from tests.browser.person import OWNER, Person
from tests.product import ROOT, Product

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

# What only some pages use, by words that stand in its scripts alone.
LIBRARIES = {"dialog": "AlertDialogContent", "typing": ".DebounceInput=", "emoji": "epr-"}
NEEDS: dict[str, set[str]] = {
    "/": set(),
    "/new": {"typing"},
    "/messages": {"dialog"},
    "/sign-in": set(),
}
BOUNDS = dict(
    re.findall(
        r"^\| `(/\S*)` \| \d+ \| (\d+) \|$",
        (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)
"""What a page may weigh at most, in KiB as they come over the line."""

# The colour of the text in every frame that is painted.
KEEP_COLOURS = """
window.colours = [];
const look = () => {
  const root = document.querySelector(".radix-themes");
  if (root) window.colours.push(getComputedStyle(root).color);
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The api alone: no worker changes what the tests put there."""
    with api_alone(tmp_path_factory.mktemp("pages")) as served:
        yield served


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, product: Product) -> StorageState:
    """The cookies of the owner, who has just set the server up."""
    context = new_context(chromium, product)
    with tab(context) as page:
        Person.sets_up(page, OWNER)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="module")
def filled(product: Product, signed_in: StorageState) -> StorageState:
    """The same cookies, once the server is full."""
    full.fill(product.settings)
    return signed_in


@pytest.fixture
def desk(chromium: Browser, product: Product, filled: StorageState) -> Iterator[Page]:
    """The owner at a desktop, on the full server; the test fails if the console complains."""
    context = _context(chromium, product, filled, 1280, "light")
    with tab(context) as page:
        yield page
    context.close()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_an_empty_page_says_what_it_is_for(
    chromium: Browser, product: Product, signed_in: StorageState, width: int, theme: str
) -> None:
    _look_at_all(_context(chromium, product, signed_in, width, theme), EMPTY)


def test_a_server_whose_worker_is_silent_says_so_on_every_page(
    chromium: Browser, product: Product, signed_in: StorageState
) -> None:
    context = _context(chromium, product, signed_in, 360, "light")
    with tab(context) as page:
        for path in ("/", "/messages", "/new"):
            page.goto(path)
            alert = page.get_by_role("alert").filter(has_text="Nothing is sent yet")
            expect(alert.get_by_role("link", name="See Health")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_full_page_can_be_read_by_all(
    chromium: Browser, product: Product, filled: StorageState, width: int, theme: str
) -> None:
    _look_at_all(_context(chromium, product, filled, width, theme), FULL)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_home_tells_what_it_has_to_before_its_scripts_run(
    chromium: Browser, product: Product, filled: StorageState, width: int, theme: str
) -> None:
    context = _context(chromium, product, filled, width, theme, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_text("Sending works.").locator("visible=true")).to_be_visible()
    expect(page.get_by_label("Loading")).to_be_hidden()
    assert page.locator("link[rel=modulepreload], script[type=module]").count() == 0
    page.get_by_role("link", name="Link again").click()
    expect(page).to_have_url(re.compile(r"/accounts/\d+"))
    context.close()


def test_by_night_no_word_is_dark_on_dark_while_the_page_loads(
    chromium: Browser, product: Product, filled: StorageState
) -> None:
    context = _context(chromium, product, filled, 360, "dark")
    with tab(context) as page:
        page.add_init_script(KEEP_COLOURS)
        page.goto("/")
        settled(page)
        assert len(set(page.evaluate("window.colours"))) == 1
    context.close()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_doors_can_be_read_by_all(
    chromium: Browser, product: Product, signed_in: StorageState, width: int, theme: str
) -> None:
    shown = {
        "/sign-in": "to localhost",
        "/sign-in?error=no-match&email=a@b.example": "do not match",
        "/sign-in?error=wait-5": "Wait 5 minutes",
        "/set-up": "This server is set up. Sign in.",
        "/sign-up?invite=made-up": "This invitation is over",
    }
    _look_at_all(_context(chromium, product, None, width, theme), shown)


def test_a_page_comes_without_a_detour_with_few_scripts_that_browsers_keep(
    product: Product,
) -> None:
    with httpx.Client(base_url=product.url) as browser:
        page = browser.get("/messages?tab=past")
        scripts = re.findall(r'<link rel="modulepreload"[^>]*href="([^"]+)"', page.text)
        answers = [browser.get(path, headers={"Accept-Encoding": "br"}) for path in scripts]

    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-cache"
    assert 3 < len(scripts) < 18
    assert {one.headers["Cache-Control"] for one in answers} == {
        "public, max-age=31536000, immutable"
    }
    large = [one for one in answers if len(one.content) > 2_000]
    assert {one.headers.get("Content-Encoding") for one in large} == {"br"}


@pytest.mark.parametrize(("path", "needs"), NEEDS.items())
def test_a_page_fetches_no_library_it_does_not_use_and_keeps_to_its_weight(
    chromium: Browser, product: Product, filled: StorageState, path: str, needs: set[str]
) -> None:
    known = None if path == "/sign-in" else filled
    context = _context(chromium, product, known, 1280, "light")
    with tab(context) as page:
        fetched: list[Request] = []
        page.on("requestfinished", lambda one: fetched.append(one))
        page.goto(path)
        settled(page)
        page.wait_for_load_state("networkidle")
        weight = sum(one.sizes()["responseBodySize"] for one in fetched) / 1024
        assert 100 < weight <= int(BOUNDS[path]), f"{path} weighs {weight:.0f} KiB"
        assert _libraries(fetched) == needs
        assert _radix_classes(fetched) == {"BaseDialog", "Heading"}
        if path == "/new":  # fetched once it is wanted, which shows that it would be noticed
            page.get_by_label("Emoji", exact=True).click()
            page.get_by_placeholder("Search", exact=True).wait_for()
            assert _libraries(fetched) == needs | {"emoji"}
    context.close()


def test_a_door_needs_no_script_so_none_comes_before_its_first_paint(
    chromium: Browser, product: Product, signed_in: StorageState
) -> None:
    context = new_context(chromium, product, java_script_enabled=False)
    with tab(context) as page:
        page.goto("/sign-in")
        asked_for = page.locator("link[rel=modulepreload], script[type=module]").count()
        Person(page).signs_in(OWNER.email, OWNER.password)
        expect(page.get_by_role("navigation", name="Main").first).to_be_visible()
    context.close()

    assert asked_for == 0


def test_what_is_not_found_is_not_kept(product: Product) -> None:
    answer = httpx.get(f"{product.url}/assets/of-the-last-version.js")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_phone_colours_its_own_bar_by_day_and_by_night(product: Product) -> None:
    bars = re.findall(r'<meta[^>]*name="theme-color"[^>]*>', httpx.get(f"{product.url}/").text)

    assert [re.search(r"scheme: (\w+)", bar).group(1) for bar in bars] == ["light", "dark"]  # type: ignore[union-attr]


def test_an_address_cannot_put_words_on_the_door(
    chromium: Browser, product: Product, signed_in: StorageState
) -> None:
    context = _context(chromium, product, None, 1280, "light")
    with tab(context) as page:
        page.goto("/sign-in?error=Call+0900+123&field=email")
        expect(page.get_by_text("That did not work. Try again.")).to_be_visible()
        expect(page.get_by_text("0900")).to_have_count(0)
    context.close()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_page_that_waits_shows_its_shape(
    chromium: Browser, product: Product, filled: StorageState, width: int, theme: str
) -> None:
    context = _context(chromium, product, filled, width, theme)
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
    context.close()


def test_clocks_and_distances_go_on_while_nobody_does_anything(
    chromium: Browser, product: Product, filled: StorageState
) -> None:
    context = _context(chromium, product, filled, 1280, "light")
    with tab(context) as page:
        page.clock.install()
        page.goto("/")
        settled(page)
        shown = (
            page.locator("time[data-clock]").locator("visible=true"),
            page.locator(".away").first,
        )
        before = [one.inner_text() for one in shown]
        page.clock.run_for(2 * 60_000)

        for one, was in zip(shown, before, strict=True):
            expect(one).not_to_have_text(was)
    context.close()


def test_what_one_browser_does_the_other_shows(
    chromium: Browser, product: Product, filled: StorageState, desk: Page
) -> None:
    context = _context(chromium, product, filled, 360, "dark")
    with tab(context) as phone:
        phone.goto("/messages?tab=needs")
        expect(phone.get_by_text("Failed").locator("visible=true").first).to_be_visible()
        desk.goto("/")
        row = desk.locator(".ask-row", has_text="failed").last
        name = "Nguyễn Thị Hoa"
        expect(phone.get_by_role("link", name=name)).to_have_count(1)
        desk.locator(".ask-row", has_text=name).get_by_role("button", name="Dismiss").click()
        expect(phone.get_by_role("link", name=name)).to_have_count(0)
        desk.get_by_role("button", name="Undo").click()
        expect(phone.get_by_role("link", name=name)).to_have_count(1)
        expect(row).to_be_visible()
    context.close()


def test_an_entry_of_the_calendar_is_moved_with_the_keyboard_and_put_back(desk: Page) -> None:
    desk.goto("/calendar?view=week")
    entry = desk.locator(".ev[data-moves=true]").first
    label = entry.get_attribute("aria-label") or ""
    entry.focus()

    desk.keyboard.press("Alt+ArrowDown")
    expect(desk.get_by_text("Moved to")).to_be_visible()
    assert desk.url.endswith("view=week")
    desk.get_by_role("button", name="Undo").click()

    expect(desk.get_by_label(label, exact=True)).to_be_visible()


def test_an_entry_of_a_day_is_moved_by_its_own_form(desk: Page) -> None:
    desk.goto("/calendar?view=list")
    row = desk.locator(".cal-entry", has=desk.get_by_text("Move", exact=True)).last
    row.locator("summary").click()
    day = row.get_by_label("Date")
    shown, clock = day.input_value(), row.get_by_label("Time").input_value()

    day.fill((date.fromisoformat(shown) + timedelta(days=1)).isoformat())
    row.get_by_role("button", name="Move", exact=True).click()

    expect(desk.get_by_text("Moved to")).to_contain_text(clock)
    desk.get_by_role("button", name="Undo").click()


def test_an_entry_of_the_calendar_is_dragged_to_another_day(desk: Page) -> None:
    desk.goto("/calendar?view=list")
    later = desk.locator(".daylabel").last
    expect(later).to_be_visible()
    desk.goto("/calendar")
    entry = desk.locator(".cell.today ~ .cell .ev[draggable=true]").first
    name = entry.locator("bdi").inner_text()
    target = desk.locator(".cell").last

    entry.drag_to(target)

    expect(desk.get_by_text("Moved to")).to_be_visible()
    expect(target.locator(".ev", has_text=name)).to_be_visible()
    desk.get_by_role("button", name="Undo").click()
    expect(target.locator(".ev", has_text=name)).to_have_count(0)


def test_filters_live_in_the_address_and_choose_what_is_exported(desk: Page) -> None:
    desk.goto("/messages?tab=all")
    desk.get_by_text("Filters").click()
    desk.get_by_label("Status").select_option("skipped")
    desk.wait_for_url("**status=skipped**")
    expect(desk.locator(".m-row")).to_have_count(1)
    desk.reload()
    expect(desk.locator(".m-row")).to_have_count(1)
    expect(_tab_of(desk, "Past")).to_have_text("Past")  # what a filter leaves is not counted

    with desk.expect_download() as download:
        desk.get_by_role("link", name="Export").click()

    assert len(download.value.path().read_text().splitlines()) == 2


def test_many_are_cancelled_at_once_and_put_back(desk: Page) -> None:
    desk.goto("/messages")
    rows = desk.locator(".m-choice")
    rows.nth(2).get_by_role("checkbox").click()
    rows.nth(3).get_by_role("checkbox").click()
    expect(desk.get_by_text("2 chosen")).to_be_visible()
    count, past = rows.count(), int(_tab_of(desk, "Past").locator(".n").inner_text())
    expect(_tab_of(desk, "Coming up")).to_have_text("Coming up99+")

    desk.get_by_role("button", name="Cancel them").click()
    expect(desk.get_by_text("Cancelled: 2 messages.")).to_be_visible()
    expect(_tab_of(desk, "Past")).to_have_text(f"Past{past + 2}")
    desk.get_by_role("button", name="Undo").click()

    expect(desk.get_by_text("Put back as it was.")).to_be_visible()
    expect(rows).to_have_count(count)
    expect(_tab_of(desk, "Past")).to_have_text(f"Past{past}")


def test_a_search_goes_along_from_tab_to_tab(desk: Page) -> None:
    desk.set_viewport_size({"width": 360, "height": 780})
    desk.goto("/messages?q=Dilnoza")
    expect(desk.locator(".m-choice")).to_have_count(1)
    _tab_of(desk, "Past").click()
    desk.wait_for_url("**tab=past&q=Dilnoza")
    expect(desk.get_by_label("Search")).to_have_value("Dilnoza")
    expect(desk.get_by_text("Read", exact=True).locator("visible=true")).to_be_visible()
    desk.goto("/messages")
    repeating = _tab_of(desk, "Repeating")
    expect(_tab_of(desk, "Coming up")).to_have_text("Coming up99+")
    expect(repeating).not_to_be_in_viewport(ratio=0.9)
    desk.goto("/messages?tab=repeating")
    expect(repeating).to_be_in_viewport(ratio=0.9)


def test_a_setting_is_found_by_its_words_without_asking_the_server(desk: Page) -> None:
    sockets: list[WebSocket] = []
    desk.on("websocket", lambda one: sockets.append(one))
    desk.goto("/settings")
    expect(desk.get_by_role("heading", name="People on this server")).to_be_visible()
    parts, headings = desk.locator(".part"), desk.get_by_label("Parts of this page").locator("a")
    every = parts.count()
    said: list[str | bytes] = []
    sockets[-1].on("framesent", lambda frame: said.append(frame))
    field = desk.get_by_label("Find a setting")

    field.press_sequentially("dark")
    expect(parts.locator("visible=true")).to_have_count(1)
    expect(headings.locator("visible=true")).to_have_text(["Appearance"])
    field.press("Enter")
    expect(desk.get_by_role("button", name="Like the system")).to_be_focused()
    field.fill("time zone your name")
    expect(headings.locator("visible=true")).to_have_text(["You"])
    field.fill("zzz")
    expect(desk.get_by_text("Nothing matches.")).to_be_visible()
    field.press("Escape")
    expect(parts.locator("visible=true")).to_have_count(every)
    assert desk.get_by_text("Nothing matches.").count() == 0
    assert [one for one in said if len(one) > 3] == []  # what is shorter keeps the line alive


def test_one_is_cancelled_in_the_menu_of_its_row_and_put_back(desk: Page) -> None:
    desk.goto("/messages")
    row = desk.locator(".m-choice").nth(2)
    label = row.get_by_role("checkbox").get_attribute("aria-label") or ""
    more = desk.get_by_label(label.replace("Choose", "More for", 1), exact=True)

    more.click()
    desk.get_by_role("button", name="Cancel it").locator("visible=true").click()
    expect(desk.get_by_text("Cancelled: 1 message.")).to_be_visible()
    expect(more).to_have_count(0)
    desk.get_by_role("button", name="Undo").click()

    expect(more).to_be_visible()


def test_the_keys_lead_to_pages_and_give_the_focus_back(desk: Page) -> None:
    desk.goto("/messages?tab=past")
    settled(desk)
    desk.keyboard.press("?")
    sheet = desk.get_by_role("dialog", name="Keyboard")
    expect(sheet).to_be_visible()
    assert violations(desk) == []
    desk.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    desk.keyboard.press("/")
    expect(desk.get_by_label("Search")).to_be_focused()
    expect(desk).to_have_url(re.compile(r"tab=past$"))  # the list that is open is searched
    desk.keyboard.press("g")  # typed, not obeyed
    expect(desk.get_by_label("Search")).to_have_value("g")
    desk.get_by_label("Search").blur()
    desk.keyboard.press("g")
    desk.keyboard.press("h")
    expect(desk).to_have_title("Home · wasched")


def test_somebody_joins_by_invitation_and_is_thrown_out_at_once(
    chromium: Browser, product: Product, desk: Page
) -> None:
    desk.goto("/settings")
    desk.get_by_label("For whom").fill("Tomás, tenor")
    desk.get_by_role("button", name="Make an invitation").click()
    link = desk.get_by_text("/sign-up?invite=").inner_text()
    context = _context(chromium, product, None, 360, "light")
    theirs = context.new_page()
    theirs.goto(link)
    theirs.get_by_label("Your name").fill("Tomás Rivera")
    theirs.get_by_label("E-mail").fill("tomas@choir.example")
    theirs.get_by_label("Password", exact=True).fill("four words are easy")
    expect(theirs.get_by_text("Very good.")).to_be_visible()
    expect(theirs.get_by_text(re.compile(r"It is \d\d:\d\d there"))).to_be_visible()
    theirs.get_by_role("button", name="Sign up").click()
    expect(theirs.get_by_text("Link a phone, then write")).to_be_visible()

    member = desk.get_by_role("listitem").filter(has_text="Tomás Rivera")
    member.get_by_role("button", name="Remove").click()
    desk.get_by_role("alertdialog").get_by_role("button", name="Remove").click()

    expect(theirs.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()


def test_without_a_connection_the_page_says_so_and_comes_back(
    chromium: Browser, product: Product, filled: StorageState
) -> None:
    context = _context(chromium, product, filled, 360, "light")
    page = context.new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    context.set_offline(True)
    page.reload()
    # Which of the two it is, the browser cannot always tell.
    says = re.compile("^You are offline.$|^Your server does not answer.$")
    expect(page.get_by_role("heading", name=says)).to_be_visible()
    assert violations(page) == []
    context.set_offline(False)

    expect(page.get_by_text("Going out now")).to_be_visible()
    context.close()


def _context(
    chromium: Browser,
    product: Product,
    state: StorageState | None,
    width: int,
    theme: str,
    **more: object,
) -> BrowserContext:
    size = {"width": width, "height": 780 if width < 700 else 860}
    more |= {"storage_state": state, "viewport": size, "color_scheme": theme}
    return new_context(chromium, product, **more)


def _libraries(fetched: list[Request]) -> set[str]:
    """Which of the libraries that only some pages use are among what was fetched."""
    scripts = "".join(_text(one) for one in fetched if one.resource_type == "script")
    return {name for name, words in LIBRARIES.items() if words in scripts}


def _radix_classes(fetched: list[Request]) -> set[str]:
    """The components of Radix Themes that the style sheets have rules for."""
    sheets = "".join(_text(one) for one in fetched if one.resource_type == "stylesheet")
    found = set(re.findall(r"\.rt-([A-Z]\w*)", sheets))
    return {re.sub("^BaseDialog.*", "BaseDialog", one) for one in found}


def _text(request: Request) -> str:
    answer = request.response()
    return answer.text() if answer else ""


def _tab_of(page: Page, name: str) -> Locator:
    """A tab of Messages, whatever count stands behind its name."""
    return page.get_by_label("Which messages").get_by_role("link", name=re.compile(f"^{name}"))


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
