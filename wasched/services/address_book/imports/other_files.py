"""Files that are neither a spreadsheet nor contacts, called what they are."""

import re

from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, because

_STRANGE = (
    (b"\x1f\x8b", "gzip"),
    (b"%PDF", "pdf"),
)
_OTHER_TEXTS = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (r"BEGIN:V?CALENDAR", "calendar"),
        (r"BEGIN:(?!VCARD)V?[A-Z]+\s", "appointments"),
        (
            r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? .{0,3}\d{1,2}[:.]\d\d(?:[:.]\d\d)?"
            r"(?:\s?[ap]\.?\s?m\.?)?(?:\]|\s[-\u2013])\s",
            "chat",
        ),
        (
            r"(?:From [^\r\n]*[\r\n]+)?(?:Return-Path|Received|Delivered-To|From|To|Subject|Date"
            r"|Reply-To|Message-ID|MIME-Version|Content-Type|X-[\w-]+): ?[^\r\n]*[\r\n]+"
            r"(?:[A-Z-]+:|[ \t]|[\r\n])",
            "letter",
        ),
        (r"<(?:!doctype html|html|head|body|table)\b", "html"),
        (r"<\?xml|<[a-z]+[ >]", "xml"),
        (r"[\[{]\s*[\[{\"]", "json"),
        (r"\{\\rtf", "rtf"),
    )
)


def refuse_other_octets(head: bytes) -> None:
    """Refuse a file that is no text, by its first octets; InputError (file) says what it is."""
    for mark, what in _STRANGE:
        if head.startswith(mark):
            raise InputError("file", because(Code.FILE_IS, what=what))


def refuse_other_text(start: str) -> None:
    """Refuse a text with nobody in it, by its beginning; InputError (file) says what it is."""
    begin = "".join(one for one in start[:2000] if one not in _DIRECTIONS).lstrip()
    for pattern, what in _OTHER_TEXTS:
        if pattern.match(begin):
            raise InputError("file", because(Code.FILE_IS, what=what))


_DIRECTIONS = "\u200e\u200f\u202a\u202c\ufeff"
"""What chats begin their lines with, unseen."""
