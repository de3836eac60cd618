"""The number of somebody who has several: one that is right, and likeliest to be on WhatsApp."""

from collections.abc import Sequence

import phonenumbers
from phonenumbers import PhoneNumberType

from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, Reason
from wasched.services.address_book.imports.phone_labels import Kind, kind_of
from wasched.services.phone_numbers import typed_numbers

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

    `country` (ISO 3166) completes numbers. InputError with what is wrong if none can be used.
    """
    pieces = _number_pieces(cells)
    if not pieces:
        has_some = any(cell for _, cell in cells)
        raise InputError("phone", Reason(Code.ONLY_FAX if has_some else Code.NO_NUMBER))
    if len(pieces) == 1:
        return typed_numbers.read_number(pieces[0][1], country)
    return _choose_number(sorted(pieces, key=lambda one: one[0]), country)


def _number_pieces(cells: Sequence[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """Each number by itself, with what is said of it: in the cell, else by its label."""
    found: list[tuple[Kind, str]] = []
    for kind, cell in cells:
        for piece in _split_cell(cell) if cell else ():
            said = kind_of(piece)
            found.append((kind if said is Kind.OTHER else said, piece))
    return [one for one in found if one[0] is not Kind.NO_PHONE][:_PIECES_MAX]


def _split_cell(cell: str) -> list[str]:
    """The numbers in a cell, also two with a mere slash between them: 030 123456/0171 123456."""
    pieces = []
    for piece in typed_numbers.split_numbers(cell):
        left, _, right = piece.partition("/")
        is_two = "/" not in right and all(
            _count_digits(half) >= _DIGITS_MIN for half in (left, right)
        )
        pieces += [left.strip(), right.strip()] if is_two else [piece]
    return pieces


def _count_digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _choose_number(pieces: Sequence[tuple[Kind, str]], country: str) -> str:
    """The first number that is WhatsApp's or a mobile phone's, else the likeliest that can be read.

    InputError about the first if none can.
    """
    others, refusals = [], list[InputError]()
    for at, (kind, piece) in enumerate(pieces):
        try:
            number = typed_numbers.read_number(piece, country)
        except InputError as refusal:
            refusals.append(refusal)
            continue
        rank = _number_rank(number)
        if kind is Kind.WHATSAPP or rank == 0:
            return number
        others.append((rank, at, number))
    if not others:
        raise refusals[0]
    return min(others)[-1]


def _number_rank(number: str) -> int:
    """0 for a mobile phone, 2 for a landline: digits say more than labels."""
    return _BY_DIGITS.get(phonenumbers.number_type(phonenumbers.parse(number)), 2)
