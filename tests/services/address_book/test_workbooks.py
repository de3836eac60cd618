"""Workbooks as LibreOffice wrote them, and what only has their name: read, or refused.

choir.xlsx, choir.ods and choir.xls are one book: two sheets that are shown and one that is hidden,
days, numbers that were typed as numbers, and formulas that fail.
"""

import zipfile
from pathlib import Path

import pytest

from tests.reasons import refuses, words
from wasched.adapters.bounded_process import BoundedProcess, Bounds
from wasched.domain.errors import EndReason, InputError, WorkEndedError
from wasched.domain.media import MB
from wasched.services.address_book.imports import (
    column_kinds,
    open_file,
    row_verdicts,
    sheet,
    workbooks,
)
from wasched.services.address_book.imports.pending_imports import ImportCard
from wasched.services.address_book.imports.sheet import Sheet
from wasched.services.address_book.imports.workbook_cells import cell_words
from wasched.services.phone_numbers import typed_numbers
from wasched.ui.recipients import import_text

SAMPLES = Path(__file__).parents[2] / "samples" / "contacts"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
    f'Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Choir" sheetId="1" r:id="r1"/></sheets></workbook>',
}
PERSON = '<row r="{0}"><c r="A{0}"><v>4917139{0:06}</v></c></row>'


