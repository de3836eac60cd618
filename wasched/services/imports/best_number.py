"""The number of somebody who has several: one that is right, and likeliest to be on WhatsApp."""

import re
from collections.abc import Sequence

import phonenumbers
from phonenumbers import PhoneNumberType

from wasched.domain.errors import DraftError
from wasched.services import typed_numbers
from wasched.services.imports.phone_labels import Kind, kind_of

_PIECES_MAX = 10
"""Numbers of a person that are looked at."""

_DIGITS_MIN = 7
_BY_DIGITS = {
    PhoneNumberType.MOBILE: 0,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: 0,
    PhoneNumberType.UNKNOWN: 1,
    PhoneNumberType.PERSONAL_NUMBER: 1,
}


def choose_number(cells: Sequence[tuple[Kind, str]], country: str) -> str:
    """The best number in cells with what their labels say; E.164.

    `country` (ISO 3166) completes numbers. DraftError with what is wrong if none can be used.
    """
    pieces = _pieces(cells)
    if not pieces:
        has_some = any(cell for _, cell in cells)
        raise DraftError("phone", "Only a fax or a pager." if has_some else "No number.")
    if len(pieces) == 1:
        return _read(pieces[0][1], country)
    return _choose(sorted(pieces, key=lambda one: one[0]), country)


def _pieces(cells: Sequence[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """Each number by itself, with what is said of it: in the cell, else by its label."""
    found: list[tuple[Kind, str]] = []
    for kind, cell in cells:
        for piece in _split(cell) if cell else ():
            said = kind_of(piece)
            found.append((kind if said is Kind.OTHER else said, piece))
    return [one for one in found if one[0] is not Kind.NO_PHONE][:_PIECES_MAX]


def _split(cell: str) -> list[str]:
    """The numbers in a cell, also two with a mere slash between them: 030 123456/0171 123456."""
    pieces = []
    for piece in typed_numbers.split_numbers(cell):
        left, _, right = piece.partition("/")
        is_two = "/" not in right and all(_digits(half) >= _DIGITS_MIN for half in (left, right))
        pieces += [left.strip(), right.strip()] if is_two else [piece]
    return pieces


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _choose(pieces: Sequence[tuple[Kind, str]], country: str) -> str:
    """The first number that is WhatsApp's or a mobile phone's, else the likeliest that can be read.

    DraftError about the first if none can.
    """
    others, refusals = [], list[DraftError]()
    for at, (kind, piece) in enumerate(pieces):
        try:
            number = _read(piece, country)
        except DraftError as refusal:
            refusals.append(refusal)
            continue
        rank = _rank(number)
        if kind is Kind.WHATSAPP or rank == 0:
            return number
        others.append((rank, at, number))
    if not others:
        raise refusals[0]
    return min(others)[-1]


def _read(piece: str, country: str) -> str:
    """The number in E.164, also of a range of mobile numbers that the library does not know."""
    try:
        return typed_numbers.read_number(piece, country)
    except DraftError:
        number = _unknown_mobile(piece, country)
        if not number:
            raise
        return typed_numbers.read_number(number)


def _unknown_mobile(piece: str, country: str) -> str:
    """The number with its country if it begins and is as long as mobile ones are there."""
    model = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    plan = phonenumbers.PhoneMetadata.metadata_for_region(country)
    prefix = plan.national_prefix if plan else None
    digits = re.sub(r"[\s()/.-]", "", piece)
    if not (model and prefix and digits.isdecimal() and digits.startswith(prefix)):
        return ""
    inner, like = digits.removeprefix(prefix), str(model.national_number)
    is_alike = inner[:1] == like[:1] and len(inner) == len(like)
    return f"+{model.country_code}{inner}" if is_alike else ""


def _rank(number: str) -> int:
    """0 for a mobile phone, 2 for a landline: digits say more than labels."""
    return _BY_DIGITS.get(phonenumbers.number_type(phonenumbers.parse(number)), 2)
