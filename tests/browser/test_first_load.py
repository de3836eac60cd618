"""What a page fetches, how much it weighs, and what it shows meanwhile."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    Page,
    Request,
    Route,
    WebSocket,
    WebSocketRoute,
    expect,
)

from tests.browser.conftest import Visit, visits
from tests.browser.look import settled, tab
from tests.browser.person import OWNER, Person
from tests.product import ROOT, Product

LOOKS = [(360, "dark"), (1280, "light")]

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


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_home_tells_what_it_has_to_before_its_scripts_run(
    visit: Visit, width: int, theme: str
) -> None:
    context = visit(width, theme, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_text("Sending works.").locator("visible=true")).to_be_visible()
    expect(page.get_by_label("Loading")).to_be_hidden()
    assert page.locator("link[rel=modulepreload], script[type=module]").count() == 0
    page.get_by_role("link", name="Link again").click()
    expect(page).to_have_url(re.compile(r"/accounts/\d+"))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/messages", "Concert tickets are on sale"),
        ("/calendar", "Łukasz Wójcik"),
        ("/new", "Unfinished, from"),
    ],
)
def test_lists_and_the_calendar_tell_their_first_words_before_their_scripts_run(
    visit: Visit, path: str, words: str
) -> None:
    page = visit(java_script_enabled=False).new_page()
    page.goto(path)
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
    expect(page.get_by_label("Loading")).to_be_hidden()


def test_by_night_no_word_is_dark_on_dark_while_the_page_loads(visit: Visit) -> None:
    context = visit(360, "dark")
    with tab(context) as page:
        page.add_init_script(KEEP_COLOURS)
        page.goto("/")
        settled(page)
        assert len(set(page.evaluate("window.colours"))) == 1


def test_a_door_needs_no_script_so_none_comes_before_its_first_paint(visit: Visit) -> None:
    context = visit(storage_state=None, java_script_enabled=False)
    with tab(context) as page:
        page.goto("/sign-in")
        asked_for = page.locator("link[rel=modulepreload], script[type=module]").count()
        Person(page).signs_in(OWNER.email, OWNER.password)
        expect(page.get_by_role("navigation", name="Main").first).to_be_visible()

    assert asked_for == 0


def test_a_page_comes_without_a_detour_with_few_scripts_that_browsers_keep(
    full_product: Product,
) -> None:
    with httpx.Client(base_url=full_product.url, timeout=60) as browser:
        page = browser.get("/recipients?tab=lists")
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
    visit: Visit, path: str, needs: set[str]
) -> None:
    known = {"storage_state": None} if path == "/sign-in" else {}
    with tab(visit(**known)) as page:
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


def test_what_the_server_asks_of_a_page_waits_for_the_script_that_answers(visit: Visit) -> None:
    held: list[Route] = []
    heard: list[str | bytes] = []
    said: list[str | bytes] = []

    def listen(line: WebSocket) -> None:
        line.on("framereceived", lambda frame: heard.append(frame))
        line.on("framesent", lambda frame: said.append(frame))

    with tab(visit()) as page:
        page.route("**/app.js", lambda one: held.append(one))
        page.on("websocket", listen)
        page.goto("/accounts", wait_until="commit")
        _until_among(page, heard, "pairingWay")
        held[0].continue_()
        _until_among(page, said, "pairing_state.begin")


def test_what_is_chosen_and_sent_while_the_scripts_come_is_kept(visit: Visit) -> None:
    with tab(visit()) as page:
        with _scripts_held(page, "/messages?tab=all"):
            page.get_by_label("Search").press_sequentially("a")
            page.get_by_text("Filters").click()
            page.get_by_label("Status").select_option("read")
            page.get_by_label("Order").select_option("oldest")
        page.wait_for_url(re.compile("(?=.*q=a)(?=.*status=read)(?=.*order=oldest)"))
        expect(page.locator(".place")).to_have_count(0)
        expect(page.get_by_label("Status")).to_have_value("read")
        expect(page.get_by_label("Search")).to_have_value("a")

        with _scripts_held(page, "/recipients"):
            page.get_by_text("Add a person").click()
            page.get_by_label("Name", exact=True).fill("Zoë")
            page.get_by_label("Number", exact=True).fill("12")
            page.keyboard.press("Enter")
        expect(page.get_by_role("alert").filter(has_text='"12" is too short')).to_be_visible()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Zoë")
        assert "?" not in page.url


def test_what_is_pressed_twice_while_nothing_answers_is_done_once(visit: Visit) -> None:
    lines: list[WebSocketRoute] = []
    said: list[str] = []
    is_cut = False

    def pass_on(near: WebSocketRoute) -> None:
        if is_cut:
            near.close()
            return
        far = near.connect_to_server()
        near.on_message(lambda frame: (said.append(str(frame)), far.send(frame)))
        lines.append(near)

    with tab(visit()) as page:
        page.route_web_socket("**/_event/**", pass_on)
        with _scripts_held(page, "/recipients"):
            page.get_by_text("Add a person").click()
            page.get_by_label("Number", exact=True).fill("12")
            for _ in range(2):
                page.keyboard.press("Enter")
        expect(page.get_by_role("alert").filter(has_text='"12" is too short')).to_be_visible()
        assert sum('_state.add"' in one for one in said) == 1

        with _scripts_held(page, "/more"):
            for _ in range(2):
                page.get_by_role("link", name="Recipients").last.click(no_wait_after=True)
        page.wait_for_url("**/recipients")
        page.go_back()
        page.wait_for_url("**/more")

        page.goto("/")
        settled(page)
        is_cut = True
        for line in lines:
            line.close()
        expect(page.get_by_text("No connection to your server")).to_be_visible()
        for _ in range(2):
            page.get_by_role("button", name="Dismiss").first.click()
        take_back = page.locator("#waits").get_by_role("button", name="Take back")
        expect(take_back).to_have_count(1)
        take_back.click()
        expect(page.locator("#waits")).to_be_empty()


def test_who_signs_in_before_the_scripts_come_is_led_where_they_wanted_to_go(
    chromium: Browser, shared_product: Product
) -> None:
    with (
        visits(chromium, shared_product, {}) as visit,
        tab(visit()) as page,
        _scripts_held(page, "/sign-in?next=/messages"),
    ):
        page.get_by_label("E-mail").fill(OWNER.email)
        page.get_by_label("Password", exact=True).fill(OWNER.password)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"\d/messages$"), wait_until="commit")


def test_what_is_not_found_is_not_kept(full_product: Product) -> None:
    answer = httpx.get(f"{full_product.url}/assets/of-the-last-version.js", timeout=60)

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_phone_colours_its_own_bar_by_day_and_by_night(full_product: Product) -> None:
    page = httpx.get(f"{full_product.url}/", timeout=60)
    bars = re.findall(r'<meta[^>]*name="theme-color"[^>]*>', page.text)

    assert [re.search(r"scheme: (\w+)", bar).group(1) for bar in bars] == ["light", "dark"]  # type: ignore[union-attr]


@contextmanager
def _scripts_held(page: Page, path: str) -> Iterator[None]:
    """The page is there, and all of its scripts but our own come at the end of the block."""
    held: list[Route] = []
    is_held = True
    page.route("**/assets/*.js", lambda one: held.append(one) if is_held else one.continue_())
    page.goto(path, wait_until="domcontentloaded")
    yield
    is_held = False  # no route is taken away while a page is on its way: that can wait for ever
    for one in held:
        one.continue_()


def _until_among(page: Page, frames: list[str | bytes], word: str) -> None:
    for _ in range(600):
        if any(word in str(one) for one in frames):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{word} is in none of {len(frames)} frames")


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
