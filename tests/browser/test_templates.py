"""Templates in a browser: written beside their bubble, found again, changed and removed."""

import re

from playwright.sync_api import expect

from tests.browser.person import Person

REMINDER = "Dear {first_name|friend},\n- bring the *score*\n> or a pencil"


def keeps(person: Person, name: str, text: str) -> None:
    """Fill in the editor and keep it."""
    person.page.get_by_label("Name", exact=True).fill(name)
    person.page.get_by_label("Text", exact=True).fill(text)
    person.page.get_by_role("button", name="Save", exact=True).click()
    expect(person.page.get_by_role("heading", name="Edit template")).to_be_visible()


def test_a_template_is_written_beside_its_bubble_changed_and_removed(member: Person) -> None:
    page = member.page
    member.goes_to("Templates")
    page.get_by_label("Text", exact=True).fill(REMINDER)
    bubble = page.locator(".bubble")
    expect(bubble).to_contain_text("Dear Anna,")
    expect(bubble.locator(".b-bullet .bold")).to_have_text("score")
    expect(bubble.locator(".b-quote")).to_have_text("or a pencil")

    keeps(member, "Rehearsal", REMINDER)
    listed = page.get_by_role("navigation", name="Templates")
    expect(listed.get_by_role("link", name=re.compile("Rehearsal"))).to_contain_text("Not used yet")

    keeps(member, "Choir rehearsal", "Dear all")
    expect(listed.get_by_role("link", name=re.compile("Choir rehearsal"))).to_be_visible()
    page.reload()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Choir rehearsal")

    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No templates yet.")).to_be_visible()


def test_the_editor_says_what_is_wrong_helps_and_fits_on_a_small_phone(member: Person) -> None:
    page = member.page
    member.goes_to("Templates")
    page.get_by_role("button", name="Save", exact=True).click()
    name, text = page.get_by_label("Name", exact=True), page.get_by_label("Text", exact=True)
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Give the template a name to find it by.")).to_be_visible()

    text.fill("Dear , hello")
    text.evaluate("field => field.setSelectionRange(5, 5)")
    page.get_by_role("button", name="Insert {first_name}").click()
    expect(text).to_have_value("Dear {first_name}, hello")
    expect(page.locator(".bubble")).to_contain_text("Dear Anna, hello")

    keeps(member, "A" * 80, "https://example.org/" + "long" * 100)
    page.wait_for_url("**/templates/*")
    page.set_viewport_size({"width": 320, "height": 700})
    for path in ("/templates", page.url):
        page.goto(path)
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
