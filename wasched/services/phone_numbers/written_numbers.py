"""What is written where a number should be: its digits, told from the words beside them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, because

_ADDRESS = re.compile(r"\+?(\d{6,15})(?:[.:]\d{1,4}){0,2}@(?:s\.whatsapp\.net|c\.us)", re.I | re.A)
"""WhatsApp's own address of a number; what stands behind a point or colon names a device."""

_LINK = re.compile(
    r"(?:https?://|whatsapp:|\b)(?:[\w.]*\bwhatsapp\.com|wa\.me|//send)[/?]\S*", re.I
)
_SCHEME = re.compile(r"(?:tel|callto|sms|smsto):(?://)?", re.I)
_IN_A_LINK = re.compile(r"[\s+]*(?:00)?([\d\s().-]{6,25})")
_NUMBER = re.compile(r"\(?\+?\(?\d(?:[\d ()+./-]*\d)?")
_APART = re.compile(r"[^\W\d_]|[ .:,'()\[\]&\"-]")
_DECIMAL = re.compile(r"(?=\d{6,}[.,]\d{1,2}$|[1-9]\d{5,}[.,]\d{3})(\d+)[.,](\d+)")
"""A number with decimals; more than two stand behind none that is dialled as it is written."""

_SHORTENED = re.compile(r"\d[.,]\d+E\+?\d\d?", re.I)
_EXTENSION = re.compile(r"[ ,;.(-]*([^\W\d_]+)")
_JOINED_BEFORE = re.compile(r"[^\W\d_][-/_]*$")
_JOINED_AFTER = re.compile(r"[-./_]*[^\W\d_]")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?: .*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: .*)?")
_YEARS = range(1880, 2101)

_EXTENSIONS = {
    *("x", "ext", "extn", "extension", "durchwahl", "dw", "poste", "int", "interno", "anexo"),
    *("ramal", "toestel", "доб", "wew"),
}
_LABELS = {
    *("tel", "telefon", "telefono", "teléfono", "telephone", "téléphone", "telefone", "phone"),
    *("fon", "mobile", "mobil", "móvil", "mob", "mobiel", "cell", "cellphone", "cel", "celular"),
    *("cellulare", "portable", "handy", "handynummer", "mobilnummer", "telefonnummer", "gsm"),
    *("whatsapp", "wa", "t", "m", "p", "h", "call", "home", "work", "privat", "festnetz"),
    *("number", "nummer", "numero", "número", "numéro", "тел", "телефон", "моб", "мобильный"),
    *("电话", "手机", "電話", "携帯", "هاتف", "جوال", "טלפון"),
}
"""Words before a number that only say that it is one."""


@dataclass(frozen=True)
class WrittenNumber:
    """The digits of a number as it was written, and what was written beside them.

    `has_country` is true if the digits begin with the country's; `has_optional_zero` if a zero
    stands in brackets; `shown` is what a refusal repeats.
    """

    shown: str
    digits: str
    has_country: bool = False
    has_optional_zero: bool = False
    left_out: str = ""


def read_written(text: str) -> WrittenNumber:
    """Tell the number from what stands beside it; InputError if that cannot be told."""
    shown = text.strip()
    plain = _plain(shown)
    if found := _ADDRESS.fullmatch(plain):
        return WrittenNumber(shown, found[1], True)
    if found := _LINK.search(plain):
        beside = _words(plain[: found.start()], plain[found.end() :])
        return WrittenNumber(shown, _digits_of_link(shown, found[0]), True, left_out=beside)
    if found := _SCHEME.match(plain):
        plain = _without_parameters(shown, plain[found.end() :])
    return _told_apart(shown, plain)


def refused_number(code: Code, shown: str, **more: str) -> InputError:
    """What is wrong with what was typed."""
    return InputError("to", because(code, shown=shown, **more))


def is_shortened(text: str) -> bool:
    """True for a number as spreadsheets show large ones: 4,91510E+12."""
    return bool(_SHORTENED.fullmatch(_plain(text)))


def is_link(text: str) -> bool:
    """True for a link that opens a chat."""
    return bool(_LINK.search(_plain(text)))


def _plain(text: str) -> str:
    """The text with plain digits, spaces and dashes, without what cannot be seen."""
    return "".join(map(_plain_character, text)).strip()


