"""Contacts as phones export them: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350)."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from wasched.services.imports.sheet import Row, capped
from wasched.services.imports.vcard_lines import unfold
from wasched.services.imports.vcard_properties import Property, parse_property

NAME, FIRST, LAST, PHONE, NOTES = "Name", "First name", "Last name", "Phone", "Notes"
OTHERS = {"EMAIL": "Email", "ORG": "Organisation", "TITLE": "Title", "BDAY": "Birthday"}
_WANTED = frozenset(("BEGIN", "END", "KIND", "N", "FN", "TEL", "NOTE", *OTHERS))
_NUMBERS = 3
_PROPERTIES_MAX = 500
"""Wanted properties of a contact; those that follow are passed over."""
_COLUMNS = (NAME, FIRST, LAST, PHONE, "Phone 2", "Phone 3", *OTHERS.values(), NOTES)


def read(text: TextIO, to_octets: Callable[[str], bytes]) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and rows: one row for each contact, its mobile number first.

    `text` is open with universal newlines; `to_octets` makes what it says UTF-8, or what it was.
    """
    rows = capped((line, _cells(card)) for line, card in _cards(text, to_octets))
    used = [at for at in range(len(_COLUMNS)) if any(cells[at] for _, cells in rows)]
    columns = tuple(_COLUMNS[at] for at in used)
    return columns, [(line, tuple(cells[at] for at in used)) for line, cells in rows]


def _cards(text: TextIO, to_octets: Callable[[str], bytes]) -> Iterator[tuple[int, list[Property]]]:
    """What each contact says, with the line it begins in; what cannot be read is passed over."""
    begun, card = 0, list[Property]()
    for number, line in unfold(text, to_octets):
        found = parse_property(line, _WANTED)
        if found is None:
            continue
        if found.name == "BEGIN" and found.value.strip().upper() == "VCARD":
            begun, card = number, []
        elif found.name == "END" and begun:
            if not _is_group(card):
                yield begun, card
            begun = 0
        elif begun and len(card) < _PROPERTIES_MAX:
            card.append(found)


def _is_group(card: Sequence[Property]) -> bool:
    """True for a card that only names others (RFC 6350, 6.1.4)."""
    return any(one.name == "KIND" and one.value.lower() == "group" for one in card)


def _cells(card: Sequence[Property]) -> tuple[str, ...]:
    said = {one.name: one.value for one in reversed(card)}
    last, first, middle, *_ = [*_parts(said.get("N", "")), "", "", ""]
    numbers = [*_numbers(card), *[""] * _NUMBERS][:_NUMBERS]
    others = [", ".join(filter(None, _parts(said.get(name, "")))) for name in OTHERS]
    first = f"{first} {middle}".strip()
    name, notes = _plain(said.get("FN", "")), _plain(said.get("NOTE", ""))
    return (name, first, last, *numbers, *others, notes)


def _numbers(card: Sequence[Property]) -> list[str]:
    """The numbers, mobile ones first, then those that somebody prefers."""
    found = [
        ("cell" not in one.types, "pref" not in one.types, at, _number(one.value))
        for at, one in enumerate(card)
        if one.name == "TEL" and not one.types & {"fax", "pager"}
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
