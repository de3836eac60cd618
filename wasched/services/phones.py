"""Phone numbers as people type them, read with Google's libphonenumber data."""

import re
from functools import cache
from importlib.resources import files

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from wasched.domain.errors import DraftError

_TOO_SHORT = (
    phonenumbers.ValidationResult.TOO_SHORT,
    phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
)
_LINK = re.compile(
    r"(?:\bwa\.me/|\bwhatsapp\.com/send\S*[?&]phone=)\+?(\d{6,15})(?!\d)"
    r"|^\+?(\d{6,15})@(?:s\.whatsapp\.net|c\.us)$",
    re.ASCII | re.IGNORECASE,
)
"""A link that opens a chat, or WhatsApp's own address: digits with their country."""
_EXAMPLE = "as in +49 151 0000 0012"
_PART_MIN = 5
_SHORTEST = 7
"""Digits of the shortest numbers there are, Niue's; some plans take a mere area code for one."""


def part(search: str) -> str:
    """The digits by which a search may mean a number, empty if it means words: Room 42."""
    digits = "".join(one for one in search if one.isdigit())
    is_words = any(one.isalpha() for one in search)
    return "" if is_words and len(digits) < _PART_MIN else digits


def read(text: str, country: str = "") -> str:
    """The number in E.164; DraftError says what is wrong with it.

    `country` is an ISO 3166 code that completes numbers typed without one.
    """
    shown = text.strip()
    try:
        number = phonenumbers.parse(_plus(shown, country), country or None)
    except NumberParseException as fault:
        raise DraftError("to", _refusal(shown, fault)) from None
    if whole := _whole(shown, number):
        return whole
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE and (today := _todays_form(number)):
        return today
    e164: str = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if reason in _TOO_SHORT or len(e164) <= _SHORTEST:
        raise DraftError("to", f'"{shown}" is too short. Write it with its country, {_EXAMPLE}.')
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise DraftError("to", f'"{shown}" is too long for a number. Check it.')
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise DraftError("to", f'"{shown}" is no phone number. Write it {_EXAMPLE}.')
    return e164


def pretty(e164: str) -> str:
    """The number with spaces where people of its country put them."""
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return e164
    shown: str = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    return shown


def country_of(e164: str) -> str:
    """The ISO 3166 code of a number's country, empty if unknown."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(e164)) or ""
    except NumberParseException:
        return ""


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """ISO 3166 code and name of every country with numbers of its own, by name.

    The names are those of the time zone database (iso3166.tab).
    """
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    named = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    found = (
        (code, f"{name} (+{calling})")
        for code, name in named
        if (calling := phonenumbers.country_code_for_region(code))
    )
    return tuple(sorted(found, key=lambda one: one[1]))


def variants(e164: str) -> tuple[str, ...]:
    """The forms under which WhatsApp may know a number, the given one first.

    Countries that made their numbers longer left WhatsApp with both forms: Brazil's ninth
    digit, Mexico's 1 and Argentina's 9 after the country, Benin's 01, and Ivory Coast's 01, 05
    and 07. Nowhere else does one number have two.
    """
    for pattern, others in _DOUBLE:
        if found := pattern.fullmatch(e164):
            return (e164, *(found.expand(one) for one in others))
    return (e164,)


_DOUBLE = tuple(
    (re.compile(pattern), others)
    for pattern, *others in (
        (r"\+55(\d\d)9([6-9]\d{7})", r"+55\1\2"),
        (r"\+55(\d\d)([6-9]\d{7})", r"+55\g<1>9\2"),
        (r"\+521(\d{10})", r"+52\1"),
        (r"\+52([2-9]\d{9})", r"+521\1"),
        (r"\+549(\d{10})", r"+54\1"),
        (r"\+54([1-8]\d{9})", r"+549\1"),
        (r"\+22901(\d{8})", r"+229\1"),
        (r"\+229([2-9]\d{7})", r"+22901\1"),
        # Ivory Coast, since 2021: who had which second digit of eight got which prefix.
        (r"\+225(?:01|05|07)(\d{8})", r"+225\1"),
        (r"\+225(\d[0-3]\d{6})", r"+22501\1"),
        (r"\+225(\d[4-6]\d{6})", r"+22505\1"),
        (r"\+225(\d[7-9]\d{6})", r"+22507\1"),
    )
)


def to_jid(e164: str) -> str:
    """The WhatsApp address of a number."""
    return f"{e164.lstrip('+')}@s.whatsapp.net"


def from_jid(jid: str) -> str:
    """The number of a WhatsApp address, empty for groups and LIDs."""
    user, _, server = jid.partition("@")
    digits = user.partition(":")[0].partition(".")[0]
    return f"+{digits}" if server in ("s.whatsapp.net", "c.us") else ""


def _whole(shown: str, number: phonenumbers.PhoneNumber) -> str:
    """The number if it was typed with its country but no plus, else empty.

    What would be a number without its country as well counts as it is likelier on WhatsApp:
    4915123456789 is a mobile phone in Germany, not one of the town of Leer (0491).
    """
    if not shown[:1].isdigit() or shown.startswith("0"):
        return ""
    try:
        whole = phonenumbers.parse("+" + shown)
    except NumberParseException:
        return ""
    is_same_country = whole.country_code == number.country_code
    is_likelier = is_same_country and _is_mobile(whole) and not _is_mobile(number)
    if not phonenumbers.is_valid_number(whole):
        return ""
    if phonenumbers.is_valid_number(number) and not is_likelier:
        return ""
    e164: str = phonenumbers.format_number(whole, PhoneNumberFormat.E164)
    return e164


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.number_type(number) in kinds


def _todays_form(number: phonenumbers.PhoneNumber) -> str:
    """A number in the form it had before its country changed them, in the form it has now."""
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    others = variants(written)[1:]
    return next(
        (one for one in others if phonenumbers.is_possible_number(phonenumbers.parse(one))), ""
    )


def _plus(shown: str, country: str) -> str:
    """Digits that hold their country get their plus.

    Those are the digits of links to a chat, and without a country to lean on those behind 00.
    """
    if found := _LINK.search(shown):
        return f"+{found[1] or found[2]}"
    digits = shown.lstrip("(").lstrip()
    if country or digits.startswith("+"):
        return shown
    if digits.startswith("00"):
        return "+" + digits[2:]
    return shown


def _refusal(shown: str, fault: NumberParseException) -> str:
    if fault.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return f'"{shown}" has no country. Write it with its country, {_EXAMPLE}.'
    if fault.error_type == NumberParseException.TOO_LONG:
        return f'"{shown}" is too long for a number. Check it.'
    if fault.error_type == NumberParseException.NOT_A_NUMBER:
        return f'"{shown}" is no phone number. Write it with its country, {_EXAMPLE}.'
    return f'"{shown}" is too short. Write it with its country, {_EXAMPLE}.'
