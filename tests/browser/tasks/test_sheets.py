"""Somebody who comes from a spreadsheet."""

import re

from playwright.sync_api import FilePayload, expect

from tests.books import Books
from tests.browser.tasks.hands import Hands
from tests.files import SAMPLES

_NAMES = ("Zoë Weiß", "Jürgen Groß", "Anaïs Çelik", "Łukasz Wójcik", "Søren Ångström", "Chloë Noël")


def test_a_spreadsheet_becomes_a_list(bakery: Hands) -> None:
    names = [*_NAMES, *(f"Ümit {letter}." for letter in "ABCDEFG")]
    _looks_at(bakery, a_file("choir.csv", _rows(names, 1).encode("utf-8-sig")))
    expect(bakery.words("13 rows: 13 new.")).to_be_visible()
    expect(bakery.words("Łukasz Wójcik")).to_be_visible()
    bakery.chooses("Put all of them into a list", "A new list…")
    bakery.writes("Its name", "Choir")
    bakery.clicks(bakery.button("Import 13 people"))

    expect(bakery.words("13 people imported.")).to_be_visible()


def test_a_spreadsheet_of_an_old_excel_keeps_its_letters(bakery: Hands) -> None:
    names = ["Zoë Weiß", "Jürgen Groß", "Anaïs Noël"]
    _looks_at(bakery, a_file("old.csv", _rows(names, 21).encode("cp1252")))
    for name in names:
        expect(bakery.words(name)).to_be_visible()
    bakery.clicks(bakery.button(re.compile("^Import 3 people")))

    expect(bakery.words("3 people imported.")).to_be_visible()


def test_a_workbook_of_excel_is_looked_at(bakery: Hands) -> None:
    _looks_at(bakery, a_file("choir.xlsx", (SAMPLES / "contacts" / "choir.xlsx").read_bytes()))

    expect(bakery.words("Hans")).to_be_visible()


def test_an_import_is_taken_back_later(bakery: Hands, books: Books) -> None:
    _looks_at(bakery, a_file("wrong.csv", _rows(["Wrong Person"], 31).encode()))
    bakery.page.get_by_role("button", name="Import 1 person").click()
    expect(bakery.words("1 person imported.")).to_be_visible()
    bakery.page.goto("/")
    expect(bakery.page.get_by_role("heading", name="Next")).to_be_visible()
    bakery.begins_task()
    bakery.clicks(bakery.link("Recipients"))
    bakery.clicks(bakery.link("Import"))
    bakery.clicks(bakery.button("Undo it"))
    asked = bakery.page.get_by_role("alertdialog")
    bakery.clicks(asked.get_by_role("button", name="Undo it"))

    expect(bakery.words("1 person is removed again.")).to_be_visible()


def test_four_numbers_are_pasted_into_to(bakery: Hands) -> None:
    numbers = [f"0151 000000{number}" for number in range(41, 45)]
    bakery.begins_message()
    bakery.clicks(bakery.field("To"))
    bakery.pastes("\n".join(numbers))

    chips = bakery.page.get_by_role("button", name=re.compile("^Remove .*00000?4"))
    expect(chips).to_have_count(4)


def a_file(name: str, data: bytes) -> FilePayload:
    """A file to choose."""
    return {"name": name, "mimeType": "text/csv", "buffer": data}


def _rows(names: list[str], first: int) -> str:
    """A sheet as Excel writes it in Germany."""
    lines = [f"{name};0151 00000{number:03}" for number, name in enumerate(names, first + 100)]
    return "\r\n".join(["Name;Handy", *lines, ""])


def _looks_at(hands: Hands, file: FilePayload) -> None:
    """Choose a file, and see what would become of it."""
    hands.clicks(hands.link("Recipients"))
    hands.clicks(hands.link("Import"))
    with hands.chooses_file(file):
        hands.clicks(hands.words("Choose a file"))
