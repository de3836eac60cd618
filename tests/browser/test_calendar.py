"""Entries of the calendar are moved, by each of the ways, and put back."""

from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.look import tab


def test_an_entry_of_the_calendar_is_moved_with_the_keyboard_and_put_back(desk: Page) -> None:
    desk.goto("/calendar?view=week")
    entry = desk.locator(".ev[data-moves=true]").first
    label = entry.get_attribute("aria-label") or ""
    entry.focus()

    desk.keyboard.press("Alt+ArrowDown")
    expect(desk.get_by_text("Moved to")).to_be_visible()
    desk.wait_for_url("**/calendar?view=week&day=*")  # the week that it went to
    expect(desk.get_by_label(label, exact=True)).to_be_focused()
    desk.get_by_role("button", name="Undo").click()

    desk.go_back()
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
    expect(desk.locator("#stopped")).to_be_visible()  # it comes above the calendar
    entry = desk.locator(".ev[draggable=true]").first
    name = entry.locator("bdi").inner_text()
    target = desk.locator(".cell").last
    target.scroll_into_view_if_needed()  # else what is held would move away below the mouse
    desk.evaluate(_NOTE_TARGETS)

    entry.drag_to(target)

    expect(desk.get_by_text("Moved to")).to_be_visible()
    assert desk.evaluate("targets.at(-1)") == target.get_attribute("data-day")
    expect(target.locator(".ev", has_text=name)).to_be_visible()
    expect(desk.locator("[data-over]")).to_have_count(0)
    desk.get_by_role("button", name="Undo").click()
    expect(target.locator(".ev", has_text=name)).to_have_count(0)


def test_a_message_is_pushed_two_weeks_on_and_back_and_no_other(desk: Page) -> None:
    desk.goto("/calendar")
    # What goes out just now changes by itself; another day stands still.
    entry = desk.locator(".cell:not(.today) .ev[data-moves=true]").first
    label = entry.get_attribute("aria-label") or ""
    day = date.fromisoformat(_day_of(entry))
    others = _labels(desk, day) - {label}
    entry.focus()

    for key, days in (("Down", 7), ("Down", 14), ("Right", 15), ("Left", 14), ("Up", 7), ("Up", 0)):
        desk.keyboard.press(f"Alt+Arrow{key}")
        _expect_focus_on(desk, day + timedelta(days=days), label)

    assert _labels(desk, day) - {label} == others


def test_the_calendar_is_a_grid_with_one_stop_for_the_tab_key(desk: Page) -> None:
    desk.goto("/calendar?view=month&day=2031-01-30")
    grid = desk.get_by_role("grid", name="January 2031")
    expect(grid.locator("[tabindex='0']")).to_have_count(1)
    grid.locator("[tabindex='0']").focus()

    for key, day in (
        ("ArrowRight", "2031-01-31"),
        ("Home", "2031-01-27"),
        ("End", "2031-02-02"),
        ("ArrowUp", "2031-01-26"),
        ("Control+Home", "2030-12-30"),
        ("ArrowLeft", "2030-12-29"),  # on the page of another month
        ("PageDown", "2031-01-29"),
        ("PageDown", "2031-02-28"),
    ):
        desk.keyboard.press(key)
        expect(desk.locator(f"[role=gridcell][data-day='{day}']")).to_be_focused()
    stop = desk.locator("[role=grid] [tabindex='0']")
    expect(stop).to_have_count(1)
    for key in ("ArrowUp", "ArrowUp"):  # to a day that the next page does not have
        desk.keyboard.press(key)
    desk.get_by_role("link", name="Week", exact=True).click()
    expect(desk.locator(".cal.week")).to_be_visible()
    expect(stop).to_have_attribute("data-day", "2031-02-28")

    desk.goto("/calendar")
    entry = desk.locator(".ev[data-moves=true]").first
    cell = desk.locator(f"[data-day='{_day_of(entry)}']")
    cell.focus()
    desk.keyboard.press("Enter")
    expect(cell.locator(".ev").first).to_be_focused()
    desk.keyboard.press("End")
    expect(cell.locator(".ev, .more").last).to_be_focused()
    desk.keyboard.press("Escape")
    expect(cell).to_be_focused()
    desk.set_viewport_size({"width": 1920, "height": 900})
    assert _box(desk.locator(".cal"))["width"] > 1500


def test_the_form_that_moves_a_message_opens_clear_of_a_phones_bar(visit: Visit) -> None:
    with tab(visit(360)) as phone:
        phone.goto("/calendar?view=list")
        last = phone.locator(".cal-entry", has=phone.locator("summary")).last
        last.locator("summary").click()

        button = last.get_by_role("button", name="Move", exact=True)
        expect(button).to_be_in_viewport()
        bar = _box(phone.locator(".tabbar"))
        assert _box(button)["y"] + _box(button)["height"] < bar["y"]


_NOTE_TARGETS = """
window.targets = [];
new MutationObserver((all) => {
  for (const { target } of all) if ("over" in target.dataset) targets.push(target.dataset.day);
}).observe(document.body, { subtree: true, attributeFilter: ["data-over"] })
"""  # the days that have shown that something would land there


def _day_of(entry: Locator) -> str:
    return str(entry.evaluate("one => one.closest('[data-day]').dataset.day"))


def _labels(page: Page, day: date) -> set[str | None]:
    entries = page.locator(f"[data-day='{day}'] .ev").all()
    return {one.get_attribute("aria-label") for one in entries}


def _expect_focus_on(page: Page, day: date, label: str) -> None:
    there = page.locator(f"[data-day='{day}'] .ev:focus")
    expect(there).to_have_attribute("aria-label", label)


def _box(part: Locator) -> dict[str, float]:
    found = part.bounding_box()
    assert found is not None
    return {name: float(found[name]) for name in ("x", "y", "width", "height")}  # type: ignore[literal-required]
