"""Contacts as phones export them: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350)."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO
from urllib.parse import unquote

from wasched.services.address_book.imports.phone_labels import Kind, kind_of
from wasched.services.address_book.imports.sheet import Row, cap_rows
from wasched.services.address_book.imports.vcard_lines import unfold_lines
from wasched.services.address_book.imports.vcard_properties import WAID, Property, parse_property

NAME, FIRST, LAST, PHONE, NOTES = "Name", "First name", "Last name", "Phone", "Notes"
OTHERS = {"EMAIL": "Email", "ORG": "Organisation", "TITLE": "Title", "BDAY": "Birthday"}
_WANTED = frozenset(
    ("BEGIN", "END", "AGENT", "KIND", "N", "FN", "NICKNAME", "TEL", "X-ABLABEL", "NOTE", *OTHERS)
)
_NUMBERS = 3
_URI = re.compile(r"(?is)\s*tel:(.*)")
_WAID_MIN = 7
_DEPTH_MAX = 5
"""Cards within cards, as version 2.1 writes a secretary into the card of the chief."""
_PROPERTIES_MAX = 500
"""Wanted properties of a contact; those that follow are passed over."""
_PHONES = (PHONE, "Phone 2", "Phone 3")
_LABELS = tuple(f"{one} - Label" for one in _PHONES)
_COLUMNS = (NAME, FIRST, LAST, *_PHONES, *_LABELS, *OTHERS.values(), NOTES)

_Card = tuple[int, list[Property]]
"""The line in which a contact begins, and what it says."""


def read_vcards(
    text: TextIO, to_octets: Callable[[str], bytes], otherwise: str
) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and rows: one row for each contact, its likeliest number first.

    `text` is open with universal newlines; `to_octets` makes what it says UTF-8, or what it was,
    and `otherwise` is the encoding of what is neither UTF-8 nor says what it is.
    """
    rows = cap_rows(
        (line, _card_cells(card)) for line, card in _read_cards(text, to_octets, otherwise)
    )
    used = [at for at in range(len(_COLUMNS)) if any(cells[at] for _, cells in rows)]
    columns = tuple(_COLUMNS[at] for at in used)
    return columns, [(line, tuple(cells[at] for at in used)) for line, cells in rows]


def _read_cards(text: TextIO, to_octets: Callable[[str], bytes], otherwise: str) -> Iterator[_Card]:
    """What each contact says, with the line it begins in; what cannot be read is passed over."""
    open_cards: list[_Card] = []
    is_agent = False
    for number, line in unfold_lines(text, to_octets):
        found = parse_property(line, _WANTED, otherwise)
        if found is None:
            continue
        if found.name == "BEGIN" and found.value.strip().upper() == "VCARD":
            if not is_agent or len(open_cards) == _DEPTH_MAX:
                yield from _close_cards(open_cards)  # END is missing
            open_cards.append((number, []))
        elif found.name == "END" and open_cards:
            yield from _close_cards([open_cards.pop()])
        elif open_cards and len(open_cards[-1][1]) < _PROPERTIES_MAX:
            open_cards[-1][1].append(found)
        is_agent = found.name == "AGENT"
    yield from _close_cards(open_cards)


def _close_cards(cards: list[_Card]) -> Iterator[_Card]:
    """The cards but for those that only name others (RFC 6350, 6.1.4); none is left open."""
    yield from (one for one in cards if not _is_group(one[1]))
    cards.clear()


def _is_group(card: Sequence[Property]) -> bool:
    """True for a card that only names others (RFC 6350, 6.1.4)."""
    return any(one.name == "KIND" and one.value.lower() == "group" for one in card)


def _card_cells(card: Sequence[Property]) -> tuple[str, ...]:
    said = {one.name: one.value for one in reversed(card) if one.value.strip(" ;")}
    last, first, middle, *_ = [*_value_parts(said.get("N", "")), "", "", ""]
    numbers = [*_card_numbers(card), *[("", "")] * _NUMBERS][:_NUMBERS]
    others = [", ".join(filter(None, _value_parts(said.get(name, "")))) for name in OTHERS]
    first = f"{first} {middle}".strip()
    name, notes = _plain_value(said.get("FN", "")), _plain_value(said.get("NOTE", ""))
    if not (name or first or last):  # a company, or somebody with a nickname alone
        name = _value_parts(said.get("ORG") or said.get("NICKNAME", ""))[0]
    phones, labels = zip(*numbers, strict=True)
    return (name, first, last, *phones, *labels, *others, notes)


def _card_numbers(card: Sequence[Property]) -> list[tuple[str, str]]:
    """The numbers with their labels: WhatsApp's, mobile ones, then those that somebody prefers."""
    named = {
        one.group: _plain_value(one.value) for one in card if one.name == "X-ABLABEL" and one.group
    }
    found = []
    for at, one in enumerate(card):
        if one.name == "TEL" and (number := _account_number(one) or _plain_number(one.value)):
            label = " ".join((*sorted(one.types), named.get(one.group, ""))).strip()
            kind = kind_of(label)
            if kind is not Kind.NO_PHONE:
                found.append((kind, "pref" not in one.types, at, number, label))
    return [(number, label) for *_, number, label in sorted(found)]


def _account_number(number: Property) -> str:
    """The number that WhatsApp knows, which needs no country, if its own card says so."""
    named = (one.removeprefix(WAID) for one in number.types if one.startswith(WAID))
    return next((f"+{one}" for one in named if one.isdecimal() and len(one) >= _WAID_MIN), "")


def _plain_number(value: str) -> str:
    """A number without the `tel:` of version 4, completed by its context (RFC 3966, 5.1.5)."""
    if not (found := _URI.match(_plain_value(value))):
        return _plain_value(value).partition(";")[0].strip()
    number, *parameters = unquote(found[1]).split(";")
    given = dict(one.strip().lower().partition("=")[::2] for one in parameters)
    context = given.get("phone-context", "")
    is_local = context.startswith("+") and not number.strip().startswith("+")
    return f"{context} {number.strip()}" if is_local else number.strip()


def _value_parts(value: str) -> list[str]:
    """A value in its parts, which semicolons part that have no backslash."""
    return [_plain_value(one) for one in re.split(r"(?<!\\);", value)]


def _plain_value(value: str) -> str:
    """A text without its backslashes (RFC 6350, 3.4)."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value).strip()
