"""What all pages have: keys, clocks that go on, the news, and words where nothing answers."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.look import settled, tab, violations


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


def test_a_link_changes_the_page_without_loading_it_and_opens_a_tab_when_asked_to(
    desk: Page,
) -> None:
    desk.goto("/calendar")
    settled(desk)
    desk.evaluate("window.isTheSame = true")
    link = desk.get_by_role("navigation", name="Main").first.get_by_role("link", name="Recipients")
    # A busy browser lets a tab behind another wait, which has taken a minute.
    with desk.context.expect_page(timeout=180_000) as opened:
        link.click(modifiers=["ControlOrMeta"])
    opened.value.bring_to_front()
    expect(opened.value).to_have_title("Recipients · wasched")
    opened.value.close()
    expect(desk).to_have_title("Calendar · wasched")

    link.click()

    expect(desk).to_have_title("Recipients · wasched")
    assert desk.evaluate("window.isTheSame")


def test_clocks_and_distances_go_on_while_nobody_does_anything(visit: Visit) -> None:
    context = visit(1280, "light")
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


def test_what_one_browser_does_the_other_shows(visit: Visit, desk: Page) -> None:
    context = visit(360, "dark")
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


def test_a_page_that_broke_is_loaded_anew(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/more")
    settled(page)
    page.evaluate("window.isTheSame = true; setInterval(() => null.broken, 500)")

    page.wait_for_function("() => !window.isTheSame")
    settled(page)


def test_without_a_connection_the_page_says_so_and_comes_back(visit: Visit) -> None:
    context = visit(360, "light")
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
