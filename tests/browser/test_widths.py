"""What people with a small screen, a long name or forced colours meet on single pages."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.look import settled, tab, writable
from tests.browser.widths import crowded

_FOCUS_SHOWS = """
() => {
  const marks = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  let one = document.activeElement;
  while (one && !marks(one)) one = one.parentElement;
  return one !== null && !one.matches("body, html");
}
"""


def test_a_search_on_a_phone_leaves_its_hits_in_sight(visit: Visit) -> None:
    with tab(visit(360)) as page:
        page.set_viewport_size({"width": 360, "height": 400})  # the keyboard has the rest
        page.goto("/messages")
        settled(page)
        counts = page.locator(".tabs .n")
        expect(counts).not_to_have_count(0)
        filters, status = page.locator(".filters summary"), page.get_by_label("Status")
        place = filters.bounding_box()

        page.get_by_label("Search").press_sequentially("dilnoza")
        page.wait_for_url("**q=dilnoza")

        expect(counts).to_have_count(0)
        expect(status).to_be_hidden()
        hit = page.locator(".m-row a").first
        expect(hit).to_have_text("Dilnoza Karimova")
        # What is stopped is said above everything, and has to be ended first.
        assert _bottom(hit) - _bottom(page.locator("#stopped")) < 260
        filters.click()
        expect(status).to_be_visible()
        assert filters.bounding_box() == place
        for name in ("From", "To"):
            box = page.locator("label.field", has_text=name)
            assert _bottom(box.locator("input")) <= _bottom(box)
        status.select_option("read")
        expect(filters.locator(".n")).to_have_text("1 in force")


def test_a_toast_has_buttons_for_thumbs_and_stands_on_nothing(visit: Visit) -> None:
    with tab(visit(360)) as page:
        page.goto("/")
        page.get_by_role("button", name="Dismiss").first.click()
        toast = page.locator("[data-sonner-toast]")
        undo = toast.get_by_role("button", name="Undo")
        expect(undo).to_be_visible()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")

        for button in (undo, toast.get_by_role("button", name="Close toast")):
            box = button.bounding_box()
            assert box is not None
            assert box["width"] >= 44
            assert box["height"] >= 44
        assert undo.evaluate("it => getComputedStyle(it).fontFamily").startswith('"Inter Variable"')
        page.wait_for_function(
            "it => it.getAnimations({ subtree: true }).length === 0", arg=toast.element_handle()
        )
        assert _bottom(page.locator("main .section").last) <= _top(toast)
        assert _bottom(toast) <= _top(page.locator(".tabbar"))
        undo.click()
        expect(page.get_by_text("Put back as it was.")).to_be_visible()


def test_a_long_name_and_a_long_sentence_have_room_in_compose(visit: Visit) -> None:
    with tab(visit(360)) as page:
        page.goto("/new")
        writable(page)
        page.get_by_label("To", exact=True).fill("коваль")
        offer = page.locator(".offer", has_text="Василівна")
        expect(offer).to_be_visible()
        assert crowded(page, 140) == []
        offer.click()
        expect(page.locator(".chip", has_text="Василівна")).to_be_visible()
        page.get_by_label("When, in your words").fill("every 2 years on 30 September at 18:00")
        page.get_by_label("When, in your words").blur()
        said = page.locator(".actbar b", has_text="at 18:00")
        expect(said).to_be_visible()

        assert crowded(page, 140) == []
        assert said.evaluate("it => it.scrollHeight <= it.clientHeight + 1"), "the hour is cut"
        for day in page.locator(".fires b").all():
            assert day.evaluate("it => it.getClientRects().length") == 1


def test_in_forced_colours_one_sees_where_the_focus_is(visit: Visit) -> None:
    with tab(visit(1280, forced_colors="active")) as page:
        page.goto("/new")
        writable(page)
        page.get_by_label("To", exact=True).focus()
        for _ in range(20):
            page.keyboard.press("Tab")
            at = page.evaluate("document.activeElement.outerHTML.slice(0, 60)")
            assert page.evaluate(_FOCUS_SHOWS), at
            seen = page.evaluate("(window.seen ??= new Set()).add(document.activeElement).size")
        assert seen > 15


def test_what_stands_below_another_begins_where_it_does(visit: Visit) -> None:
    with tab(visit(360)) as page:
        page.goto("/messages")
        settled(page)
        boxes = page.get_by_role("checkbox")
        assert _left(boxes.nth(0)) == _left(boxes.nth(1))  # Choose all, and the first row's
        page.set_viewport_size({"width": 1280, "height": 860})
        assert _left(boxes.nth(0)) == _left(boxes.nth(1))
        row = page.locator(".m-choice").first
        row.locator("summary").hover()  # a row is lit as a whole, its menu too
        expect(row).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
        page.goto("/")
        settled(page)
        for section in page.locator("main .section").all():
            assert _left(section.get_by_role("heading").first) == _left(section.locator(".card"))


def test_what_ends_something_is_asked_about_in_red(desk: Page) -> None:
    desk.goto("/accounts/1")
    desk.get_by_role("button", name="Unlink").click()
    question = desk.get_by_role("alertdialog")
    expect(question.get_by_role("button", name="Unlink")).to_have_css(
        "background-color", "rgb(198, 42, 47)"
    )
    question.get_by_role("button", name="Keep it linked").click()


def _left(one: Locator) -> float:
    return _side(one, "left")


def _top(one: Locator) -> float:
    return _side(one, "top")


def _bottom(one: Locator) -> float:
    return _side(one, "bottom")


def _side(one: Locator, side: str) -> float:
    return float(one.evaluate(f"it => it.getBoundingClientRect().{side}"))
