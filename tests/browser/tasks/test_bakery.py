"""A shop's owner at a desk: customers, photos, numbers, and what can be taken away."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests import files
from tests.books import Books
from tests.browser.tasks.conftest import ADA, BOB, CARA, DORA, day
from tests.browser.tasks.hands import Hands
from tests.browser.tasks.test_sheets import a_file
from tests.product import until
from tests.whatsapp_server.client import Simulator
from wasched.models import Account

EVA = "4915100000005"


def test_what_went_to_one_person_last_month_is_found(bakery: Hands, books: Books) -> None:
    books.schedule(1, f"+{BOB}", "Your cake is ready")
    books.schedule(1, f"+{CARA}", "Your bread is ready")
    bakery.clicks(bakery.link(re.compile("^Messages")))
    bakery.clicks(bakery.link(re.compile("^Past")))
    bakery.writes("Search", "Jörg")
    expect(bakery.words("Your cake is ready")).to_be_visible()
    bakery.clicks(bakery.page.locator("summary", has_text="Filters"))
    bakery.dates("From", f"{day(-31):%Y-%m-%d}")
    bakery.dates("To", f"{day(0):%Y-%m-%d}")
    bakery.page.wait_for_url("**to=**")

    expect(bakery.words("Your cake is ready")).to_be_visible()
    expect(bakery.words("Your bread is ready")).to_have_count(0)


def test_a_photo_goes_with_a_text(bakery: Hands, phones: Simulator, tmp_path: Path) -> None:
    photo = tmp_path / "cake.jpg"
    photo.write_bytes(files.picture("jpeg", (1200, 800)))
    bakery.begins_message("Cara")
    bakery.clicks(bakery.page.get_by_role("toolbar").get_by_label("Attach", exact=True))
    with bakery.chooses_file(photo):
        bakery.clicks(bakery.page.get_by_role("menuitem", name="Photo, video, sound or file"))
    expect(bakery.button("Remove cake.jpg")).to_be_visible()
    bakery.writes("Message", "Do you like it?")
    bakery.clicks(bakery.radio("Now"))
    bakery.clicks(bakery.button("Send"))

    expect(bakery.page.get_by_role("heading", name="What happened")).to_be_visible()
    until(lambda: "image" in [one["kind"] for one in phones.inbox(phone=CARA)], "it is there")


def test_300_customers_are_told_though_a_day_takes_20(bakery: Hands, books: Books) -> None:
    rows = "\n".join(f"Kunde {one},+49 151 1000{one:04}" for one in range(300))
    _has_imported(bakery, f"Name,Phone\n{rows}\n", "Customers")
    with books.scope() as session:
        session.get_one(Account, 1).stranger_cap = 20
    bakery.begins_message("Customers")
    bakery.writes("Message", "Dear {fist_name}, we have Stollen again.")
    bakery.writes("When, in your words", "tomorrow at 9")
    expect(bakery.page.locator("#preview")).to_contain_text("{first_name}")
    bakery.writes("Message", "Dear {first_name}, we have Stollen again.")
    expect(bakery.page.locator("#spread")).to_contain_text("20 of 300 would go")
    bakery.clicks(bakery.button(re.compile("^Let it take")))
    expect(bakery.page.locator("#spread")).to_have_count(0)
    bakery.clicks(bakery.button("Schedule"))

    bakery.page.wait_for_url("**/messages")
    expect(bakery.words("Customers")).to_be_visible()
    bakery.has_done_it()
    with books.scope() as session:
        session.get_one(Account, 1).stranger_cap = 10**6


def test_a_wrong_number_is_told_before_saving(bakery: Hands) -> None:
    bakery.begins_message("0151 0000 0099")
    told = bakery.page.locator("#preview")

    expect(told).to_contain_text("is not on WhatsApp. Check the number.")


def test_a_wrong_number_is_corrected_and_what_waits_follows(bakery: Hands, books: Books) -> None:
    books.schedule(1, "+4915100000098", "Your order is ready", day(1), "Europe/Berlin")
    bakery.clicks(bakery.link(re.compile("^Messages")))
    bakery.clicks(bakery.row("Your order is ready"))
    bakery.clicks(bakery.page.get_by_role("main").get_by_role("link", name="+49 1510 0000098"))
    bakery.writes("Number", "0151 00000004")
    bakery.clicks(bakery.button("Save"))

    expect(bakery.words("Saved")).to_be_visible()
    expect(bakery.words("1 message waits")).to_be_visible()
    assert DORA in [books.phone(one.recipient_id) for one in books.messages()]


def test_the_messages_are_taken_away(bakery: Hands) -> None:
    bakery.clicks(bakery.link(re.compile("^Messages")))
    with bakery.page.expect_download() as awaited:
        bakery.clicks(bakery.link("Export"))

    assert awaited.value.suggested_filename.endswith(".csv")


def test_the_people_are_taken_away(bakery: Hands) -> None:
    bakery.clicks(bakery.link("Recipients"))
    for label, ending in (("For a spreadsheet (CSV)", ".csv"), ("For a phone (vCard)", ".vcf")):
        if not bakery.link(label).is_visible():
            bakery.clicks(bakery.page.locator("summary:visible", has_text="Export"))
        with bakery.page.expect_download() as awaited:
            bakery.clicks(bakery.link(label))
        assert awaited.value.suggested_filename.endswith(ending)


def test_who_answers_stop_is_seen(bakery: Hands, books: Books, phones: Simulator) -> None:
    phones.add_person(phone=EVA, name="Eva")
    books.schedule(1, f"+{EVA}", "News of the bakery")
    phones.wait_inbox(phone=EVA, count=1)
    phones.write(phone=EVA, to=ADA, text="STOP")
    bakery.clicks(bakery.link("Recipients"))

    expect(bakery.words("asked for no more messages")).to_be_visible()


def _has_imported(hands: Hands, sheet: str, into: str) -> None:
    """Before the task begins there are these people, in a list."""
    page = hands.page
    page.goto("/recipients/import")
    page.get_by_label("Choose a file").set_input_files(a_file("customers.csv", sheet.encode()))
    page.get_by_label("Put all of them into a list").select_option(label="A new list…")
    page.get_by_label("Its name").fill(into)
    page.get_by_role("button", name=re.compile("^Import [0-9]+ people")).click()
    expect(hands.words("people imported.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", name="Next")).to_be_visible()
    hands.begins_task()
