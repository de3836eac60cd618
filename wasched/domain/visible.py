"""Words of other people without what cannot be seen: names are one line, texts keep their lines."""

import re
import unicodedata

BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""All that some program takes for the end of a line (Unicode Standard Annex 14)."""

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Turn the direction of what follows, beyond the name itself (Unicode Standard Annex 9)."""

_EMPTY = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Letters and marks that show nothing."""


def clean_name(text: str) -> str:
    """A name as one line: neither breaks nor control characters, no space around it."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """A text of which every break is a line feed, with no control characters but tabs."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(one for one in BREAK.sub("\n", text) if one in "\n\t" or not _is_control(one))


def is_unseen(letter: str) -> bool:
    """True for a space, a control character, or anything else that shows nothing by itself."""
    is_variant = "\ufe00" <= letter <= "\ufe0f"
    return unicodedata.category(letter)[0] in "CZ" or letter in _EMPTY or is_variant


def _is_control(letter: str) -> bool:
    return (
        unicodedata.category(letter) in ("Cc", "Cs")
        or letter == "\ufeff"
        or letter in _TURNS
        or (ord(letter) & 0xFFFE) == 0xFFFE
    )
