"""Numbers as people type them, read as one number whatever form they have."""

from functools import cache
from random import Random

import phonenumbers
import pytest
from hypothesis import example, given
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from tests.fuzz import fuzzed, seeds
from tests.reasons import refuses
from wasched.domain.errors import InputError
from wasched.services.phone_numbers import phones, typed_numbers
from wasched.text.refusals import error_sentence

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
    assert typed_numbers.read_number(typed, country) == ANNA


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
    with refuses(InputError, sentence) as refusal:
        typed_numbers.read_number(typed)
    assert refusal.value.field == "to"


AXEL = "+491713920001"


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("0171 3920001 (Axel)", "DE", AXEL),
        ("+49 171 3920001 Anna", "", AXEL),
        ("0171 3920001 Mama", "DE", AXEL),
        ("Tel.: 0171/3920001", "DE", AXEL),
        ("Room 5B: +49 171 3920001", "", ""),
        ("Anna +49 171 3920001", "", AXEL),
        ("0151 23456789 (privat)", "DE", ANNA),
        ("491713920001.0", "DE", AXEL),
        ("491713920001,00", "DE", AXEL),
        ("9000000001.0", "IN", "+919000000001"),
        ("4155552671.0", "US", "+14155552671"),
        ("8123456789.0", "ID", "+628123456789"),
        ("6641234567.0", "AT", "+436641234567"),
        ("whatsapp://send?phone=491713920001", "DE", AXEL),
        ("whatsapp://send/?phone=491713920001&text=Hi", "", AXEL),
        ("https://api.whatsapp.com/send?phone=%2B491713920001", "", AXEL),
        ("https://api.whatsapp.com/send?text=Hi&phone=+49%20171%203920001", "", AXEL),
        ("https://web.whatsapp.com/send?phone=00491713920001", "", AXEL),
        ("Anna https://wa.me/491713920001", "", AXEL),
        ("491713920001:12@s.whatsapp.net", "", AXEL),
        ("tel:3920001;phone-context=+49171", "US", AXEL),
        ("callto:+491713920001", "", AXEL),
        ("07700 900123", "GB", "+447700900123"),
        ("+33\u202f6\u202f39\u202f98\u202f00\u202f01", "", "+33639980001"),
        ("+49\t171\t3920001", "", AXEL),
        ("+49\u2002171\u20033920001", "", AXEL),
        ("\uff0b49 171 3920001", "", AXEL),
        ("٠٠٤٩١٧١٣٩٢٠٠٠١", "", AXEL),
        ("044 55 1000 0001", "MX", "+525510000001"),
        ("01 55 1000 0001", "MX", "+525510000001"),
        ("+52 044 55 1000 0001", "", "+525510000001"),
        ("+39 (0)347 000 0001", "", "+393470000001"),
        ("+39 (0)6 0000 0001", "", "+390600000001"),
    ],
)
def test_what_belongs_to_no_number_is_taken_off(typed: str, country: str, number: str) -> None:
    if number:
        assert typed_numbers.read_number(typed, country) == number
    else:
        with pytest.raises(InputError):
            typed_numbers.read_number(typed, country)


@pytest.mark.parametrize(
    ("typed", "country", "sentence"),
    [
        ("+49 171 3920001 ext.", "", "has an extension"),
        ("0171 3920001 ext 5", "DE", "has an extension"),
        ("030 3920001x12", "DE", "has an extension"),
        ("tel:+49-30-3920001;ext=12", "", "has an extension"),
        ("Room 12345678", "DE", "may be no phone number"),
        ("Kundennummer 01713920001", "DE", "may be no phone number"),
        ("+91 7000000xyz", "", "no phone number alone"),
        ("KH2016A0NLH", "VN", "no phone number alone"),
        ("1-800-FLOWERS", "US", "no phone number alone"),
        ("491713920001.5", "DE", "has decimals"),
        ("4.91714E+11", "DE", "shortened by a spreadsheet"),
        ("4,91714E+11", "DE", "shortened by a spreadsheet"),
        ("491512345678.0", "DE", r"may be \+49 1512345678 or \+49 491 512345678"),
        ("2024-05-17", "DE", "is a date"),
        ("2024/05/17 09:30", "DE", "."),
        ("17.05.1985", "DE", "is a date"),
        ("5/17/1985", "US", "is a date"),
        ("21.09.1963", "AT", "is a date"),
        ("#49 171 3920001", "DE", 'has "#" in it'),
        ("+49 171 3920001, +49 171 3920002", "", "."),
        ("0000000000", "DE", "no phone number"),
        ("1111111111", "US", "no phone number"),
        ("9999999999", "US", "no phone number"),
        ("00000000000", "BR", "no phone number"),
        ("22000", "DE", r"no number of DE. If it is right, write it as \+4922000"),
        ("4915100000009", "", r"has no plus. If its country is in it, write \+4915100000009"),
        ("https://wa.me/message/ABCDEF12345", "", "names no number"),
        ("12345678901234@lid", "", "."),
    ],
)
def test_what_may_be_another_number_is_refused(typed: str, country: str, sentence: str) -> None:
    with refuses(InputError, sentence):
        typed_numbers.read_number(typed, country)