def _plain_character(one: str) -> str:
    kind = unicodedata.category(one)
    if kind == "Nd":
        return str(unicodedata.digit(one))
    if kind in ("Zs", "Zl", "Zp") or one in "\t\n\r":
        return " "
    if kind == "Pd" or one == "\u2212":
        return "-"
    if kind == "Cf":
        return ""
    return _WIDE.get(one, one)


_WIDE = {chr(ord(one) + 0xFEE0): one for one in "+().,/:;@#*"}
"""The marks of East Asian keyboards, as wide as a sign of Chinese."""


def _digits_of_link(shown: str, link: str) -> str:
    """The digits in a link to a chat, which begin with their country."""
    address = urlsplit(link if ":" in link.partition("/")[0] else f"https://{link}")
    named = parse_qs(address.query.replace("+", "%2B")).get("phone", [""])[0]
    written = named or unquote(address.path.strip("/").partition("/")[0])
    if not (found := _IN_A_LINK.fullmatch(written)):
        raise refused_number(Code.NUMBER_NOT_IN_LINK, shown)
    return "".join(filter(str.isdigit, found[1]))


def _without_parameters(shown: str, number: str) -> str:
    """The number of a tel: address (RFC 3966), after the context that completes it (5.1.5)."""
    number, *parameters = unquote(number).split(";")
    given = dict(one.lower().partition("=")[::2] for one in parameters)
    if given.get("ext"):
        raise refused_number(Code.NUMBER_WITH_EXTENSION, shown)
    context = given.get("phone-context", "")
    return context + number if context.startswith("+") and not number.startswith("+") else number


def _told_apart(shown: str, plain: str) -> WrittenNumber:
    found = _NUMBER.search(plain)
    if _SHORTENED.fullmatch(plain):
        raise refused_number(Code.NUMBER_SHORTENED, shown)
    if not found:
        raise refused_number(Code.NUMBER_OF_NOBODY, shown)
    before, number, after = plain[: found.start()], found[0], plain[found.end() :]
    number, after = _whole_decimal(shown, number, after)
    _check_number(shown, number)
    has_country = number.lstrip("( ").startswith("+")
    _check_beside(shown, before, after, has_country)
    digits = "".join(filter(str.isdigit, number))
    return WrittenNumber(shown, digits, has_country, "(0)" in number, _words(before, after))


def _whole_decimal(shown: str, number: str, after: str) -> tuple[str, str]:
    """A number that a spreadsheet wrote with decimals, without them."""
    joined = number + after if after.startswith(",") else number
    if not (found := _DECIMAL.fullmatch(joined)):
        return number, after
    if found[2].strip("0"):
        raise refused_number(Code.NUMBER_WITH_DECIMALS, shown)
    return found[1], ""


def _check_number(shown: str, number: str) -> None:
    if "+" in number.lstrip("( ")[1:]:
        raise refused_number(Code.NUMBERS_IN_ONE, shown)
    if _is_date(number):
        raise refused_number(Code.NUMBER_IS_DATE, shown)


def _is_date(number: str) -> bool:
    if found := _YEAR_FIRST.fullmatch(number):
        return _is_day(found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(number):
        first, second, year = found[1], found[3], found[4]
        return _is_day(year, second, first) or _is_day(year, first, second)
    return False


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return date(int(year), int(month), int(day)).year in _YEARS
    except ValueError:
        return False


def _check_beside(shown: str, before: str, after: str, has_country: bool) -> None:
    """Refuse what may be part of the number, or may say that it is the number of something else."""
    if (word := _EXTENSION.match(after)) and word[1].casefold() in _EXTENSIONS:
        raise refused_number(Code.NUMBER_WITH_EXTENSION, shown)
    has_more = any(map(str.isdigit, before + after))
    if has_more or _JOINED_BEFORE.search(before) or _JOINED_AFTER.match(after):
        raise refused_number(Code.NUMBER_WITH_MORE, shown)
    if odd := next((one for one in before + after if not _may_stand_apart(one)), ""):
        raise refused_number(Code.NUMBER_WITH_MARK, shown, mark=odd)
    if not has_country and not _LABELS.issuperset(_words_in(before)):
        raise refused_number(Code.NUMBER_MAYBE_NONE, shown)


def _may_stand_apart(one: str) -> bool:
    return bool(_APART.fullmatch(one)) or unicodedata.category(one) in ("So", "Mn", "Mc")


def _words_in(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _words(before: str, after: str) -> str:
    """What was left out, as it is shown."""
    beside = (part.strip(" .:,'()[]&\"-") for part in (before, after))
    return " ".join(part for part in beside if part)
