"""Recipients in a browser: a list made, written to but for some, and somebody who wants no more."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.look import writable
from tests.browser.person import Person, offers

CHOIR = {"Anna Alto": "+4915100000101", "Ben Bass": "+4915100000102", "Tom Tenor": "+4915100000103"}


def adds(page: Page, name: str, number: str) -> None:
    """Add a person from the page of people."""
    page.goto("/recipients")
    page.get_by_text("Add a person").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Number").fill(number)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def makes_list(page: Page, name: str, *members: str) -> None:
    """Make a list and put people in."""
    page.goto("/recipients?tab=lists")
    page.get_by_label("New list").fill(name)
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    for member in members:
        page.get_by_label("Name or number of somebody to put in").fill(member)
        page.get_by_role("button", name=f"Put in {member}").click()
        expect(page.get_by_role("button", name=f"Take out {member}")).to_be_visible()


def chooses(page: Page, label: str, name: str) -> None:
    """Type a name in a field of the composer and choose what is offered."""
    page.get_by_label(label, exact=True).fill(name)
    found = offers(page, label)
    expect(found).to_have_count(1)  # not yet what was offered before anything was typed
    expect(found).to_contain_text(name)
    found.click()
    expect(page.get_by_role("button", name=f"Remove {name}")).to_be_visible()


def takes_away(page: Page, link: str, name: str) -> str:
    """Press a link below Export; returns what is in the file that comes."""
    with page.expect_download() as awaited:
        page.locator("a:visible", has_text=link).click()
    assert awaited.value.suggested_filename == name
    return Path(awaited.value.path()).read_text(encoding="utf-8")


def test_a_text_goes_to_everyone_in_a_list_but_some(linked_member: Person) -> None:
    page = linked_member.page
    for name, number in CHOIR.items():
        adds(page, name, number)
    makes_list(page, "Choir", *CHOIR)
    makes_list(page, "Tenors", "Tom Tenor")

    page.goto("/new")
    writable(page)
    chooses(page, "To", "Choir")
    expect(page.get_by_text("3 recipients").first).to_be_visible()
    chooses(page, "But not", "Tenors")
    page.get_by_label("Message", exact=True).fill("Rehearsal at 19:30")
    page.get_by_role("radio", name="Now", exact=True).click()
    expect(page.locator("#preview").get_by_text("2 recipients")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Remove Tenors")).to_be_visible()
    page.get_by_role("button", name="Send").locator("visible=true").first.click()
    page.wait_for_url("**/messages**")

    for name, says in (("Anna Alto", "1 message waits"), ("Tom Tenor", "0 messages wait")):
        page.goto("/recipients")
        page.get_by_role("link", name=name).click()
        expect(page.get_by_text(says)).to_be_visible()


def test_a_column_of_a_spreadsheet_pasted_into_to_becomes_recipients(linked_member: Person) -> None:
    page = linked_member.page
    page.goto("/new")
    writable(page)
    page.get_by_label("To", exact=True).focus()
    pasted = "Anna\t+49 151 0000 0201\n\tBen\t+49 151 0000 0202\n0151x 000 203\n"

    page.evaluate(_PASTE, pasted)

    for number in ("+49 1510 0000201", "+49 1510 0000202"):
        expect(page.get_by_role("button", name=f"Remove {number}")).to_be_visible()
    expect(page.get_by_text('"0151x 000 203"')).to_be_visible()
    expect(page.get_by_label("To", exact=True)).to_have_value("0151x 000 203")

    page.goto("/recipients")
    adds(page, "Cem", "+4915100000204")
    adds(page, "Cem's shop", "+4915100000205")
    page.get_by_label("Number").fill("+49 151 0000 0204")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("group").get_by_text("Cem has this number already.")).to_be_visible()
    expect(page.locator("#holder")).to_be_focused()
    page.get_by_role("button", name="Make them one").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    expect(page.get_by_label("Number")).to_have_value("+49 1510 0000204")
    expect(page.get_by_label("Number")).to_be_focused()


_PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const pasted = { clipboardData, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", pasted));
}"""


def test_who_wants_no_more_is_shown_and_left_out(linked_member: Person) -> None:
    page = linked_member.page
    adds(page, "Anna Alto", CHOIR["Anna Alto"])

    page.get_by_role("button", name="They want no more").click()
    expect(page.get_by_text("Asked for no more messages")).to_be_visible()

    page.goto("/recipients")
    expect(page.get_by_text("asked for no more messages")).to_be_visible()
    page.goto("/new")
    writable(page)
    chooses(page, "To", "Anna Alto")
    expect(page.get_by_text("1 person has asked for no more messages")).to_be_visible()


def test_mistakes_get_a_sentence_and_people_can_be_taken_away(member: Person) -> None:
    page = member.page
    page.goto("/recipients")
    page.get_by_text("Add a person").click()
    page.get_by_label("Name", exact=True).fill("Anna")
    page.get_by_label("Number").fill("0151")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("has no country")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Anna")

    adds(page, "Anna", "+4915100000101")
    page.get_by_label("More about them").fill("tenor")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("name: value")).to_be_visible()
    page.get_by_label("More about them").fill("Voice: tenor")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("In texts: {voice}")).to_be_visible()

    page.goto("/recipients")
    page.locator("summary:visible", has_text="Export").click()
    assert '"Anna","+49 1510 0000101","tenor",""' in takes_away(page, "CSV", "people.csv")
    assert "FN:Anna\n" in takes_away(page, "vCard", "people.vcf")
