"""Workbooks of Excel and LibreOffice: the sheets that they show, and the people of one of them."""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from wasched.domain.errors import InputError
from wasched.domain.media import MB
from wasched.domain.reasons import Code, Reason, because
from wasched.services.address_book.imports.sheet import COLUMNS_MAX, Sheet
from wasched.services.address_book.imports.tables import Record, read_table
from wasched.services.address_book.imports.workbook_cells import cell_words
from wasched.services.address_book.imports.workbook_errors import find_formula_errors
from wasched.services.csv_cells import unguard_cell

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SHEETS_MAX = 200
"""Sheets of a workbook that are offered."""

_UNPACKED_MAX = 500 * MB
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LOCKED, _WORD = (name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument"))
_ODF = "application/vnd.oasis.opendocument."
_HEADS = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/", "docx"),
    ("ppt/", "pptx"),
    ("Index/Document.iwa", "numbers"),
)
"""What is in a packed file of each kind."""


def is_packed(head: bytes) -> bool:
    """True for what may be a workbook, by its first octets."""
    return head.startswith((_ZIP, _OLE))


def read_workbook(path: Path, wanted: str = "") -> Sheet:
    """The people on a sheet: the one that is wanted, else the first with anybody on it.

    Hidden sheets are not read. InputError (file) says what is wrong with the workbook.
    """
    kind = _kind_of(path)
    if kind not in ("xlsx", "xlsb", "xls", "ods"):
        raise InputError("file", because(Code.FILE_IS, what=kind))
    with _faults_said(), _named(path, kind) as named, _opened(named) as book:
        shown, hidden = _sheet_names(book)
        if not shown:
            raise InputError("file", Reason(Code.SHEETS_HIDDEN if hidden else Code.WORKBOOK_EMPTY))
        for name in (wanted,) if wanted in shown else shown:
            if sheet := _read_sheet(book, path, name, shown, hidden):
                return sheet
    if wanted in shown:
        raise InputError("file", because(Code.SHEET_EMPTY, name=wanted))
    raise InputError("file", Reason(Code.WORKBOOK_EMPTY))


def _kind_of(path: Path) -> str:
    """What a packed file is, by what is in it; InputError if it has a password or is damaged."""
    with path.open("rb") as file:
        is_ole = file.read(len(_OLE)) == _OLE
    if is_ole:
        return _kind_of_ole(path.read_bytes())
    try:
        with zipfile.ZipFile(path) as packed:
            return _kind_of_zip(packed)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise InputError("file", Reason(Code.WORKBOOK_DAMAGED)) from None


def _kind_of_ole(octets: bytes) -> str:
    if _LOCKED in octets:
        raise InputError("file", Reason(Code.WORKBOOK_LOCKED))
    return "doc" if _WORD in octets else "xls"


def _kind_of_zip(packed: zipfile.ZipFile) -> str:
    names = packed.namelist()
    if sum(one.file_size for one in packed.infolist()) > _UNPACKED_MAX:
        raise InputError("file", because(Code.WORKBOOK_TOO_LARGE, most=_UNPACKED_MAX // MB))
    if "mimetype" in names:
        with packed.open("mimetype") as file:
            kind = file.read(100).decode("latin-1").strip()
        is_locked = "encrypted-package" in names or _is_locked_odf(packed)
        if kind.startswith(_ODF) and is_locked:
            raise InputError("file", Reason(Code.WORKBOOK_LOCKED))
        if kind.startswith(f"{_ODF}spreadsheet"):
            return "ods"
        return "odt" if kind.startswith(_ODF) else "zip"
    found = (kind for head, kind in _HEADS if any(one.startswith(head) for one in names))
    return next(found, "zip")


def _is_locked_odf(packed: zipfile.ZipFile) -> bool:
    """True where the list of parts says that they are encrypted (ODF 1.3, part 2, 4.3)."""
    if "META-INF/manifest.xml" not in packed.namelist():
        return False
    with packed.open("META-INF/manifest.xml") as file:
        return b"encryption-data" in file.read(MB)


@contextmanager
def _named(path: Path, kind: str) -> Iterator[Path]:
    """The file under a name that says what it is: the library goes by that."""
    with tempfile.TemporaryDirectory() as folder:
        named = Path(folder) / f"book.{kind}"
        named.symlink_to(path.absolute())
        yield named


def _opened(path: Path) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook  # only who reads a workbook loads it

    return CalamineWorkbook.from_path(path)


@contextmanager
def _faults_said() -> Iterator[None]:
    """Say what is wrong with a workbook that the library cannot read."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise InputError("file", Reason(Code.WORKBOOK_LOCKED)) from None
    except CalamineError:
        raise InputError("file", Reason(Code.WORKBOOK_DAMAGED)) from None
    except BaseException as fault:
        if type(fault).__module__ != "pyo3_runtime":  # the library's own way to give up
            raise
        raise InputError("file", Reason(Code.WORKBOOK_DAMAGED)) from None


def _sheet_names(book: "CalamineWorkbook") -> tuple[tuple[str, ...], int]:
    """The sheets with cells that are shown, and how many are hidden."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    tables = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    shown = [one.name for one in tables if one.visible == SheetVisibleEnum.Visible]
    return tuple(shown[:SHEETS_MAX]), len(tables) - len(shown)


def _read_sheet(
    book: "CalamineWorkbook", path: Path, name: str, shown: tuple[str, ...], hidden: int
) -> Sheet | None:
    found = book.get_sheet_by_name(name)
    if found.start is None:
        return None
    columns, rows = read_table(_read_records(found, find_formula_errors(path, name)))
    if not rows:
        return None
    return Sheet(columns, rows, found.start[1], name, shown, hidden)


def _read_records(sheet: "CalamineSheet", errors: dict[tuple[int, int], str]) -> Iterator[Record]:
    """Each row with its line in the sheet, and what its formulas say that failed."""
    assert sheet.start is not None
    first = sheet.start[1]
    broken: dict[int, dict[int, str]] = {}
    for (line, at), words in errors.items():
        broken.setdefault(line, {})[at - first] = words
    for line, cells in enumerate(sheet.iter_rows(), 1):
        said = [unguard_cell(cell_words(one).strip()) for one in cells[: COLUMNS_MAX + 1]]
        for at, words in broken.get(line, {}).items():
            if 0 <= at < len(said):
                said[at] = words
        yield line, _without_end(said)


def _without_end(cells: Sequence[str]) -> list[str]:
    """The cells but for the empty ones at the end: some program has painted them, no more."""
    last = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    return list(cells[:last])
