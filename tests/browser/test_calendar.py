"""Entries of the calendar are moved, by each of the ways, and put back."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect


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
