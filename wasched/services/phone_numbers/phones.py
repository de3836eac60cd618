"""Phone numbers: how they are shown, where they are from, and the forms that mean the same."""

import re
from functools import cache
from importlib.resources import files

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from wasched.domain.collation import sort_key

_PART_MIN = 5


def number_part(search: str) -> str:
    """The digits by which a search may mean a number, empty if it means words: Room 42."""
    digits = "".join(one for one in search if one.isdigit())
    is_words = any(one.isalpha() for one in search)
    return "" if is_words and len(digits) < _PART_MIN else digits


def pretty_number(e164: str) -> str:
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
def calling_countries() -> tuple[tuple[str, str], ...]:
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
    return tuple(sorted(found, key=lambda one: sort_key(one[1])))


def number_variants(e164: str) -> tuple[str, ...]:
    """The forms under which WhatsApp may know a number, the given one first.

    Countries that made their numbers longer left WhatsApp with both forms: Brazil's ninth
    digit, Mexico's 1 and Argentina's 9 after the country, Benin's 01, and Ivory Coast's 01, 05
    and 07. Nowhere else does one number have two.
    """
    if not e164.startswith(_WITH_TWO_FORMS):
        return (e164,)
    for pattern, others in _DOUBLE:
        if found := pattern.fullmatch(e164):
            return (e164, *(found.expand(one) for one in others))
    return (e164,)


_WITH_TWO_FORMS = ("+55", "+52", "+54", "+229", "+225")
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
