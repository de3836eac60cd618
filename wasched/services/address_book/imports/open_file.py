"""Files of people, told apart and read: workbooks, CSV and vCard, in whatever letters."""

from pathlib import Path

from wasched.domain.errors import InputError
from wasched.domain.letters import MARRED
from wasched.domain.reasons import Code, Reason
from wasched.services.address_book.imports import csv_rows, vcards, workbooks
from wasched.services.address_book.imports.encodings import find_encoding
from wasched.services.address_book.imports.other_files import refuse_other_octets, refuse_other_text
from wasched.services.address_book.imports.sheet import Row, Sheet

_HEAD = 64 * 1024


def read_file(path: Path, sheet: str = "") -> Sheet:
    """The people in a file; InputError (file) says what is wrong with it.

    `sheet` names the one of a workbook that is wanted.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if workbooks.is_packed(head):
        return workbooks.read_workbook(path, sheet)
    refuse_other_octets(head)
    encoding = find_encoding(path)
    if encoding is None:
        raise InputError("file", Reason(Code.NO_PEOPLE_FILE))
    with path.open(encoding=encoding, errors=MARRED, newline="") as text:
        start = text.read(_HEAD).lstrip("\ufeff")
        if start.lstrip().upper().startswith("BEGIN:VCARD"):
            columns, rows = _read_vcards(path, encoding)
        else:
            refuse_other_text(start)
            text.seek(0)
            columns, rows = csv_rows.read_csv(text, start)
    if not rows:
        raise InputError("file", Reason(Code.NOBODY_IN_FILE))
    return Sheet(columns, rows)


def _read_vcards(path: Path, encoding: str) -> tuple[tuple[str, ...], list[Row]]:
    """Contacts by their octets: each says in which letters it is, and lines are cut anywhere."""
    is_wide = encoding.startswith(("utf-16", "utf-32"))
    with path.open(encoding=encoding if is_wide else "latin-1", errors="replace") as text:
        octets = "utf-8" if is_wide else "latin-1"
        otherwise = "cp1252" if encoding.startswith("utf") else encoding
        return vcards.read_vcards(text, lambda line: line.encode(octets), otherwise)
