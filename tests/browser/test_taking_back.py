"""The wrong words to several people: corrected on their phones, and then taken back."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.books import Books
from tests.browser.person import Person
from tests.product import Product, until
from tests.whatsapp_server.client import Simulator
from wasched.domain.content import Text
from wasched.services.schedules import create

ADA, BOB, EVE = "4915100000001", "4915100000002", "4915100000003"


@pytest.fixture
def phones(whatsapp: Simulator) -> Simulator:
    """Ada's phone, to be linked, and those of Bob and Eve."""
    for phone, name in ((ADA, "Ada"), (BOB, "Bob"), (EVE, "Eve")):
        whatsapp.add_person(phone=phone, name=name)
    return whatsapp


def test_a_send_is_corrected_and_deleted_where_it_is_shown(
    owner: Person, phones: Simulator, product: Product
) -> None:
    books, page = Books(product), owner.page
    account = books.link(phones, ADA)
    people = (f"+{BOB}", f"+{EVE}")
    asked = create.ScheduleRequest(account, people, (Text("Rehersal at 8"),), None, None, "UTC")
    with books.scope() as session:
        create.create_schedule(session, books.owner, asked, datetime.now(UTC))
    for phone in (BOB, EVE):
        phones.wait_inbox(phone=phone)
    page.goto("/messages?tab=past")
    page.locator(".more-menu > summary").click()
    page.get_by_role("link", name="Delete or correct…").click()
    part = page.locator("#take-back")
    expect(part).to_contain_text("can be deleted for everyone until")

    part.get_by_text("Correct…").click()
    part.get_by_label("What it is to say").fill("Rehearsal at 8")
    part.get_by_role("button", name="Correct it").click()
    expect(part).to_contain_text("2 are corrected.")
    until(lambda: _all_show(phones, "edited", "Rehearsal at 8"), "it is corrected")

    part.get_by_role("button", name="Delete for everyone…").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete for everyone").click()
    expect(part).to_contain_text("2 are deleted for everyone.")
    expect(page.get_by_role("main").get_by_text("Deleted", exact=True)).to_have_count(2)
    until(lambda: _all_show(phones, "revoked", True), "it is deleted")
    for phone in (BOB, EVE):
        assert [one["kind"] for one in phones.inbox(phone=phone)] == ["text", "edit", "revoke"]
    page.locator(".m-row a").first.click()
    expect(page.get_by_text("corrected it")).to_be_visible()
    expect(page.get_by_text("“Rehersal at 8” is now “Rehearsal at 8”")).to_be_visible()
    books.close()


def _all_show(phones: Simulator, name: str, value: object) -> bool:
    """True once both phones show the message so."""
    return all(phones.inbox(phone=one)[0][name] == value for one in (BOB, EVE))
