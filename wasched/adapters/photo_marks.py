"""What a camera writes beside a photo (place, time, its own name), found and left out.

No pixel is decoded for it: a JPEG is a row of segments (ITU-T T.81, B.1.1), a PNG one of chunks.
"""

import re
from collections.abc import Iterator
from pathlib import Path

_JPEG = b"\xff\xd8"
_PNG = b"\x89PNG\r\n\x1a\n"
_SCAN, _END = 0xDA, 0xD9
_APPS = range(0xE0, 0xF0)
_COMMENT = 0xFE
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_KEPT_APPS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""What says how to show the picture; all else is about where, when and by what it was taken."""
_DROPPED_CHUNKS = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


def has_marks(path: Path) -> bool:
    """True if something stands in a photo that `without_marks` leaves out."""
    body = path.read_bytes()
    return sum(map(len, _kept_parts(body))) != len(body)


def without_marks(body: bytes) -> bytes:
    """The photo alone; what is neither JPEG nor PNG, or is damaged, as it is."""
    return b"".join(_kept_parts(body))


def _kept_parts(body: bytes) -> Iterator[memoryview]:
    if body.startswith(_JPEG):
        return _jpeg_parts(memoryview(body))
    return _png_parts(memoryview(body)) if body.startswith(_PNG) else iter((memoryview(body),))


def _jpeg_parts(body: memoryview) -> Iterator[memoryview]:
    """Up to the end of the picture: behind it, phones put films, depths and further pictures."""
    yield body[:2]
    at = 2
    while at + 4 <= len(body):
        if bytes(body[at : at + 2]) == b"\xff\xff":  # octets to fill up with, before a marker
            at += 1
            continue
        marker, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4], "big")
        if body[at] != 0xFF or (length < 2 and marker != _END):
            break
        if marker == _END:
            yield body[at : at + 2]
            return
        end = at + 2 + length
        if marker == _SCAN:
            found = _NEXT_MARKER.search(body, end)
            end = found.start() if found else len(body)
        if _is_kept(marker, body[at + 4 : at + 20]):
            yield body[at:end]
        at = end
    yield body[at:]


def _is_kept(marker: int, begin: memoryview) -> bool:
    if marker in _APPS:
        return marker in _KEPT_APPS and bytes(begin).startswith(_KEPT_APPS[marker])
    return marker != _COMMENT


def _png_parts(body: memoryview) -> Iterator[memoryview]:
    yield body[: len(_PNG)]
    at = len(_PNG)
    while at + 12 <= len(body):
        end = at + 12 + int.from_bytes(body[at : at + 4], "big")
        name = bytes(body[at + 4 : at + 8])
        if name not in _DROPPED_CHUNKS:
            yield body[at:end]
        at = end
        if name == b"IEND":
            return
    yield body[at:]
