"""What a picture's head says: how large it is, and what decoding it would need."""

import io
from pathlib import Path
from typing import BinaryIO

from PIL import (
    AvifImagePlugin,
    IcoImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from wasched.domain.errors import WrongKindError
from wasched.domain.media import CONVERTED_MAX, DECODED_MAX, Shape, too_many_pixels
from wasched.domain.reasons import Code, because

Image.MAX_IMAGE_PIXELS = None  # they are counted here, by what each needs

FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError)
"""What damaged pictures are refused with."""

_FORMATS = (
    *("JPEG", "PNG", "GIF", "BMP", "PPM"),  # these Pillow knows by itself
    AvifImagePlugin.AvifImageFile.format,
    IcoImagePlugin.IcoImageFile.format,
    Jpeg2KImagePlugin.Jpeg2KImageFile.format,
    TiffImagePlugin.TiffImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
)
"""No others: some of Pillow's run programs, or were never meant for strangers' files."""
ORIENTATION = 0x0112
_OCTETS = {"1": 1, "L": 1, "P": 1, "LA": 4, "I;16": 2, "I;16B": 2}
"""Octets of a pixel by Pillow's mode; all others have four."""
_OCTETS_OF_WEBP = 12
_ON_TOP = {"WEBP": _OCTETS_OF_WEBP - 4, "AVIF": 8, "JPEG2000": 16, "TIFF": 8, "GIF": 4, "ICO": 8}
"""Octets of a pixel that a decoder holds beside: canvases of a WebP, a strip of a TIFF …"""


def open_picture(source: Path | bytes, most: int = CONVERTED_MAX) -> Image.Image:
    """A picture of which no more than the head is read; WrongKindError if it is too large.

    `most`: bytes that the canvases of a WebP may take.
    """
    with _stream(source) as head:
        size = _size_of_webp(head.read(30))
    if size is not None:  # Pillow makes its canvases already when it opens one
        check_pixels(*size)
        check_memory(size[0] * size[1] * _OCTETS_OF_WEBP, most)
    return Image.open(_stream(source), formats=_FORMATS)


def size_of(path: Path) -> tuple[int, int]:
    """Width and height as the picture is shown; (0, 0) if it is none, or damaged."""
    try:
        with path.open("rb") as file:
            size = _size_of_webp(file.read(30))
        if size is not None and size[0] * size[1] * _OCTETS_OF_WEBP > DECODED_MAX:
            return size
        with open_picture(path) as picture:
            width, height = picture.size
            turned = orientation_of(picture) in (5, 6, 7, 8)
    except FAULTS:
        return 0, 0
    return (height, width) if turned else (width, height)


def orientation_of(picture: Image.Image) -> int:
    """How a picture must be turned to be shown, 1 for not at all (Exif 2.3, 4.6.4)."""
    # A PNG would be decoded for what may stand behind its pixels.
    said: object = Image.Image.getexif(picture).get(ORIENTATION, 1)
    return said if isinstance(said, int) else 1


def check_need(picture: Image.Image, most: int) -> None:
    """WrongKindError if decoding the picture would need more than `most` bytes."""
    check_pixels(*picture.size)
    check_memory(decoding_need(picture), most)


def check_memory(need: int, most: int) -> None:
    """WrongKindError if a picture needs more than `most` bytes."""
    if need > most:
        raise WrongKindError("media", because(Code.PICTURE_TAKES_TOO_MUCH, bytes=need, most=most))


def check_pixels(width: int, height: int) -> None:
    """WrongKindError for more pixels than any picture may have."""
    if reason := too_many_pixels(Shape("image/", width, height)):
        raise WrongKindError("media", reason)


def decoding_need(picture: Image.Image) -> int:
    """Bytes that a picture whose head is read would need to be decoded."""
    width, height = picture.size
    need = width * height * (_OCTETS.get(picture.mode, 4) + _ON_TOP.get(picture.format or "", 0))
    if "progressive" in picture.info or "progression" in picture.info:
        # All coefficients at once, of two octets each, however small it is drawn.
        full = getattr(picture, "_full_size", picture.size)
        need += full[0] * full[1] * len(picture.getbands()) * 2
    return need


def _stream(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _size_of_webp(head: bytes) -> tuple[int, int] | None:
    """Width and height by the first 30 octets of a WebP (RFC 9649, 2.5 to 2.7), None for others."""
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < 30:
        return None
    match head[12:16]:
        case b"VP8X":
            return _number(head[24:27]) + 1, _number(head[27:30]) + 1
        case b"VP8L":
            bits = _number(head[21:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _number(head[26:28]) & 0x3FFF, _number(head[28:30]) & 0x3FFF


def _number(octets: bytes) -> int:
    return int.from_bytes(octets, "little")
