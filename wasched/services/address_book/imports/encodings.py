"""In which letters a file of people is written: as its mark says, or as its octets tell."""

import codecs
import re
from pathlib import Path
from typing import IO

from charset_normalizer import from_bytes

from wasched.domain.media import MB
from wasched.services.address_book.imports.column_names import use_of

_HEAD = 64 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGES = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874"),
    *("cp932", "cp949", "gb18030", "big5", "euc_jp", "koi8_r", "mac_roman", "cp850"),
)
"""What spreadsheets and address books write where they do not write Unicode."""

_EAST_ASIAN = frozenset(("cp932", "cp949", "gb18030", "big5", "euc_jp"))
_ESCAPED = re.compile("[\udc80-\udcff]")
_NOT_WESTERN = re.compile(
    r"[À-ÿ]{3}|\w[€\u201a„…“”•™]\w|(?<![Nn\d])[ºª]"
    r"|[^\0-\x7f\xa0¡§©ª«®°º»À-ÏÑ-ÖØ-Ýß-ïñ-öø-ýÿ€‚„…‘’“”•–—™]"  # noqa: RUF001
)
"""What no Western European writes in Windows-1252, but others' letters look like in it."""

_WIDE = r"\u3400-\u9fff\uac00-\ud7a3\uff61-\uff9f"
_MIXED = re.compile(rf"[a-z][{_WIDE}]|[{_WIDE}][a-z]")
_TURKISH = re.compile(r"(?=[^şğŞĞ]*[şğŞĞ])[\0-\x7fçğıöşüâîûÇĞİÖŞÜÂÎÛ’]*")  # noqa: RUF001
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")


def find_encoding(path: Path) -> str | None:
    """The codec that reads a file; None if it is no text."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        for mark, named in _MARKS:
            if head.startswith(mark):
                return named
        if b"\x00" in head:
            return _utf16_of(head)
        file.seek(0)
        if _is_mostly_utf8(file):
            return "utf-8"
        file.seek(0)
        return _likeliest_page(head, _telling_lines(file))


def _utf16_of(head: bytes) -> str | None:
    """UTF-16 without a mark: every other octet of its spaces, digits and line ends is 0."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 4 * min(even, odd) or len(head) < 4:
        return None
    named = "utf-16-be" if even > odd else "utf-16-le"
    text = head[: len(head) // 2 * 2].decode(named, "replace")
    return None if any(ord(one) < 32 and one not in "\t\n\r\f" for one in text) else named


def _is_mostly_utf8(file: IO[bytes]) -> bool:
    """True for UTF-8 of which less is broken than whole: cut at its end, or with an odd cell."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    whole = broken = 0
    while piece := file.read(MB):
        text = decoder.decode(piece)
        if not text.isascii():
            escaped = len(text) - len(_ESCAPED.sub("", text))
            broken += escaped
            whole += len(text) - len(text.encode("ascii", "ignore")) - escaped
    is_cut = bool(decoder.getstate()[0])
    return whole >= broken and (whole > 0 or not is_cut)


def _telling_lines(file: IO[bytes]) -> bytes:
    """The lines that have more than ASCII in them, as many as tell enough."""
    kept = bytearray()
    while len(kept) < _HEAD and (line := file.readline(_HEAD)):
        if not line.isascii():
            kept += line if line.endswith(b"\n") else line + b"\n"
    return bytes(kept)


def _likeliest_page(head: bytes, sample: bytes) -> str:
    """The code page that knows most of the columns' names, else the one that looks best."""
    pages = [one.encoding for one in from_bytes(sample, cp_isolation=list(_PAGES))]
    if not _NOT_WESTERN.search(sample.decode("cp1252", "replace")):
        pages.insert(0, "cp1252")
    elif b"\r" in head and b"\n" not in head:
        pages.insert(0, "mac_roman")
    elif _TURKISH.fullmatch(sample.decode("cp1254", "replace")):
        pages.insert(0, "cp1254")
    pages = [one for one in pages if _is_plausible(sample, one)]
    return max(pages, key=lambda page: _known_names(head, page), default="cp1252")


def _is_plausible(sample: bytes, page: str) -> bool:
    """False for East Asian letters within Latin words, and for Chinese ones among Korean."""
    if page not in _EAST_ASIAN:
        return True
    text = sample.decode(page, "replace")
    return not _MIXED.search(text) and not (page == "cp949" and _IDEOGRAPH.search(text))


def _known_names(head: bytes, page: str) -> int:
    """How many of the first cells are names of columns."""
    text = head[:4096].decode(page, "replace")
    cells = re.split(r"[;,\t|\r\n]", text)[:400]
    return sum(bool(use_of(cell)) for cell in cells if not cell.isascii())
