"""Text from octets, in the letters that somebody else says it is in."""

import re

_NAMES = re.compile(
    r"(?i)(utf|iso|latin|l\d|cp|windows|koi8|gb|big5|shift|sjis|euc|us-ascii|ascii|mac|tis|viscii)"
    r"[\w-]{0,20}$"
)
"""Letters of this world. Python knows codes by name, too, that take ever longer (punycode)."""


def is_letters(name: str) -> bool:
    """True for a name that letters may have."""
    return bool(_NAMES.match(name))


def decode(octets: bytes, name: str, otherwise: str) -> str:
    """The text in the named letters; in UTF-8 without a name; if it is neither, `otherwise`."""
    try:
        return octets.decode(name if is_letters(name) else "utf-8")
    except (LookupError, ValueError):
        return octets.decode(otherwise, "replace")
