"""People brought from a file: looked at first, mistakes and all, saved, and taken back."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.person import Person
from tests.browser.test_recipients import adds, makes_list
from tests.files import SAMPLES
from tests.product import Product
from wasched import db
from wasched.adapters.clock import SystemClock
from wasched.adapters.media_files import MediaFiles
from wasched.db import Database
from wasched.domain.errors import InputError
from wasched.services.address_book.imports import import_queue, run


@pytest.fixture(scope="module", autouse=True)
def reading(shared_product: Product) -> Iterator[None]:
    """Files of people are read as a worker reads them, beside a server that has none."""
    engine = db.make_engine(shared_product.settings.database_url)
    store, stopped = MediaFiles(shared_product.settings.media_path), threading.Event()

    def read() -> None:
        while not stopped.wait(0.1):
            read_waiting(Database(engine), store)

    thread = threading.Thread(target=read)
    thread.start()
    yield
    stopped.set()
    thread.join()
    engine.dispose()


def read_waiting(database: Database, store: MediaFiles) -> None:
    """Read the file that waits longest, if there is one."""
    now = datetime.now(UTC)
    import_id = database.transaction(lambda s: import_queue.take_next(s, "a test", now))
    if import_id is None:
        return
    try:
        token = database.answer(lambda s: import_queue.fetch_unread(s, import_id)).token
        run.read_import(database, store.incoming(token), SystemClock(), import_id)
    except InputError as refusal:
        why = refusal.reason
        database.transaction(lambda s: import_queue.refuse_import(s, import_id, why, now))


CHOIR = """Name;Handy;Stimme
Anna Alto;0151 00000101;alt
Ben Bass;+49 151 00000102;bass
Carl;;tenor
Dora;12;alt
Ben again;+49 151 00000102;bass
"Emil; Tenor";0151 00000105;tenor
"""


def chooses_file(page: Page, data: bytes, name: str = "choir.csv") -> None:
    """Choose a file on the page of imports."""
    page.goto("/recipients")
    page.get_by_role("link", name="Import").locator("visible=true").first.click()
    expect(page.get_by_text("A file of people")).to_be_visible()
    page.get_by_label("Choose a file").set_input_files(a_file(name, data))


def a_file(name: str, data: bytes) -> FilePayload:
    """A file to choose."""
    return {"name": name, "mimeType": "text/plain", "buffer": data}


def row(page: Page, text: str) -> str:
    """What is said of a row of the file."""
    return page.get_by_role("listitem").filter(has_text=text).last.inner_text()


def test_a_spreadsheet_with_mistakes_is_looked_at_saved_and_undone(member: Person) -> None:
    page = member.page
    adds(page, "Anna", "+4915100000101")
    makes_list(page, "Choir")

    chooses_file(page, CHOIR.encode("cp1252"))
    expect(page.get_by_text("6 rows: 1 new, 1 twice in the file, 4 wrong.")).to_be_visible()
    page.get_by_label("Numbers without their country are from").select_option(label="Germany (+49)")
    summary = "6 rows: 2 new, 1 changed, 1 twice in the file, 2 wrong."
    expect(page.get_by_text(summary)).to_be_visible()
    assert "Was called Anna. New: Stimme." in row(page, "Anna Alto")
    assert "No number." in row(page, "Carl")
    assert "is too short" in row(page, "Dora")
    assert "The same number as in line 3." in row(page, "Ben again")

    page.get_by_role("button", name="Wrong 2").click()
    expect(page.get_by_text("The same number as in line 3.")).to_have_count(0)
    page.reload()
    expect(page.get_by_text(summary)).to_be_visible()

    page.get_by_label("Put all of them into a list").select_option(label="Choir")
    page.get_by_role("button", name="Import 3 people").click()
    expect(page.get_by_text("3 people imported.")).to_be_visible()
    for name in ("Anna Alto", "Ben Bass", "Emil; Tenor"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    page.goto("/recipients?tab=lists")
    expect(page.get_by_role("link", name="Choir")).to_contain_text("3")

    page.goto("/recipients/import")
    page.get_by_role("button", name="Undo it").click()
    page.get_by_role("button", name="Undo it").last.click()
    expect(page.get_by_text("2 people are removed again. 1 is as before.")).to_be_visible()
    page.goto("/recipients")
    expect(page.get_by_role("link", name="Anna", exact=False)).to_have_count(1)
    expect(page.get_by_role("link", name="Ben Bass")).to_have_count(0)


def test_columns_are_guessed_and_can_be_changed(member: Person) -> None:
    page = member.page
    text = "Mitglied,Notfallnummer,Nummer\nAnna,+49 30 5551234,+49 151 00000101\n"
    chooses_file(page, text.encode())
    expect(page.get_by_label("What Notfallnummer is")).to_have_value("phone")
    page.get_by_label("What Nummer is").select_option(label="Number")
    expect(page.get_by_label("What Notfallnummer is")).to_have_value("field")
    expect(page.get_by_text("+49 1510 0000101").first).to_be_visible()
    page.get_by_label("Put all of them into a list").select_option(label="A new list…")
    page.get_by_role("button", name="Import 1 person").click()
    expect(page.get_by_label("Its name")).to_be_focused()
    page.get_by_label("Its name").fill("Members")
    page.get_by_role("button", name="Import 1 person").click()
    page.get_by_role("link", name="Anna").click()
    expect(page.get_by_label("More about them")).to_have_value("Notfallnummer: +49 30 5551234")
    expect(page.get_by_text("Members")).to_be_visible()


def test_what_is_no_file_of_people_is_refused(member: Person, tmp_path: Path) -> None:
    page = member.page
    chooses_file(page, b"PK\x03\x04" + b"\x00" * 100, "choir.xlsx")
    expect(page.get_by_role("alert").filter(has_text="may be damaged")).to_be_visible()
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(1024**3)
    page.get_by_label("Choose a file").set_input_files(huge)
    expect(page.get_by_role("alert").filter(has_text="50 MB")).to_be_visible()
    page.get_by_label("Choose a file").set_input_files(
        a_file("contacts.vcf", b"BEGIN:VCARD\nFN:Anna\nTEL:+4915100000101\nEND:VCARD\n")
    )
    page.get_by_role("button", name="Put it away").click()
    expect(page.get_by_text("Nobody was changed.")).to_be_visible()


def test_another_sheet_of_a_workbook_is_turned_to(member: Person) -> None:
    page = member.page
    chooses_file(page, (SAMPLES / "contacts" / "choir.ods").read_bytes(), "choir.ods")
    sheet = page.get_by_label("Sheet of the workbook")
    expect(sheet).to_have_value("Choir")
    expect(page.get_by_text("1 hidden sheet is not offered.")).to_be_visible()
    sheet.select_option(label="Board")
    expect(page.get_by_text("Ina Ahl")).to_be_visible()
    expect(sheet).to_have_value("Board")


def test_an_import_is_taken_back_by_the_toast_that_tells_of_it(member: Person) -> None:
    page = member.page
    chooses_file(page, b"Name,Phone\nAnna,+49 151 00000101\n")
    page.get_by_role("button", name="Import 1 person").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("1 person is removed again.")).to_be_visible()
    expect(page.get_by_text("Nobody yet.")).to_be_visible()
