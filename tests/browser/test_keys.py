"""The keyboard beyond Tab: along rows, to anything by its name, and back to where one was."""

from dataclasses import replace

from playwright.sync_api import Page, expect

from tests.books import Books, now
from tests.browser.conftest import Visit
from tests.browser.look import settled, tab
from tests.product import Product
from wasched.services.identity import team

ROWS = "main .m-row .to a"


def test_keys_go_along_the_rows_choose_them_and_leave(desk: Page) -> None:
    desk.goto("/messages?tab=past")
    settled(desk)
    rows = desk.locator(ROWS)
    expect(rows.nth(3)).to_be_visible()

    for key in "jjjk":
        desk.keyboard.press(key)
    expect(rows.nth(1)).to_be_focused()
    desk.keyboard.press("x")
    expect(desk.locator(".bulk")).to_contain_text("1 chosen")
    expect(rows.nth(1)).to_be_focused()
    expect(desk.locator(".m-choice").nth(1).get_by_role("checkbox")).to_be_checked()
    desk.keyboard.press("x")
    expect(desk.locator(".bulk")).to_contain_text("Choose all")
    desk.keyboard.press("Escape")
    expect(desk.locator("#main")).to_be_focused()

    desk.get_by_label("Search").focus()
    desk.keyboard.type("jxk?")
    expect(desk.get_by_label("Search")).to_have_value("jxk?")
    expect(desk.locator("#keys")).to_be_hidden()


def test_anything_is_found_by_its_name_and_opened(desk: Page) -> None:
    desk.goto("/")
    settled(desk)
    desk.keyboard.press("Control+k")
    field = desk.get_by_role("combobox", name="Find anything")
    options = desk.get_by_role("dialog").get_by_role("option")
    expect(field).to_be_focused()
    expect(options.first).to_have_text("New messageDo")

    desk.keyboard.type("whole")
    expect(options).to_have_count(1)
    expect(options.first).to_contain_text("Whole choir")
    expect(field).to_have_attribute("aria-activedescendant", str(options.get_attribute("id")))
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/lists/*")

    desk.get_by_role("button", name="Find", exact=False).click()
    desk.keyboard.type("keyb")
    desk.keyboard.press("Enter")  # before the answer: it counts for what was typed
    expect(desk.get_by_role("heading", name="Keyboard")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.evaluate("localStorage.setItem('wasched-keys', 'off')")
    for key in ("Control+k", "?", "j"):
        desk.keyboard.press(key)
    expect(desk.locator("dialog[open]")).to_have_count(0)


def test_back_leads_to_the_tab_the_search_and_the_row_one_came_from(visit: Visit) -> None:
    with tab(visit(360)) as phone:
        phone.goto("/messages?tab=past")
        counts = phone.locator(".tabs .n")
        expect(counts).not_to_have_count(0)
        phone.get_by_label("Search").fill("a")
        phone.wait_for_url("**tab=past&q=a")
        expect(counts).to_have_count(0)  # what was found is there
        last = phone.locator(ROWS).last
        last.scroll_into_view_if_needed()
        name, down = last.inner_text(), phone.evaluate("scrollY")
        last.press("Enter")
        phone.wait_for_url("**/messages/*")

        phone.get_by_role("link", name="Back").click()

        phone.wait_for_url("**tab=past&q=a")
        expect(phone.locator(ROWS).last).to_be_focused()
        assert phone.locator(":focus").inner_text() == name
        assert abs(phone.evaluate("scrollY") - down) < 2

        phone.goto("/messages/1")  # opened here: it leads to the list
        phone.get_by_role("link", name="Back").click()
        phone.wait_for_url("**/messages*")


def test_pages_of_people_lists_and_files_have_a_way_back_at_a_desk(desk: Page) -> None:
    for address in ("/recipients/1", "/lists/1", "/recipients/import"):
        desk.goto(address)
        expect(desk.locator("main").get_by_role("link", name="Recipients")).to_be_visible()


def test_a_key_pressed_twice_dismisses_one_thing(desk: Page) -> None:
    desk.goto("/")
    buttons = desk.get_by_role("button", name="Dismiss")
    expect(buttons.nth(1)).to_be_visible()
    before = buttons.count()
    buttons.first.focus()

    desk.keyboard.press("Enter")
    expect(buttons).to_have_count(before - 1)
    desk.keyboard.press("Enter")  # at most it opens the next one
    desk.wait_for_load_state("networkidle")
    desk.goto("/")
    settled(desk)

    expect(buttons).to_have_count(before - 1)


def test_a_key_pressed_twice_takes_back_one_invitation(full_product: Product, desk: Page) -> None:
    books = Books(full_product)
    with books.scope() as session:
        for name in ("Ann", "Ben", "Cleo"):
            team.invite_member(
                session, replace(books.owner, confirmed_at=now()), name, "editor", now()
            )
    desk.goto("/settings")
    buttons = desk.get_by_role("button", name="Take back")
    expect(buttons).to_have_count(3)
    buttons.first.focus()

    desk.keyboard.press("Enter")
    expect(buttons).to_have_count(2)
    expect(desk.locator("li.person:focus")).to_have_count(1)
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Take back").last.click()
    expect(buttons).to_have_count(1)

    buttons.click()
    expect(buttons).to_have_count(0)
