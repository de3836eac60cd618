"""Photos as phones keep them (HEIC): joined of their tiles, and never twice in full in memory."""

from pathlib import Path

import pillow_heif
from PIL import Image

from wasched.adapters.picture_heads import check_memory, check_pixels
from wasched.domain.media import CONVERTED_MAX

FAULTS = (ValueError, EOFError, RuntimeError, OSError)
_OCTETS = 4.5  # of a pixel: as colours, and as the codec has it
_OCTETS_MADE = 4
_BAND = 256  # lines

pillow_heif.options.DECODE_THREADS = 1
pillow_heif.options.THUMBNAILS = False
pillow_heif.options.DEPTH_IMAGES = False
pillow_heif.options.AUX_IMAGES = False


def size_of(path: Path) -> tuple[int, int]:
    """Width and height as it is shown; (0, 0) if it is none, or damaged."""
    try:
        width, height = pillow_heif.open_heif(path).size
    except FAULTS:
        return 0, 0
    return width, height


def has_exif(path: Path) -> bool:
    """True if a camera's notes stand beside it."""
    beside = pillow_heif.open_heif(path).info
    return bool(beside.get("exif") or beside.get("xmp"))


def picture(path: Path, side: int = 0) -> Image.Image:
    """The picture; within a square if its side is given, and at half its size if it is so large
    that memory lets it be no more. WrongKindError if even that needs too much.
    """
    found = pillow_heif.open_heif(path, convert_hdr_to_8bit=True)
    check_pixels(*found.size)
    sides = [side / max(found.size)] if side else [1.0, 0.5]
    fitting = [min(1.0, part) for part in sides if _need(found, part) <= CONVERTED_MAX]
    check_memory(_need(found, sides[-1]), CONVERTED_MAX)
    try:
        return _resized(found, fitting[0])
    except RuntimeError as fault:
        if "Memory" in str(fault):
            raise MemoryError from fault
        raise


def _need(found: pillow_heif.HeifFile, part: float) -> int:
    """Bytes that decoding it, and resizing its sides to a part of them, needs."""
    width, height = found.size
    return int(width * height * (_OCTETS + _OCTETS_MADE * min(1.0, part) ** 2))


def _resized(found: pillow_heif.HeifFile, part: float) -> Image.Image:
    """Band by band, for a whole copy of a large photo would be too much."""
    width, height = found.size
    made = Image.new(found.mode, (max(1, round(width * part)), max(1, round(height * part))))
    for top in range(0, height, _BAND):
        lines = min(_BAND, height - top)
        octets = found.data[top * found.stride : (top + lines) * found.stride]
        band = Image.frombuffer(
            found.mode, (width, lines), octets, "raw", found.mode, found.stride, 1
        )
        begin, end = (round(at * made.height / height) for at in (top, top + lines))
        if end > begin:
            made.paste(band.resize((made.width, end - begin), reducing_gap=2.0), (0, begin))
    if profile := found.info.get("icc_profile"):
        made.info["icc_profile"] = profile
    return made
