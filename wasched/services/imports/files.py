"""Files of people, told apart and read: CSV and vCard, in whatever letters they are written."""

import codecs
from pathlib import Path
from typing import IO

from wasched.domain.errors import DraftError
from wasched.domain.media import MB
from wasched.services.imports import tables, vcards
from wasched.services.imports.sheet import Row, Sheet

_HEAD = 64 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRANGE = (
    (
        b"PK\x03\x04",
        "This is an Excel workbook or a ZIP file. Save the sheet as CSV and choose it.",
    ),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook. Save the sheet as CSV and choose that."),
    (b"\x1f\x8b", "This file is compressed. Unpack it and choose what is in it."),
    (b"%PDF", "This is a PDF. Choose a spreadsheet saved as CSV, or contacts as vCard (.vcf)."),
)
_NO_TEXT = "This is neither a CSV file nor contacts as vCard. Save it as one of them and choose it."


def read(path: Path) -> Sheet:
    """The people in a file; DraftError (file) says what is wrong with it."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        start = text.read(_HEAD)
        if start.lstrip().upper().startswith("BEGIN:VCARD"):
            columns, rows = _read_vcards(path, encoding)
        else:
            text.seek(0)
            columns, rows = tables.read(text, start)
    if not rows:
        raise DraftError("file", "There is nobody in this file.")
    return Sheet(columns, rows)


def _read_vcards(path: Path, encoding: str) -> tuple[tuple[str, ...], list[Row]]:
    """Contacts by their octets: each says in which letters it is, and lines are cut anywhere."""
    wide = encoding == "utf-16"
    with path.open(encoding=encoding if wide else "latin-1", errors="replace") as text:
        octets = "utf-8" if wide else "latin-1"
        text.seek(len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        return vcards.read(text, lambda line: line.encode(octets))


def _encoding(path: Path) -> str:
    """How the text is written: as its mark says, else UTF-8 if all of it is that, else Western."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        for mark, sentence in _STRANGE:
            if head.startswith(mark):
                raise DraftError("file", sentence)
        for mark, named in _MARKS:
            if head.startswith(mark):
                return named
        if b"\x00" in head:
            raise DraftError("file", _NO_TEXT)
        file.seek(0)
        return "utf-8" if _is_utf8(file) else "cp1252"


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(MB):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
