"""Text from octets, in the letters that somebody else says it is in."""

import codecs
import re

MARRED = "wasched.marred"
"""Handler of errors for text that is UTF-8 but for some octets, which Windows wrote as its own."""

_NAMES = re.compile(
    r"(?i)(utf|iso|latin|l\d|cp|windows|koi8|gb|big5|shift|sjis|euc|us-ascii|ascii|mac|tis|viscii)"
    r"[\w-]{0,20}$"
)
"""Letters of this world. Python knows codes by name, too, that take ever longer (punycode)."""


def is_letters(name: str) -> bool:
    """True for a name that letters may have."""
    return bool(_NAMES.match(name))


def decode_letters(octets: bytes, name: str, otherwise: str) -> str:
    """The text in the named letters; in UTF-8 without a name; if it is neither, `otherwise`."""
    try:
        return octets.decode(name if is_letters(name) else "utf-8")
    except (LookupError, ValueError):
        return octets.decode(otherwise, "replace")


def decode_marred(octets: bytes, otherwise: str) -> str:
    """The text in UTF-8 although some of it is broken; if most of it is, in `otherwise`."""
    text = octets.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= one <= "\udcff" for one in text)
    if broken > sum(one > "\x7f" for one in text) - broken:
        return octets.decode(otherwise, "replace")
    return octets.decode("utf-8", MARRED) if broken else text


def _mend(fault: UnicodeError) -> tuple[str, int]:
    """A broken character as Windows-1252 has it; nothing for one that is cut off at the end."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    if not fault.encoding.lower().startswith("utf"):
        return "\ufffd", fault.end
    if fault.end == len(fault.object) and fault.reason == "unexpected end of data":
        return "", fault.end
    return fault.object[fault.start : fault.end].decode("cp1252", "replace"), fault.end


codecs.register_error(MARRED, _mend)
