"""The lines of a vCard, whole again however they were folded.

Lines are joined as octets: programs fold between the octets of one letter (RFC 6350, 3.2).
"""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from typing import TextIO

LINE_MAX = 64 * 1024
"""Octets of a line that are kept, far more than notes may have; what follows is passed over."""

_NEVER_PARTS = (b"END:VCARD", b"BEGIN:VCARD")
_OCTET = re.compile(rb"=[0-9A-F]{2}", re.IGNORECASE)
_BLANK = b" \t"


def unfold_lines(text: TextIO, to_octets: Callable[[str], bytes]) -> Iterator[tuple[int, bytes]]:
    """Each line that is not blank, with the number of the first one it was folded into, from 1.

    `text` is open with universal newlines; `to_octets` makes what it says UTF-8, or what it was.
    Takes as long as the text is, however it is folded.
    """
    line = _Line(0, b"")
    for number, piece in _physical_lines(text, to_octets):
        if not line.take(piece):
            yield from line.whole()
            line = _Line(number, piece)
    yield from line.whole()


def _physical_lines(text: TextIO, to_octets: Callable[[str], bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines as an editor counts them, each with no more than is kept of one."""
    number = 0
    while piece := text.readline(LINE_MAX):
        number += 1
        rest = piece
        while rest and not rest.endswith("\n"):
            rest = text.readline(LINE_MAX)
        yield number, to_octets(piece.rstrip("\n")).removeprefix(BOM_UTF8)


class _Line:
    """A line that is being put together again; `_last` is its newest piece."""

    def __init__(self, number: int, first: bytes) -> None:
        self._number, self._kept, self._last = number, bytearray(), first
        self._is_encoded: bool | None = None  # nobody knows before the colon
        self._look_for_colon()

    def take(self, piece: bytes) -> bool:
        """Add the next line of the text if it belongs to this one; False if it does not."""
        if self._has_soft_break() and piece.strip().upper() not in _NEVER_PARTS:
            last = self._last.rstrip(_BLANK)[:-1]
            self._add(last, piece[1:] if _is_folded_too(last, piece) else piece)
            return True
        if piece[:1] in (b" ", b"\t") and self._number:
            self._add(self._last, piece[1:])
            return True
        return False

    def whole(self) -> Iterator[tuple[int, bytes]]:
        """The line, unless it is blank."""
        self._add(self._last, b"")
        if self._kept.strip():
            yield self._number, bytes(self._kept)

    def _has_soft_break(self) -> bool:
        """True if the next line is a part of this one by quoted-printable (RFC 2045, 6.7)."""
        return bool(self._is_encoded) and self._last.rstrip(_BLANK).endswith(b"=")

    def _add(self, last: bytes, piece: bytes) -> None:
        self._kept += last[: LINE_MAX - len(self._kept)]
        self._last = piece
        self._look_for_colon()

    def _look_for_colon(self) -> None:
        if self._is_encoded is None and b":" in self._last:
            head = bytes(self._kept) + self._last.partition(b":")[0]
            self._is_encoded = b"QUOTED-PRINTABLE" in head.upper()


def _is_folded_too(last: bytes, piece: bytes) -> bool:
    """True if the blank after a soft break is a fold's: octets go on behind it."""
    return piece[:1] in (b" ", b"\t") and bool(_OCTET.match(piece, 1) and _OCTET.match(last[-3:]))