def a_book(file: Path, rows: str, **parts: str) -> Path:
    """An .xlsx with these rows, some of its parts written otherwise."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, text in (_PARTS | parts).items():
            packed.writestr(name, text)
        cells = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        packed.writestr("xl/worksheets/sheet1.xml", cells)
    return file


def told(found: Sheet) -> list[str]:
    """Each row: who, with which number, or what is wrong."""
    judged = row_verdicts.judge_rows(found, column_kinds.guess_columns(found, "DE"), "DE", {})
    return [f"{one.line} {one.name} {one.phone or words(one.why)}" for one in judged]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_workbook_is_read_by_its_first_sheet_that_is_shown(kind: str) -> None:
    found = open_file.read_file(SAMPLES / f"choir.{kind}")

    assert (found.name, found.names, found.hidden) == ("Choir", ("Choir", "Board"), 1)
    said = told(found)
    assert said[:3] == ["4 Anna +491713920001", "5 Ben +491713920002", "6 Carl +491713920003"]
    assert said[3].startswith('7 Dora Cell B7: "4.91700E+12" was shortened by a spreadsheet')
    assert said[6].startswith('10 Gina "1713920007.25" has decimals')
    assert said[7] == "11 Hans +4917139200080"
    if kind == "xls":
        assert said[4] == "8 Emil No number."
    else:
        assert said[4].startswith("8 Emil Cell B8: #DIV/0! is what a formula shows that fails.")
        assert said[5].startswith(
            "9 #N/A" if not said[5].startswith("9 Fred") else "9 Fred Cell D9"
        )
    uses = dict(zip(found.columns, column_kinds.guess_columns(found, "DE"), strict=True))
    assert uses["Birthday"] == "date" and found.rows[0][1][2] == "1990-03-12"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_another_sheet_is_read_where_it_is_wanted_and_no_hidden_one(kind: str) -> None:
    board = open_file.read_file(SAMPLES / f"choir.{kind}", "Board")
    assert told(board)[0] == "3 Ina Ahl +491713920009"
    assert board.first_column == 2, "so that cells are named as in the spreadsheet"

    assert open_file.read_file(SAMPLES / f"choir.{kind}", "Old members").name == "Choir"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (4917139200012.0, "+4917139200012"),
        (491713920001, "+491713920001"),
        (1713920003.0, "+491713920003"),
        ("1713920003.000", "+491713920003"),
        (4.917e12, "was shortened"),
        (4.91713e12, "was shortened"),
        (1713920003.001, "has decimals"),
        (171392000.5, "has decimals"),
        ("1713920003.0001", "has decimals"),
        (4917139200012345.0, "Write it with its plus"),
        (True, "no phone number"),
    ],
)
def test_a_number_in_a_cell_is_taken_exactly_or_refused(cell: str | float, number: str) -> None:
    try:
        assert typed_numbers.read_number(cell_words(cell), "DE") == number
    except InputError as refusal:
        assert number in words(refusal.reason)


HIDDEN = _PARTS["xl/workbook.xml"].replace('sheetId="1"', 'sheetId="1" state="hidden"')


@pytest.mark.parametrize(
    ("rows", "parts", "sentence"),
    [
        ("", {}, "nobody on any sheet of this workbook. Write the people"),
        (PERSON.format(1), {"xl/workbook.xml": HIDDEN}, "hidden. Show the one with the people"),
        (PERSON.format(1), {"xl/workbook.xml": "<workbook"}, "may be damaged. Open it in a"),
        ("<row", {}, "may be damaged"),
    ],
)
def test_a_workbook_that_cannot_be_taken_says_what_to_do(
    tmp_path: Path, rows: str, parts: dict[str, str], sentence: str
) -> None:
    with refuses(InputError, sentence):
        open_file.read_file(a_book(tmp_path / "book", rows, **parts))


def test_a_sheet_that_is_empty_says_so_by_its_name(tmp_path: Path) -> None:
    with refuses(InputError, "nobody on the sheet Choir. Choose the file again"):
        open_file.read_file(a_book(tmp_path / "book", ""), "Choir")
    with refuses(InputError, "nobody on any sheet"):
        open_file.read_file(SAMPLES / "empty.ods")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "has a password. Save a"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "an old Word document"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "may be damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "may be damaged"),
    ],
)
def test_what_is_packed_and_no_workbook_is_named(
    tmp_path: Path, data: bytes, sentence: str
) -> None:
    (tmp_path / "book").write_bytes(data)
    with refuses(InputError, sentence):
        open_file.read_file(tmp_path / "book")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"word/document.xml": "<w/>"}, "a Word document"),
        ({"notes.txt": "notes"}, "a ZIP file. Unpack it"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "a text, a drawing"),
        (
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "META-INF/manifest.xml": "<manifest:encryption-data/>",
            },
            "has a password",
        ),
    ],
)
def test_other_packed_files_are_called_what_they_are(
    tmp_path: Path, parts: dict[str, str], sentence: str
) -> None:
    with zipfile.ZipFile(tmp_path / "file", "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    with refuses(InputError, sentence):
        open_file.read_file(tmp_path / "file")


def test_one_that_is_far_larger_unpacked_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "_UNPACKED_MAX", MB)
    with refuses(InputError, "Unpacked, this workbook has more than 1 MB. Save the sheet"):
        open_file.read_file(a_book(tmp_path / "book", " " * (2 * MB)))


def test_more_rows_than_are_taken_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "ROWS_MAX", 1_000)
    rows = "".join(map(PERSON.format, range(1, 1_002)))
    with refuses(InputError, r"more than 1,000 rows\. Split it"):
        open_file.read_file(a_book(tmp_path / "book", rows))


def test_a_cell_in_the_farthest_corner_ends_the_reader_for_its_memory(tmp_path: Path) -> None:
    """The library makes room for every cell before it: in the process that is bounded."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    book = a_book(tmp_path / "book", PERSON.format(1) + far)
    process = BoundedProcess("tests.workbook_reader", Bounds(20, 60, 128 * MB))
    with pytest.raises(WorkEndedError) as end:
        process.ask({"path": str(book)})
    assert end.value.reason is EndReason.MEMORY


def test_the_page_offers_the_sheets_and_says_what_it_does_not_offer() -> None:
    card = ImportCard(
        1, "t", "choir.xlsx", "read", "DE", (), {}, None, None, "Board", ("Choir", "Board"), 2
    )
    page = import_text.import_view(card)
    assert (page.sheet, [one.label for one in page.sheets]) == ("Board", ["Choir", "Board"])
    assert page.hidden.startswith("2 hidden sheets are not offered. To import one, show it")
