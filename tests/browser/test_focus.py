"""The focus has an owner: what takes the place of a control takes its focus too."""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests import files
from tests.browser.look import settled, writable
from tests.browser.person import offers

_PRESS_AND_LOOK = "it => { it.click(); return document.activeElement.getAttribute('role'); }"
CHOIR, ALTOS, DILNOZA = "Whole choir", "Altos", "Dilnoza Karimova"


_STAND_STILL = "(() => { const at = performance.now(); performance.now = () => at; })()"
"""The clock by which a page tells presses in haste from others."""


@pytest.fixture
def new(desk: Page) -> Page:
    """An empty new message."""
    desk.add_init_script("localStorage.clear()")
    desk.goto("/new")
    writable(desk)
    return desk


def test_whom_it_goes_to_is_found_taken_and_taken_back_by_keyboard(new: Page) -> None:
    field, keys = new.get_by_label("To", exact=True), new.keyboard
    expect(field).to_be_focused()
    keys.type("person")
    expect(new.get_by_text(re.compile(r"^\d+ suggestions\. Go through"))).to_be_attached()
    expect(field).to_have_attribute("aria-expanded", "true")
    keys.press("Enter")
    expect(new.get_by_role("alert").filter(has_text='Several match "person"')).to_be_visible()
    field.fill("choir")
    expect(offers(new, "To")).to_have_count(1)
    keys.press("ArrowDown")
    marked = new.locator("#to-offers [aria-selected=true]")
    expect(marked).to_have_text(re.compile(CHOIR))
    expect(field).to_have_attribute("aria-activedescendant", str(marked.get_attribute("id")))
    keys.press("Enter")
    expect(new.get_by_role("button", name=f"Remove {CHOIR}")).to_be_visible()
    expect(field).to_be_focused()

    for name in (ALTOS, DILNOZA):
        keys.type(name)
        keys.press("Enter")
        expect(new.get_by_role("button", name=f"Remove {name}")).to_be_visible()
    altos = new.get_by_role("button", name=f"Remove {ALTOS}")
    new.evaluate(_STAND_STILL)  # however busy the machine is, the second press comes in haste
    new.get_by_role("button", name=f"Remove {CHOIR}").press("Enter")
    expect(altos).to_be_focused()
    keys.press("Enter")  # it was meant for the one that has gone
    expect(new.get_by_text(f"{CHOIR} is removed.")).to_be_attached()
    new.evaluate("delete performance.now")
    field.press("Backspace")
    expect(new.get_by_text(f"{DILNOZA} is removed.")).to_be_attached()
    expect(altos).to_be_visible()
    expect(field).to_be_focused()


def test_a_name_that_several_have_is_no_wrong_number(new: Page) -> None:
    field = new.get_by_label("To", exact=True)
    field.fill("person 1")
    offers(new, "To").first.wait_for()
    new.get_by_label("Message", exact=True).fill("Hello")

    new.keyboard.press("Control+Enter")

    expect(new.get_by_role("alert").filter(has_text="no phone number")).to_have_count(0)
    expect(field).to_be_focused()


def test_what_else_can_be_sent_takes_the_focus_with_it(new: Page) -> None:
    keys = new.keyboard
    new.on("filechooser", lambda _: None)  # the browser takes a while to begin to tell of them
    attach = new.get_by_role("toolbar").get_by_label("Attach", exact=True)
    attach.press("Enter")
    expect(new.get_by_role("menuitem").first).to_be_focused()
    keys.press("Escape")
    expect(attach).to_be_focused()
    expect(new.get_by_role("menuitem")).to_have_count(0)
    keys.press("Enter")
    expect(new.get_by_role("menuitem").first).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(new.get_by_label("Question")).to_be_focused()
    keys.type("Who can come?")
    new.get_by_role("button", name="Yes, No or Maybe").press("Enter")
    expect(new.get_by_label("Answer 4", exact=True)).to_be_focused()
    expect(new.get_by_label("Answer 3", exact=True)).to_have_value("Maybe")
    keys.type("Later")
    keys.press("Enter")
    expect(new.get_by_label("Answer 5", exact=True)).to_be_focused()
    new.get_by_role("button", name="Write a text instead").press("Enter")
    expect(new.get_by_label("Message", exact=True)).to_be_focused()

    # At once, so that a quick second Enter is for the first entry and does not close the menu.
    assert attach.evaluate(_PRESS_AND_LOOK) == "menuitem"
    with new.expect_file_chooser() as chosen:
        keys.press("Enter")
    file = {"name": "score.jpg", "mimeType": "image/jpeg", "buffer": files.picture()}
    chosen.value.set_files(file)  # type: ignore[arg-type]
    expect(new.get_by_role("button", name="Remove score.jpg")).to_be_visible()
    expect(attach).to_be_focused()
    expect(new.get_by_role("menuitem")).to_have_count(0)
    new.get_by_role("button", name="Remove score.jpg").press("Enter")
    expect(new.get_by_text("score.jpg")).to_have_count(0)
    _is_somewhere(new)


def test_words_and_fields_of_a_time_say_the_same(new: Page) -> None:
    words = new.get_by_label("When, in your words")
    words.fill("every other tuesday at 9")
    expect(new.get_by_role("radio", name="Repeats")).to_be_checked()
    expect(new.get_by_label("How many")).to_have_value("2")
    new.get_by_label("Time", exact=True).fill("10:30")
    expect(words).to_have_value(re.compile("^Every 2 weeks on Tuesday at 10:30, from "))
    words.fill("whenever")
    refused = new.get_by_role("status").filter(has_text='"whenever" is not understood')
    expect(refused).to_have_count(1)


def test_letters_are_no_shortcuts_while_a_new_message_is_coming(desk: Page) -> None:
    lines: list[tuple[WebSocketRoute, str | bytes]] = []
    is_held = True

    def hold_back(near: WebSocketRoute) -> None:
        far = near.connect_to_server()
        far.on_message(lambda said: lines.append((near, said)) if is_held else near.send(said))

    desk.route_web_socket("**/_event/**", hold_back)
    desk.goto("/new")
    desk.wait_for_function("() => window.goTo")
    desk.keyboard.type("gm")
    is_held = False
    for near, said in lines:
        near.send(said)
    writable(desk)

    expect(desk).to_have_title("New message · wasched")
    expect(desk.get_by_label("To", exact=True)).to_be_focused()


def test_a_pressed_button_hands_the_focus_to_the_one_in_its_place(desk: Page) -> None:
    desk.goto("/schedules/147")
    settled(desk)
    desk.get_by_role("button", name="Pause", exact=True).first.press("Enter")
    expect(desk.get_by_role("button", name="Resume", exact=True).first).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Pause", exact=True).first).to_be_focused()
    desk.goto("/accounts/1")
    settled(desk)
    stop, go_on = (
        desk.get_by_role("main").get_by_role("button", name=re.compile(f"^{word} Choir phone"))
        for word in ("Stop", "Go on")
    )
    stop.press("Enter")
    expect(go_on).to_be_focused()
    desk.keyboard.press("Enter")
    desk.get_by_role("alertdialog").get_by_role("button").last.press("Enter")
    expect(stop).to_be_focused()
    desk.get_by_label("Messages a day").press("Control+Enter")
    expect(desk.get_by_text("Saved")).to_be_visible()


def _is_somewhere(page: Page) -> None:
    page.wait_for_function("() => document.activeElement !== document.body")
