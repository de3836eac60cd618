"""Phone numbers as people type them and paste them: read whole, or refused with the reason.

Every character must be part of a number, or belong to a word that stands apart from it. What a
library for numbers would pass over (letters, a decimal point, the dots of a date) makes another
number than the one that was meant, and that one may be a stranger's.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from wasched.domain.reasons import Code
from wasched.services.phone_numbers import phones, written_numbers
from wasched.services.phone_numbers.written_numbers import WrittenNumber, refused_number

_TOO_SHORT = (
    phonenumbers.ValidationResult.TOO_SHORT,
    phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
)
_SHORTEST = 7
"""Digits of the shortest numbers there are, Niue's; some plans take a mere area code for one."""

_BETWEEN = re.compile(
    # The comma in 4,91510E+12 parts nothing.
    r"\s*(?::::|,(?!\d+[eE]\+?\d)|[;\n\r|])\s*|\s+(?:/|or|and|oder|und|ou|et|o|y|e)\s+"
)
_BEFORE_PLUS = re.compile(r"(?<=\d)\s*(?=[+＋])")  # noqa: RUF001
_MEXICO = re.compile(r"(?:01|04[45])(\d{10})")
"""What Mexicans dialled before a number until 2019, for another town or a mobile phone."""


@dataclass(frozen=True)
class TypedNumber:
    """A number (E.164), and the words beside it that were left out."""

    number: str
    left_out: str = ""


def read_number(text: str, country: str = "") -> str:
    """The number in E.164; InputError says what is wrong with it.

    `country` is an ISO 3166 code that completes numbers typed without one.
    """
    return read_typed(text, country).number


def read_registered(text: str, country: str = "") -> str:
    """The number of an account as it was registered: in the form it is typed, if it has several.

    InputError says what is wrong with it; `country` is that of `read_number`.
    """
    number = read_number(text, country)
    typed = f"+{written_numbers.read_written(text).digits}"
    return typed if typed in phones.number_variants(number) else number


@lru_cache(maxsize=64)  # a request asks for each of its few numbers again and again
def read_typed(text: str, country: str = "") -> TypedNumber:
    """The number, with what was left out of the text; InputError says what is wrong with it."""
    written = written_numbers.read_written(text)
    return TypedNumber(_read_digits(written, country), written.left_out)


def split_numbers(text: str) -> list[str]:
    """The pieces of a text that lists numbers, as it was pasted; one piece if it lists none.

    Cells of a spreadsheet's row belong together, unless several of them are numbers.
    """
    if written_numbers.is_link(text):
        return [text.strip()]
    pieces = [
        piece.strip()
        for part in _BETWEEN.split(text)
        for cell in _cells(part)
        for piece in _BEFORE_PLUS.split(cell)
        if piece.strip()
    ]
    return pieces if sum(map(_has_number, pieces)) > 1 else [text.strip()]


def _cells(row: str) -> list[str]:
    """The numbers of a spreadsheet's row; the words beside an only one stay with it."""
    cells = row.split("\t")
    numbers = list(filter(_has_number, cells))
    if len(numbers) != 1:
        return numbers or [" ".join(cells)]
    is_kept = [_has_number(one) or not any(map(str.isdigit, one)) for one in cells]
    return [" ".join(one for one, keep in zip(cells, is_kept, strict=True) if keep)]


def _has_number(piece: str) -> bool:
    return sum(map(str.isdigit, piece)) >= _SHORTEST - 2


def _read_digits(written: WrittenNumber, country: str) -> str:
    shown = written.shown
    try:
        number = _parse(written, country)
    except NumberParseException as fault:
        _refuse_unparsed(written, country, fault)
    if whole := _whole(written, number):
        return whole
    _check_for_two(written, number)
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE and (today := _todays_form(number)):
        return today
    e164 = _e164(number)
    if reason in _TOO_SHORT or len(e164) <= _SHORTEST:
        raise refused_number(Code.NUMBER_TOO_SHORT, shown)
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise refused_number(Code.NUMBER_TOO_LONG, shown)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE or _is_nobodys(number, e164):
        raise refused_number(Code.NUMBER_OF_NOBODY, shown)
    if _is_short_mobile(number):
        raise refused_number(Code.NUMBER_CUT_SHORT, shown)
    if not (written.has_country or _may_exist(written, number, country)):
        raise refused_number(Code.NUMBER_OUT_OF_PLAN, shown, country=country, number=e164)
    return e164


def _parse(written: WrittenNumber, country: str) -> phonenumbers.PhoneNumber:
    """The number as the library reads its digits; NumberParseException if it cannot."""
    digits = written.digits
    if written.has_country:
        digits = f"+{_without_old_prefix(digits, '52')}"
    elif country == "MX":
        digits = _MEXICO.sub(r"\1", digits) if _MEXICO.fullmatch(digits) else digits
    elif not country and digits.startswith("00"):
        digits = f"+{digits[2:]}"
    number = phonenumbers.parse(digits, country or None)
    if written.has_optional_zero and not phonenumbers.is_valid_number(number):
        return _without_zero(number)
    return number


def _without_old_prefix(digits: str, calling_code: str) -> str:
    if not digits.startswith(calling_code):
        return digits
    return calling_code + _MEXICO.sub(r"\1", digits.removeprefix(calling_code))