def test_words_that_were_left_out_are_told() -> None:
    assert typed_numbers.read_typed("0171 3920001 (Axel, Büro)", "DE").left_out == "Axel, Büro"
    assert typed_numbers.read_typed("0171 3920001", "DE").left_out == ""


@pytest.mark.parametrize(
    ("pasted", "pieces"),
    [
        ("+49 171 3920001, +49 171 3920002", ["+49 171 3920001", "+49 171 3920002"]),
        ("+49 171 3920001+49 171 3920002", ["+49 171 3920001", "+49 171 3920002"]),
        ("0171 3920001 / 0171 3920002", ["0171 3920001", "0171 3920002"]),
        ("Anna 0171 3920001\nBen 0171 3920002", ["Anna 0171 3920001", "Ben 0171 3920002"]),
        ("0171 3920001 or 0171 3920002", ["0171 3920001", "0171 3920002"]),
        ("+49 171 3920001 ::: +49 171 3920002", ["+49 171 3920001", "+49 171 3920002"]),
        ("0171/3920001", ["0171/3920001"]),
        ("Schmidt, Anna", ["Schmidt, Anna"]),
        ("0171 3920001 (Axel, Büro)", ["0171 3920001 (Axel, Büro)"]),
        ("https://wa.me/491713920001?text=1,2222222,3333333",) * 2,
    ],
)
def test_a_list_of_numbers_is_told_apart(pasted: str, pieces: object) -> None:
    assert typed_numbers.split_numbers(pasted) == ([pieces] if isinstance(pieces, str) else pieces)


def test_a_phone_is_linked_under_the_form_that_it_is_registered_in() -> None:
    assert typed_numbers.read_registered("+52 1 55 1000 0001") == "+5215510000001"
    assert typed_numbers.read_registered("+52 55 1000 0001") == "+525510000001"
    assert typed_numbers.read_registered("+49 (0)171 3920001") == AXEL


@fuzzed
@given(seeds)
def test_a_number_is_the_same_in_every_form_it_may_be_written_in(seed: int) -> None:
    luck = Random(seed)
    number, country = _somebodys(luck)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    typed, lean_on = _typed(luck, number, country)

    assert typed_numbers.read_number(typed, lean_on) == e164
    assert phones.from_jid(phones.to_jid(e164)) == e164


@fuzzed
@given(seeds)
@example(3_024_698_163_191_987)  # a zero too many: read again, it was another number
def test_whatever_is_typed_is_a_number_or_a_sentence(seed: int) -> None:
    luck = Random(seed)
    typed = "".join(luck.choices(_SIGNS, k=luck.randrange(24)))
    try:
        number = typed_numbers.read_number(typed, luck.choice(["", "DE", "BR", "US"]))
    except InputError as refusal:
        assert error_sentence(refusal).endswith(".")
    else:
        assert typed_numbers.read_number(number) == number


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
        written = phones.pretty_number(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    else:
        written = phonenumbers.format_number(number, getattr(PhoneNumberFormat, form))
    spaced = written.replace(" ", luck.choice([" ", "  ", "\u00a0", "-", "."]))
    padded = luck.choice(["{}", " {} ", "\u202a{}\u202c"]).format(spaced)
    return padded, country if form == "NATIONAL" else luck.choice(["", country])
