"""Where in a sheet a formula has failed: the library that reads it finds nothing there.

What an old Excel writes (.xls) does not say it in a way that is read here.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree

from wasched.domain.media import MB

_PART_MAX = 4 * MB
"""Bytes of the parts that name the sheets; there are hundreds of sheets in that."""

_MOST = 200_000
_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>"
    rb"(?:(?!</(?:\w+:)?c>).){0,2000}?<(?:\w+:)?v>([^<]{1,40})</",
    re.DOTALL,
)
_LONGEST = 4_000
_ODS, _FAILS = "content.xml", b'value-type="error"'
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

Place = tuple[int, int]
"""The line of a cell, from 1, and its column, from 0."""


def find_formula_errors(path: Path, sheet: str) -> dict[Place, str]:
    """The cells of a sheet in an .xlsx or .ods that show an error, such as #REF!."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as book:
        if _ODS in book.namelist():
            return dict(islice(_errors_of_ods(book, sheet), _MOST))
        part = _part_of(book, sheet)
        found = _errors_in(book, part) if part in book.namelist() else iter(())
        return dict(islice(found, _MOST))


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """The part with a sheet's cells, by the tables of the workbook (ECMA-376, part 1, 18.2.19)."""
    sheets, relations = (
        _read_part(book, name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    ids = [
        value
        for one in sheets
        if one.tag.endswith("}sheet") and one.get("name") == sheet
        for key, value in one.attrib.items()
        if key.endswith("}id")
    ]
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    target = targets.get(ids[0], "") if ids else ""
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _read_part(book: zipfile.ZipFile, name: str) -> list[ElementTree.Element]:
    if name not in book.namelist() or book.getinfo(name).file_size > _PART_MAX:
        return []
    try:
        return list(ElementTree.fromstring(book.read(name)).iter())
    except ElementTree.ParseError:
        return []


def _errors_in(book: zipfile.ZipFile, part: str) -> Iterator[tuple[Place, str]]:
    with book.open(part) as file:
        kept = b""
        while piece := file.read(MB):
            kept += piece
            done = 0
            for found in _CELL.finditer(kept):
                place = int(found[2]), _column(found[1].decode())
                yield place, found[3].decode("utf-8", "replace")
                done = found.end()
            kept = kept[max(done, len(kept) - _LONGEST) :]


def _errors_of_ods(book: zipfile.ZipFile, sheet: str) -> Iterator[tuple[Place, str]]:
    """The same where cells have no names and count by their order, some for several."""
    if not _says(book, _ODS, _FAILS):
        return  # as nearly always: taking it apart costs more than reading it
    line = at = 0
    is_inside = False
    with book.open(_ODS) as file, suppress(ElementTree.ParseError):
        for event, one in ElementTree.iterparse(file, ("start", "end")):
            kind = one.tag.rpartition("}")[2]
            if event == "start" and kind == "table":
                is_inside, line = one.get(f"{_TABLE}name") == sheet, 0
            elif event == "start" and kind == "table-row":
                at = 0
            elif event == "end" and kind == "table-row":
                line += _times(one, "rows")
                one.clear()
            elif event == "end" and kind in ("table-cell", "covered-table-cell"):
                if is_inside and "error" in one.attrib.values():
                    yield (line + 1, at), "".join(one.itertext()).strip()
                at += _times(one, "columns")


def _says(book: zipfile.ZipFile, part: str, mark: bytes) -> bool:
    with book.open(part) as file:
        kept = b""
        while piece := file.read(MB):
            if mark in kept + piece:
                return True
            kept = piece[-len(mark) :]
    return False


def _times(one: ElementTree.Element, what: str) -> int:
    said = one.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(said) if said.isdecimal() else 1


def _column(letters: str) -> int:
    at = 0
    for one in letters:
        at = at * 26 + ord(one) - ord("A") + 1
    return at - 1
