"""Compose in a browser: chosen and typed repetitions, the plan beside them, and kept drafts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    BrowserContext,
    Locator,
    Page,
    WebSocketRoute,
    expect,
)

from tests import files
from tests.browser.catalogue import TWO_LOOKS
from tests.browser.conftest import api_alone
from tests.browser.look import can_be_read, fits, tab, violations, wears, writable
from tests.browser.person import OWNER, Person
from tests.product import Product

ADA = "+49 151 0000 0012"
THE_31ST = "2028-01-31"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The api alone: no worker changes what the tests put there."""
    with api_alone(tmp_path_factory.mktemp("compose")) as served:
        yield served


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new message, with no draft of an earlier test; the test fails if the console complains."""
    with tab(context) as opened:
        opened.goto("/healthz")  # a page without scripts
        opened.evaluate("localStorage.clear()")
        opened.goto("/new")
        writable(opened)
        yield opened


def sentence(page: Page) -> Locator:
    """The sentence that says when."""
    return page.locator(".sentence")


def test_a_repetition_is_chosen_and_asks_once_about_shorter_months(page: Page) -> None:
    person = Person(page)
    person.begins(ADA, "The rent is due")
    page.get_by_role("radio", name="Repeats", exact=True).click()
    page.get_by_label("Unit").select_option("month")
    page.get_by_label("First day").fill(THE_31ST)
    page.get_by_label("Time", exact=True).fill("09:00")
    asked = page.get_by_role("group", name="Shorter months do not have that day.")
    expect(asked).to_be_visible()
    page.get_by_role("button", name="Schedule", exact=True).first.click()
    expect(asked.get_by_text("Say what happens in shorter months.")).to_be_visible()
    asked.get_by_label("on their last day").click()

    rule = "Every month on the 31st at 09:00, or the last day of shorter months"
    expect(sentence(page)).to_contain_text(rule)
    beside = page.locator("#preview")
    expect(beside.locator(".fires li:not(.shift)")).to_have_count(5)
    expect(beside).to_contain_text("Tue 29 February 2028")
    expect(beside).to_contain_text("Clocks go forward on 26 March, still 09:00.")
    expect(beside).to_contain_text("First on Mon 31 January 2028")
    page.get_by_role("button", name="Schedule", exact=True).first.click()
    page.wait_for_url("**/messages")
    page.goto("/messages?tab=repeating")
    expect(page.get_by_text("Every month on the 31st").first).to_be_visible()


def test_a_press_shows_at_once_however_slow_the_line_is(context: BrowserContext) -> None:
    held: list[tuple[WebSocketRoute, str | bytes]] = []
    is_slow = False

    def pass_on(near: WebSocketRoute) -> None:
        far = near.connect_to_server()
        far.on_message(lambda said: held.append((near, said)) if is_slow else near.send(said))

    with tab(context) as page:
        page.route_web_socket("**/_event/**", pass_on)
        page.goto("/new")
        writable(page)
        repeats, when = page.get_by_role("radio", name="Repeats"), page.locator(".when")
        expect(when).to_have_attribute("data-mode", "once")
        is_slow = True
        page.get_by_role("radio", name="Once").focus()
        page.keyboard.press("ArrowRight")

        expect(repeats).to_be_focused()
        expect(repeats).to_be_checked()
        expect(when).to_have_attribute("data-mode", "once")  # the server has not been heard
        expect(when.locator(".of-mode")).to_have_css("opacity", "0.4")
        is_slow = False
        for near, said in held:
            near.send(said)

        expect(page.get_by_label("Unit")).to_be_visible()
        expect(when.locator(".of-mode")).to_have_css("opacity", "1")
        expect(repeats).to_be_focused()
        page.get_by_label("When, in your words").fill("every day at 9 except on 24 December")
        expect(page.locator(".segments :checked")).to_have_count(0)  # more than can be chosen
        page.get_by_label("When, in your words").fill("every day at 9")
        expect(repeats).to_be_checked()
        held.clear()
        is_slow = True
        _sends_while_nobody_answers(page)
        is_slow = False
        for near, said in held:
            near.send(said)
        expect(page.get_by_text("Say whom it goes to.").first).to_be_visible()
        held.clear()
        is_slow = True
        page.get_by_role("link", name="Calendar").first.click()
        expect(page.locator(".cal.late .cell").first).to_be_visible()
        is_slow = False
        for near, said in held:
            near.send(said)
        expect(page.locator(".cal:not(.late) .cell").first).to_be_visible()
        expect(page.locator("[data-pressed], [data-leaving]")).to_have_count(0)


def _sends_while_nobody_answers(page: Page) -> None:
    """It shows that it was pressed, and what was sent stays as it was."""
    schedule, text = page.get_by_role("button", name="Schedule").first, page.locator("#text")
    schedule.click()
    expect(schedule).to_have_attribute("aria-busy", "true")
    text.focus()
    page.keyboard.type("another text")
    expect(text).to_have_value("")
    expect(page.get_by_text("“Schedule” is on its way to your server.")).to_be_visible()


def test_a_repetition_is_typed_and_what_is_unclear_keeps_the_form(page: Page) -> None:
    page.get_by_label("Message", exact=True).fill("Good morning")
    phrase = page.get_by_label("When, in your words")
    phrase.fill("whenever you like")
    page.get_by_role("button", name="Schedule", exact=True).first.click()
    expect(page.get_by_text("Say whom it goes to.").first).to_be_visible()
    expect(page.get_by_label("To", exact=True)).to_be_focused()
    Person(page).addresses(ADA)
    page.get_by_role("button", name="Schedule", exact=True).first.click()
    expect(phrase).to_be_focused()
    expect(phrase).to_have_value("whenever you like")
    expect(page.get_by_label("Message", exact=True)).to_have_value("Good morning")

    phrase.fill("every weekday at 9")
    expect(sentence(page)).to_contain_text("Every weekday at 09:00")
    expect(page.locator("#preview .fires li:not(.shift)")).to_have_count(5)
    expect(page.locator("#preview")).to_contain_text("every weekday at 09:00, Europe/Berlin")
    page.get_by_role("button", name="Schedule", exact=True).first.click()
    page.wait_for_url("**/messages")


def test_a_draft_survives_reload_and_sign_out_until_it_is_thrown_away(page: Page) -> None:
    person = Person(page)
    person.begins(ADA, "Half a sentence")
    page.get_by_role("radio", name="Repeats", exact=True).click()
    page.get_by_label("Time", exact=True).fill("07:45")
    page.get_by_role("checkbox", name="Monday").check()
    page.get_by_label("If it is late").select_option("300")
    expect(sentence(page)).to_contain_text("at 07:45")
    file = {"name": "score.jpg", "mimeType": "image/jpeg", "buffer": files.picture()}
    page.locator("#media").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_role("button", name="Remove score.jpg")).to_be_visible()
    page.wait_for_url("**/new?draft=*")
    expect(page.locator(".compose")).to_have_attribute("data-size", "15")
    page.reload()
    _is_there(page)
    person.signs_out()
    person.signs_in(OWNER.email, OWNER.password)
    expect(page.get_by_role("link", name="New message").first).to_be_visible()
    page.evaluate("localStorage.clear()")  # as on another device
    page.goto("/new")
    unfinished = page.get_by_role("region", name="Unfinished messages")
    expect(unfinished.get_by_text("Half a sentence")).to_be_visible()
    expect(page.get_by_label("Message", exact=True)).to_have_value("")
    unfinished.get_by_role("link", name="Go on").first.click()
    _is_there(page)

    page.get_by_role("button", name="Throw away").first.click()
    expect(page.get_by_label("Message", exact=True)).to_have_value("")
    expect(page.get_by_role("button", name=re.compile("^Remove"))).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    _is_there(page)


def test_an_emoji_is_found_by_its_name_and_put_where_one_writes(page: Page) -> None:
    wears(page, *TWO_LOOKS[0])
    text = page.get_by_label("Message", exact=True)
    text.fill("Well done!")
    text.press("Home")
    page.get_by_label("Emoji", exact=True).click()
    page.get_by_placeholder("Search", exact=True).fill("tada")
    page.get_by_role("gridcell", name="party popper").click()

    expect(text).to_have_value("\N{PARTY POPPER}Well done!")
    for width, theme in TWO_LOOKS:
        wears(page, width, theme)
        # What its own list is made of is none of the rules of WCAG.
        assert violations(page, ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]) == []
        assert fits(page)


def test_a_message_is_scheduled_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.get_by_role("heading", name="Next").wait_for()
    page.wait_for_function("() => window.presses")  # before that no key is heard
    page.keyboard.press("n")
    expect(page.get_by_label("To", exact=True)).to_be_focused()
    page.keyboard.type(ADA)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Remove .*0012"))).to_be_visible()
    _tabs_to(page, page.get_by_label("Message", exact=True))
    page.keyboard.type("By hand")
    _tabs_to(page, page.get_by_role("button", name="Tomorrow 08:00"))
    page.keyboard.press("Enter")
    expect(sentence(page)).to_contain_text("Once, tomorrow at 08:00")
    page.get_by_label("Message", exact=True).focus()
    page.keyboard.type(", and quickly")
    page.keyboard.press("Control+Enter")

    page.wait_for_url("**/messages")
    expect(page.get_by_role("main").get_by_text("By hand, and quickly").first).to_be_visible()


def test_everything_on_the_page_can_be_read_by_all(page: Page) -> None:
    page.get_by_role("radio", name="Repeats", exact=True).click()
    page.get_by_label("Unit").select_option("year")
    page.get_by_label("First day").fill("2028-02-29")
    page.get_by_label("Time", exact=True).fill("09:00")
    expect(page.get_by_role("group", name="Shorter months do not have")).to_be_visible()

    can_be_read(page, TWO_LOOKS)
    page.get_by_label("When, in your words").fill("on the 31st of each month at 9")
    expect(page.get_by_role("group", name="Shorter months do not have")).to_be_visible()
    can_be_read(page, TWO_LOOKS)


def _tabs_to(page: Page, wanted: Locator) -> None:
    """Press Tab until that has the focus."""
    for _ in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never leads to {wanted}")


def _is_there(page: Page) -> None:
    expect(page.get_by_label("Message", exact=True)).to_have_value("Half a sentence")
    expect(page.get_by_role("button", name=re.compile("^Remove .*0012"))).to_be_visible()
    expect(page.get_by_role("button", name="Remove score.jpg")).to_be_visible()
    expect(page.get_by_label("If it is late")).to_have_value("300")
    expect(page.get_by_role("checkbox", name="Monday")).to_be_checked()
    expect(sentence(page)).to_contain_text("at 07:45")
