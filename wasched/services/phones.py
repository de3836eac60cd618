"""Phone numbers as people type them, read with Google's libphonenumber data."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from wasched.domain.errors import DraftError

_EXAMPLE = "as in +49 151 0000 0012"


def read(text: str, country: str = "") -> str:
    """The number in E.164; DraftError says what is wrong with it.

    `country` is an ISO 3166 code that completes numbers typed without one.
    """
    shown = text.strip()
    try:
        number = phonenumbers.parse(_plus(shown, country), country or None)
    except NumberParseException as fault:
        raise DraftError("to", _refusal(shown, fault)) from None
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        raise DraftError("to", f'"{shown}" is too short. Write it with its country, {_EXAMPLE}.')
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise DraftError("to", f'"{shown}" is too long for a number. Check it.')
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise DraftError("to", f'"{shown}" is no phone number. Write it {_EXAMPLE}.')
    e164: str = phonenumbers.format_number(number, PhoneNumberFormat.E164)
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


def to_jid(e164: str) -> str:
    """The WhatsApp address of a number."""
    return f"{e164.lstrip('+')}@s.whatsapp.net"


def from_jid(jid: str) -> str:
    """The number of a WhatsApp address, empty for groups and LIDs."""
    user, _, server = jid.partition("@")
    digits = user.partition(":")[0].partition(".")[0]
    return f"+{digits}" if server in ("s.whatsapp.net", "c.us") else ""


def _plus(shown: str, country: str) -> str:
    """Without a country to lean on, digits that start like a country code get their plus."""
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