def _without_zero(number: phonenumbers.PhoneNumber) -> phonenumbers.PhoneNumber:
    """The number without the zero that was written as (0); itself if that is no number either.

    Italy's landlines keep theirs, its mobile phones have none.
    """
    other = phonenumbers.parse(f"+{number.country_code}{number.national_number}")
    return other if phonenumbers.is_valid_number(other) else number


def _whole(written: WrittenNumber, number: phonenumbers.PhoneNumber) -> str:
    """The number if it was typed with its country but no plus, else empty.

    What would be a number without its country as well counts as it is likelier on WhatsApp:
    4915123456789 is a mobile phone in Germany, not one of the town of Leer (0491).
    """
    if written.has_country or written.digits.startswith("0"):
        return ""
    whole = _with_plus(written.digits)
    if whole is None or not phonenumbers.is_valid_number(whole) or len(_e164(whole)) <= _SHORTEST:
        return ""
    is_same_country = whole.country_code == number.country_code
    is_likelier = is_same_country and _is_mobile(whole) and not _is_mobile(number)
    if phonenumbers.is_valid_number(number) and not is_likelier:
        return ""
    return _e164(whole)


def _check_for_two(written: WrittenNumber, number: phonenumbers.PhoneNumber) -> None:
    """Refuse a landline's number that begins as if its country stood in it, without a plus."""
    code = str(number.country_code)
    if written.has_country or _is_mobile(number) or not written.digits.startswith(code):
        return
    whole = _with_plus(written.digits)
    if whole is not None and phonenumbers.is_possible_number(whole):
        first, second = (phones.pretty_number(_e164(one)) for one in (whole, number))
        raise refused_number(Code.NUMBER_OF_TWO, written.shown, first=first, second=second)


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.number_type(number) in kinds


def _may_exist(written: WrittenNumber, number: phonenumbers.PhoneNumber, country: str) -> bool:
    """True for a number of the country's plan, or one like its mobile ones in a newer range."""
    if phonenumbers.is_valid_number(number):
        return True
    plan = phonenumbers.PhoneMetadata.metadata_for_region(country)
    model = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    if plan is None or model is None or not written.digits.startswith(plan.national_prefix or "-"):
        return False
    inner, like = str(number.national_number), str(model.national_number)
    return inner[:1] == like[:1] and len(inner) == len(like)


def _is_short_mobile(number: phonenumbers.PhoneNumber) -> bool:
    """True for the beginning of a mobile number: with more digits it would be one."""
    plan = phonenumbers.PhoneMetadata.metadata_for_region(
        phonenumbers.region_code_for_country_code(number.country_code or 0)
    )
    mobile = plan.mobile if plan else None
    if mobile is None or phonenumbers.is_valid_number(number):
        return False
    digits, lengths = str(number.national_number), mobile.possible_length
    if not lengths or len(digits) >= min(lengths):
        return False
    filled = (digits.ljust(length, "0") for length in lengths)
    return any(_is_mobile_alone(number.country_code or 0, one) for one in filled)


def _is_mobile_alone(calling_code: int, digits: str) -> bool:
    number = _with_plus(f"{calling_code}{digits}")
    kind = PhoneNumberType.MOBILE
    return number is not None and phonenumbers.number_type(number) == kind


def _is_nobodys(number: phonenumbers.PhoneNumber, e164: str) -> bool:
    """True for one digit over and over, typed to get past a form, and for a zero too many.

    Read again without that zero, it would be another number than the one that is shown.
    """
    if phonenumbers.is_valid_number(number):
        return False
    is_one_digit = len(set(str(number.national_number))) == 1
    return is_one_digit or _e164(phonenumbers.parse(e164)) != e164


def _todays_form(number: phonenumbers.PhoneNumber) -> str:
    """A number in the form it had before its country changed them, in the form it has now."""
    others = phones.number_variants(_e164(number))[1:]
    return next(
        (one for one in others if phonenumbers.is_possible_number(phonenumbers.parse(one))), ""
    )


def _e164(number: phonenumbers.PhoneNumber) -> str:
    written: str = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return written


def _refuse_unparsed(written: WrittenNumber, country: str, fault: NumberParseException) -> NoReturn:
    shown, code = written.shown, _UNPARSED.get(fault.error_type, Code.NUMBER_TOO_SHORT)
    is_countryless = code is Code.NUMBER_WITHOUT_COUNTRY
    if is_countryless and not (written.has_country or country) and _is_whole(written.digits):
        plus = refused_number(Code.NUMBER_WITHOUT_PLUS, shown, digits=written.digits)
        raise plus from None
    raise refused_number(code, shown) from None


_UNPARSED = {
    NumberParseException.TOO_LONG: Code.NUMBER_TOO_LONG,
    NumberParseException.NOT_A_NUMBER: Code.NUMBER_UNREADABLE,
    NumberParseException.INVALID_COUNTRY_CODE: Code.NUMBER_WITHOUT_COUNTRY,
}


def _is_whole(digits: str) -> bool:
    whole = _with_plus(digits)
    return whole is not None and bool(phonenumbers.is_valid_number(whole))


def _with_plus(digits: str) -> phonenumbers.PhoneNumber | None:
    """What digits are if their country stands in them; None if no country is called so."""
    try:
        return phonenumbers.parse(f"+{digits}")
    except NumberParseException:
        return None
