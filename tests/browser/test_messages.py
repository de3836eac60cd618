"""The list of messages: found, filtered, exported, cancelled and put back."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.look import settled


def test_filters_live_in_the_address_and_choose_what_is_exported(desk: Page) -> None:
    desk.goto("/messages?tab=all")
    settled(desk)
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


def test_a_list_is_found_while_one_types_and_a_choice_waits_for_no_server(desk: Page) -> None:
    held: list[str | bytes] = []
    line: dict[str, WebSocketRoute] = {}

    def between(page: WebSocketRoute) -> None:
        line["page"] = page
        page.connect_to_server().on_message(lambda said: held.append(said))

    def answered() -> None:
        while held:
            line["page"].send(held.pop(0))

    desk.route_web_socket("**/_event/**", between)
    desk.goto("/messages?tab=past")
    rows, search, status = (
        desk.locator(".m-row"),
        desk.get_by_label("Search"),
        desk.get_by_label("Status"),
    )
    _until(answered, desk, lambda: rows.count() > 2)
    search.press_sequentially("dilnoza")
    desk.wait_for_url("**tab=past&q=dilnoza")
    desk.get_by_text("Filters").click()
    status.select_option("read")

    desk.wait_for_url("**q=dilnoza&status=read")
    expect(status).to_have_value("read")
    expect(search).to_have_value("dilnoza")
    _until(answered, desk, lambda: rows.count() == 1)
    expect(status).to_have_value("read")


def test_many_are_cancelled_at_once_and_put_back(desk: Page) -> None:
    desk.goto("/messages")
    rows = desk.locator(".m-choice")
    rows.nth(2).get_by_role("checkbox").click()
    rows.nth(3).get_by_role("checkbox").click()
    expect(desk.get_by_text("2 chosen")).to_be_visible()
    _tab_of(desk, "Past").click()  # what is chosen is chosen from one list
    expect(desk.get_by_text("Choose all")).to_be_visible()
    _tab_of(desk, "Coming up").click()
    expect(desk.get_by_text("2 chosen")).to_be_visible()
    expect(rows.nth(3).get_by_role("checkbox")).to_be_checked()
    count, past = rows.count(), int(_tab_of(desk, "Past").locator(".n").inner_text())
    expect(_tab_of(desk, "Coming up")).to_have_text("Coming up99+")

    desk.get_by_role("button", name="Cancel them").click()
    expect(desk.get_by_text("Cancelled: 2 messages.")).to_be_visible()
    expect(_tab_of(desk, "Past")).to_have_text(f"Past{past + 2}")
    desk.get_by_role("button", name="Undo").click()

    expect(desk.get_by_text("Put back as it was.")).to_be_visible()
    expect(rows).to_have_count(count)
    expect(_tab_of(desk, "Past")).to_have_text(f"Past{past}")


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


def test_a_search_goes_along_from_tab_to_tab(desk: Page) -> None:
    desk.set_viewport_size({"width": 360, "height": 780})
    desk.goto("/messages?q=Dilnoza")
    settled(desk)
    rows = desk.locator(".m-choice")
    expect(rows.filter(has_text="Dilnoza").first).to_be_visible()
    expect(rows.filter(has_not_text="Dilnoza")).to_have_count(0)
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


def _until(answer: Callable[[], None], page: Page, is_so: Callable[[], bool]) -> None:
    """Let the server answer until something is so."""
    for _ in range(300):
        answer()
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("the page does not show what the server answered")


def _tab_of(page: Page, name: str) -> Locator:
    """A tab of Messages, whatever count stands behind its name."""
    return page.get_by_label("Which messages").get_by_role("link", name=re.compile(f"^{name}"))
