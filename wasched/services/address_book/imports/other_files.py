"""Files that are neither a spreadsheet nor contacts, called what they are."""

import re

from wasched.domain.errors import InputError

_WANTED = "a spreadsheet saved as CSV, or contacts as vCard (.vcf)"
_STRANGE = (
    (
        b"PK\x03\x04",
        "This is an Excel workbook or a ZIP file. Save the sheet as CSV and choose it.",
    ),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook. Save the sheet as CSV and choose that."),
    (b"\x1f\x8b", "This file is compressed. Unpack it and choose what is in it."),
    (b"%PDF", "This is a PDF. Choose a spreadsheet saved as CSV, or contacts as vCard (.vcf)."),
)
_OTHER_TEXTS = tuple(
    (re.compile(pattern, re.IGNORECASE), f"This is {what}. Choose {_WANTED}.")
    for pattern, what in (
        (r"BEGIN:V?CALENDAR", "a calendar, and has no contacts"),
        (r"BEGIN:(?!VCARD)V?[A-Z]+\s", "a file of appointments or notes, and has no contacts"),
        (
            r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? .{0,3}\d{1,2}[:.]\d\d(?:[:.]\d\d)?"
            r"(?:\s?[ap]\.?\s?m\.?)?(?:\]|\s[-\u2013])\s",
            "the export of a chat, and has no contacts",
        ),
        (
            r"(?:From [^\r\n]*[\r\n]+)?(?:Return-Path|Received|Delivered-To|From|To|Subject|Date"
            r"|Reply-To|Message-ID|MIME-Version|Content-Type|X-[\w-]+): ?[^\r\n]*[\r\n]+"
            r"(?:[A-Z-]+:|[ \t]|[\r\n])",
            "a letter (an e-mail)",
        ),
        (r"<(?:!doctype html|html|head|body|table)\b", "a web page"),
        (r"<\?xml|<[a-z]+[ >]", "an XML file"),
        (r"[\[{]\s*[\[{\"]", "a JSON file"),
        (r"\{\\rtf", "a text document (RTF)"),
    )
)


def refuse_other_octets(head: bytes) -> None:
    """Refuse a file that is no text, by its first octets; InputError (file) says what it is."""
    for mark, sentence in _STRANGE:
        if head.startswith(mark):
            raise InputError("file", sentence)


def refuse_other_text(start: str) -> None:
    """Refuse a text with nobody in it, by its beginning; InputError (file) says what it is."""
    begin = "".join(one for one in start[:2000] if one not in _DIRECTIONS).lstrip()
    for pattern, sentence in _OTHER_TEXTS:
        if pattern.match(begin):
            raise InputError("file", sentence)


_DIRECTIONS = "\u200e\u200f\u202a\u202c\ufeff"
"""What chats begin their lines with, unseen."""
