"""How names are sorted: by their letters, whatever marks they have, and numbers by their value.

A stand-in for the root order of the Unicode Collation Algorithm (UTS 10) that a database can keep
in a column, so that a page of names is read along an index.
"""

import re
import unicodedata

_LAST = "\uffff"
"""Behind every letter: puts what follows a letter in its alphabet behind all that begin with it."""

# What NFKD does not take apart, as the algorithm's table places it.
_LIKE: dict[int, int | str] = {**str.maketrans("łøđðħŧıŋə", "loddhtine")}
_LIKE |= {ord(one): two for one, two in (("æ", "ae"), ("œ", "oe"), ("þ", "th"), ("ĳ", "ij"))}
_AFTER = zip("ґђєіјљњћџپچژگکی", "гдеийлнтчبجزككي", strict=True)
_LIKE |= {ord(letter): before + _LAST for letter, before in _AFTER}
_ASCII_BETWEEN = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"\d+")


def sort_key(name: str) -> str:
    """What a name is sorted by; of names that differ in marks alone the plain one comes first."""
    folded = name.casefold()
    letters = _ASCII_BETWEEN.sub(" ", folded) if folded.isascii() else _letters(folded)
    by_value = _NUMBER.sub(_value, " ".join(letters.split()))
    # No two spaces stand in the first part, so it decides alone where it can.
    return f"{by_value}  {name}"


def _letters(folded: str) -> str:
    """Letters and digits without their marks, and a space for whatever stands between them."""
    whole = unicodedata.normalize("NFC", folded).replace("й", "и" + _LAST * 2)
    apart = unicodedata.normalize("NFKD", whole)
    bare = "".join(one for one in apart if not unicodedata.combining(one)).translate(_LIKE)
    return "".join(one if _counts(one) else " " for one in bare)


def _counts(one: str) -> bool:
    # Vowels of Indian scripts are marks to Unicode.
    return one == _LAST or unicodedata.category(one)[0] in "LMN"


def _value(found: re.Match[str]) -> str:
    """Digits behind how many they are, so that 9 comes before 10."""
    digits = str(int(found[0][:200]))
    return f"{chr(ord('0') + len(digits))}{digits}"
