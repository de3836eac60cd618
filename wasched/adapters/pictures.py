"""Pictures: a small one for lists, and those that phones do not show made a JPEG."""

import io
from pathlib import Path

from PIL import Image, ImageOps

from wasched.adapters.picture_heads import FAULTS, check_need, check_pixels, open_picture
from wasched.domain.errors import WrongKindError
from wasched.domain.media import CONVERTED_MAX, DECODED_MAX
from wasched.domain.reasons import Code, Reason

SIDE = 320
"""The longer side of a small picture, in pixels."""

_QUALITY = 85
_COPY = 4  # octets of a pixel: turned, or on white, it is there a second time
_DAMAGED = Reason(Code.PICTURE_DAMAGED)


def write_thumbnail(source: Path, target: Path) -> bool:
    """Write a small JPEG; False if the picture cannot be read, or is too large to be."""
    try:
        target.write_bytes(small_jpeg(source))
    except WrongKindError:
        return False
    return True


def small_jpeg(source: Path | bytes, side: int = SIDE) -> bytes:
    """A JPEG no side of which is longer than `side` pixels; WrongKindError if damaged."""
    try:
        with open_picture(source) as picture:
            check_pixels(*picture.size)
            picture._full_size = picture.size  # type: ignore[attr-defined]
            picture.draft("RGB", (side, side))  # reads a large JPEG at a fraction of its size
            check_need(picture, DECODED_MAX)
            return _jpeg(_shrunk(picture, side), 70)
    except FAULTS:
        raise WrongKindError("media", _DAMAGED) from None


def write_jpeg(source: Path, target: Path) -> None:
    """Write the picture as a JPEG that every phone shows; WrongKindError if damaged."""
    try:
        with open_picture(source) as picture:
            check_need(picture, CONVERTED_MAX - picture.size[0] * picture.size[1] * _COPY)
            target.write_bytes(_jpeg(picture, _QUALITY))
    except FAULTS:
        raise WrongKindError("media", _DAMAGED) from None


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    """The picture within a square; the first step makes no copy in full size, as others do."""
    roughly = 4 * side
    if max(picture.size) > roughly:
        picture.thumbnail((roughly, roughly), Image.Resampling.NEAREST, reducing_gap=None)
    picture.thumbnail((side, side))
    return picture


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    ImageOps.exif_transpose(picture, in_place=True)
    _on_white(picture).save(written, format="jpeg", quality=quality)
    return written.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency, which JPEG has not."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    full = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    ground = Image.new("RGB", full.size, "white")
    ground.paste(full, mask=full)
    return ground
