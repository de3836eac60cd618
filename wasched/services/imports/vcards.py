"""Contacts as phones export them: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350)."""

import quopri
import re
from collections.abc import Iterator, Sequence
from typing import TextIO

from vobject.base import ParseError, getLogicalLines, parseLine

from wasched.services.imports.sheet import capped

NAME, FIRST, LAST, PHONE, NOTES = "Name", "First name", "Last name", "Phone", "Notes"
OTHERS = {"EMAIL": "Email", "ORG": "Organisation", "TITLE": "Title", "BDAY": "Birthday"}
_WANTED = frozenset(("BEGIN", "END", "KIND", "N", "FN", "TEL", "NOTE", *OTHERS))
_NUMBERS = 3
_FOLDS_MAX = 200  # of a property, 75 octets each: far more than notes may have
_COLUMNS = (NAME, FIRST, LAST, PHONE, "Phone 2", "Phone 3", *OTHERS.values(), NOTES)

Property = tuple[str, frozenset[str], str]
"""The name of a property, its types in lower case, and what it says."""


def read(text: TextIO) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]]:
    """Columns and rows: one row for each contact, its mobile number first."""
    rows = capped((line, _cells(card)) for line, card in _cards(text))
    used = [at for at in range(len(_COLUMNS)) if any(cells[at] for _, cells in rows)]
    columns = tuple(_COLUMNS[at] for at in used)
    return columns, [(line, tuple(cells[at] for at in used)) for line, cells in rows]


def _cards(text: TextIO) -> Iterator[tuple[int, list[Property]]]:
    """What each contact says, with the line it begins in; what cannot be read is passed over."""
    begun, card = 0, list[Property]()
    for line, number in getLogicalLines(_WantedLines(text), allowQP=True):
        found = _property(line)
        if found is None:
            continue
        name, _, value = found
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            begun, card = max(number, 1), []  # the library calls the first line 0
        elif name == "END" and begun:
            if not _is_group(card):
                yield begun, card
            begun = 0
        elif begun:
            card.append(found)


class _WantedLines:
    """A text of which long properties that nobody looks at are one line only.

    A picture is folded into thousands of lines, and the library takes longer for each of them.
    """

    def __init__(self, text: TextIO) -> None:
        self._text, self._folds = text, 0

    def readline(self) -> str:
        """The next line with its end; one that is passed over is as good as blank."""
        line = self._text.readline()
        if not line.startswith((" ", "\t")):
            self._folds = _FOLDS_MAX if _name_of(line) in _WANTED else 0
            return line
        self._folds -= 1
        return line if self._folds >= 0 else "\n"


def _is_group(card: Sequence[Property]) -> bool:
    """True for a card that only names others (RFC 6350, 6.1.4)."""
    return any(name == "KIND" and value.lower() == "group" for name, _, value in card)


def _property(line: str) -> Property | None:
    """A line of a contact, if it is one of those that are looked at."""
    name = _name_of(line)
    if name not in _WANTED:
        return None
    try:
        _, params, value, _ = parseLine(line)
    except ParseError:
        return None
    return name, _types(params), _decoded(value, params)


def _name_of(line: str) -> str:
    """The name of the property that a line begins, without the group that it may be in."""
    return re.split("[;:]", line, maxsplit=1)[0].rpartition(".")[2].strip().upper()


def _types(params: Sequence[Sequence[str]]) -> frozenset[str]:
    """TYPE=CELL,VOICE, or CELL alone as version 2.1 writes it."""
    said = [one for key, *values in params for one in (values if key.upper() == "TYPE" else [key])]
    return frozenset(one.lower() for some in said for one in some.strip('"').split(","))


def _decoded(value: str, params: Sequence[Sequence[str]]) -> str:
    """A value that version 2.1 wrote as quoted-printable, or as it stands."""
    given = {key.upper(): "".join(values) for key, *values in params}
    if "QUOTED-PRINTABLE" not in (*given, given.get("ENCODING", "").upper()):
        return value
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return raw.decode(given.get("CHARSET") or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", "replace")


def _cells(card: Sequence[Property]) -> list[str]:
    said = {name: value for name, _, value in reversed(card)}
    last, first, middle, *_ = [*_parts(said.get("N", "")), "", "", ""]
    numbers = [*_numbers(card), *[""] * _NUMBERS][:_NUMBERS]
    others = [", ".join(filter(None, _parts(said.get(name, "")))) for name in OTHERS]
    first = f"{first} {middle}".strip()
    return [
        _plain(said.get("FN", "")),
        first,
        last,
        *numbers,
        *others,
        _plain(said.get("NOTE", "")),
    ]


def _numbers(card: Sequence[Property]) -> list[str]:
    """The numbers, mobile ones first, then those that somebody prefers."""
    found = [
        ("cell" not in types, "pref" not in types, at, _number(value))
        for at, (name, types, value) in enumerate(card)
        if name == "TEL" and not types & {"fax", "pager"}
    ]
    return [number for *_, number in sorted(found) if number]


def _number(value: str) -> str:
    """A number without the `tel:` of version 4 and what follows it (RFC 3966)."""
    return re.sub(r"(?i)^tel:", "", _plain(value)).partition(";")[0].strip()


def _parts(value: str) -> list[str]:
    """A value in its parts, which semicolons part that have no backslash."""
    return [_plain(one) for one in re.split(r"(?<!\\);", value)]


def _plain(value: str) -> str:
    """A text without its backslashes (RFC 6350, 3.4)."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value).strip()
