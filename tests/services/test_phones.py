"""Numbers as people type them, read as one number whatever form they have."""

from functools import cache
from random import Random

import phonenumbers
import pytest
from hypothesis import given
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from tests.fuzz import fuzzed, seeds
from wasched.domain.errors import DraftError
from wasched.services import phones

ANNA = "+4915123456789"


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("+49 1512 3456789", ""),
        ("+49 (0)1512 3456789", ""),
        ("0049-1512-3456789", ""),
        ("00 49 1512/3456789", ""),
        ("(+49) 1512.345.67.89", ""),
        ("+49\u00a01512\u20113456789", ""),
        ("+49 1512 3456789", ""),
        ("+٤٩ ١٥١٢ ٣٤٥٦٧٨٩", ""),
        ("tel:+49-1512-3456789", ""),
        ("\u202a+49 1512 3456789\u202c", ""),
        ("https://wa.me/4915123456789", "US"),
        ("wa.me/4915123456789?text=Hello", "BR"),
        ("https://api.whatsapp.com/send/?phone=4915123456789&text", "US"),
        ("4915123456789@s.whatsapp.net", "US"),
        ("01512 3456789", "DE"),
        ("0 15 12 34 56 78 9", "DE"),
        ("1512 3456789", "DE"),
        ("4915123456789", "DE"),
        ("011 49 1512 3456789", "US"),
    ],
)
def test_one_number_in_any_common_form(typed: str, country: str) -> None:
    assert phones.read(typed, country) == ANNA


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0151 23456789", "has no country"),
        ("+49 15", "is too short"),
        ("+49 0151", "is too short"),
        ("+49 1512 3456789 3456789", "is too long"),
        ("Anna", "is no phone number"),
        ("", "is no phone number"),
        ("+999 1512 3456789", "has no country"),
    ],
)
def test_what_is_no_number_gets_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(DraftError, match=sentence) as refusal:
        phones.read(typed)
    assert refusal.value.field == "to"


@fuzzed
@given(seeds)
def test_a_number_is_the_same_in_every_form_it_may_be_written_in(seed: int) -> None:
    luck = Random(seed)
    number, country = _somebodys(luck)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    typed, lean_on = _typed(luck, number, country)

    assert phones.read(typed, lean_on) == e164
    assert phones.from_jid(phones.to_jid(e164)) == e164


@fuzzed
@given(seeds)
def test_whatever_is_typed_is_a_number_or_a_sentence(seed: int) -> None:
    luck = Random(seed)
    typed = "".join(luck.choices(_SIGNS, k=luck.randrange(24)))
    try:
        number = phones.read(typed, luck.choice(["", "DE", "BR", "US"]))
    except DraftError as refusal:
        assert str(refusal).endswith(".")
    else:
        assert phones.read(number) == number


_SIGNS = (*"0123456789" * 2, *" ()-./#*,;x@é٣", "+", "+49", "tel:", "wa.me/", "\u202a", "\x00")
_KINDS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
_SOMEBODY = [
    (number, country)
    for country in sorted(phonenumbers.SUPPORTED_REGIONS)
    for kind in _KINDS
    if (number := phonenumbers.example_number_for_type(country, kind))
]


def _somebodys(luck: Random) -> tuple[PhoneNumber, str]:
    """A number that a country gives out, and the country."""
    which = luck.randrange(len(_SOMEBODY))
    return _ending(which, luck.randrange(6) * 111), _SOMEBODY[which][1]


@cache
def _ending(which: int, end: int) -> PhoneNumber:
    example = _SOMEBODY[which][0]
    number = PhoneNumber()
    number.merge_from(example)
    number.national_number = (example.national_number or 0) // 1000 * 1000 + end
    return number if phonenumbers.is_valid_number(number) else example


def _typed(luck: Random, number: PhoneNumber, country: str) -> tuple[str, str]:
    """The number as somebody writes it down, and the country that it needs to be understood."""
    form = luck.choice(["E164", "INTERNATIONAL", "RFC3966", "00", "NATIONAL", "link"])
    if form == "link":
        digits = phonenumbers.format_number(number, PhoneNumberFormat.E164)[1:]
        return luck.choice(["https://wa.me/{}", "{}@s.whatsapp.net"]).format(digits), "DE"
    if form == "00":
        written = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
        return written.replace("+", "00", 1), ""
    if form == "INTERNATIONAL":
        written = phones.pretty(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    else:
        written = phonenumbers.format_number(number, getattr(PhoneNumberFormat, form))
    spaced = written.replace(" ", luck.choice([" ", "  ", "\u00a0", "-", "."]))
    padded = luck.choice(["{}", " {} ", "\u202a{}\u202c"]).format(spaced)
    return padded, country if form == "NATIONAL" else luck.choice(["", country])


@pytest.mark.parametrize(
    ("search", "digits"),
    [("0151 / 42", "015142"), ("Room 42", ""), ("tel:+49 151 0000", "491510000"), ("Ada", "")],
)
def test_a_search_means_a_number_only_if_it_looks_like_one(search: str, digits: str) -> None:
    assert phones.part(search) == digits
