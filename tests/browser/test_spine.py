"""One thread all the way: from the browser to the recipient's phone and back."""

from tests.browser.person import Person, scan
from tests.product import Product
from tests.whatsapp_server.client import Simulator

ADA, BOB = "4915100000001", "4915100000002"


def test_a_text_goes_from_the_browser_to_the_phone_and_its_receipts_come_back(
    owner: Person, product: Product, whatsapp: Simulator
) -> None:
    whatsapp.add_person(phone=ADA, name="Ada")
    whatsapp.add_person(phone=BOB, name="Bob", delivered=None)
    owner.adds_account("Choir phone")

    scan(whatsapp, owner.qr_code(), ADA)
    owner.sees_connected()

    owner.writes(f"+{BOB}", "Rehearsal at 19:30 🎶")
    [arrived] = whatsapp.wait_inbox(phone=BOB, count=1)
    assert arrived["text"] == "Rehearsal at 19:30 🎶"
