"""Pictures: a small one for lists, and those that phones do not show made a JPEG."""

import io
from contextlib import suppress
from pathlib import Path
from typing import cast

from PIL import Image, ImageCms, ImageOps

from wasched.adapters import photo_marks
from wasched.adapters.picture_heads import (
    FAULTS,
    check_need,
    check_pixels,
    decoding_need,
    open_picture,
    orientation_of,
)
from wasched.domain.errors import WrongKindError
from wasched.domain.media import CONVERTED_MAX, DECODED_MAX
from wasched.domain.reasons import Code, Reason

SIDE = 320
"""The longer side of a small picture, in pixels."""

HEIC = frozenset({"image/heic", "image/heif"})

_QUALITY = 85
_COPY = 4  # octets of a pixel: turned, or on white, it is there a second time
_DAMAGED = Reason(Code.PICTURE_DAMAGED)
_GREY_TOPS = (255, 1023, 4095, 16383, 65535)


def is_damaged(source: Path, mimetype: str) -> bool:
    """True if a picture cannot be decoded to its end; False where that takes too much memory."""
    try:
        _small_jpeg(source, mimetype, SIDE)
    except WrongKindError as refusal:
        return refusal.reason == _DAMAGED
    except MemoryError:
        return False
    return False


def write_thumbnail(source: Path, mimetype: str, target: Path) -> bool:
    """Write a small JPEG; False if the picture cannot be read, or is too large to be."""
    try:
        target.write_bytes(_small_jpeg(source, mimetype, SIDE))
    except (WrongKindError, MemoryError):
        return False
    return True


def small_jpeg(source: Path | bytes, side: int = SIDE) -> bytes:
    """A JPEG no side of which is longer than `side` pixels; WrongKindError if damaged."""
    try:
        with open_picture(source, DECODED_MAX) as picture:
            check_pixels(*picture.size)
            picture._full_size = picture.size  # type: ignore[attr-defined]
            picture.draft("RGB", (side, side))  # reads a large JPEG at a fraction of its size
            check_need(picture, DECODED_MAX)
            return _jpeg(_shrunk(picture, side), 70)
    except FAULTS:
        raise WrongKindError("media", _DAMAGED) from None


def write_jpeg(source: Path, mimetype: str, target: Path) -> None:
    """Write the picture as phones show it, and nothing beside it; WrongKindError if damaged.

    A JPEG or PNG that stands upright keeps every pixel.
    """
    try:
        if mimetype in HEIC:
            from wasched.adapters import heic  # 26 MB that few pictures need

            target.write_bytes(_jpeg(heic.picture(source), _QUALITY))
        elif mimetype in ("image/jpeg", "image/png") and not is_turned(source):
            target.write_bytes(photo_marks.without_marks(source.read_bytes()))
        else:
            target.write_bytes(_turned(source))
    except FAULTS:
        raise WrongKindError("media", _DAMAGED) from None


def is_turned(source: Path) -> bool:
    """True if a picture must be turned to be shown."""
    with open_picture(source) as picture:
        return orientation_of(picture) != 1


def has_exif(source: Path, mimetype: str) -> bool:
    """True if a camera's notes stand beside a picture that becomes a JPEG without them."""
    if mimetype in HEIC:
        from wasched.adapters import heic

        return heic.has_exif(source)
    try:
        with open_picture(source) as picture:
            return bool(picture.info.get("exif") or picture.info.get("xmp"))
    except WrongKindError:  # too large to be made a JPEG: what it is has to be told all the same
        return False


def _small_jpeg(source: Path, mimetype: str, side: int) -> bytes:
    if mimetype not in HEIC:
        return small_jpeg(source, side)
    from wasched.adapters import heic

    try:
        return _jpeg(heic.picture(source, side), 70)
    except heic.FAULTS:
        raise WrongKindError("media", _DAMAGED) from None


def _turned(source: Path) -> bytes:
    """The picture as a JPEG that stands upright, as large as memory lets it be."""
    with open_picture(source) as picture:
        copy = _COPY if picture.mode != "RGB" or orientation_of(picture) != 1 else 0
        most = CONVERTED_MAX - picture.width * picture.height * copy
        if picture.format == "JPEG" and decoding_need(picture) > most:
            picture._full_size = picture.size  # type: ignore[attr-defined]
            picture.draft("RGB", (picture.width // 2, picture.height // 2))
            most = CONVERTED_MAX - picture.width * picture.height * copy
        check_need(picture, most)
        return _jpeg(picture, _QUALITY)


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    """The picture within a square; the first step makes no copy in full size, as others do."""
    roughly = 4 * side
    if max(picture.size) > roughly:
        picture.thumbnail((roughly, roughly), Image.Resampling.NEAREST, reducing_gap=None)
    picture = _of_8_bits(picture)
    picture.thumbnail((side, side))
    return picture


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    ImageOps.exif_transpose(picture, in_place=True)
    profile = picture.info.get("icc_profile", b"")
    shown = _on_white(_in_rgb(_of_8_bits(picture), profile))
    kept = profile if profile[16:20] == b"RGB " and picture.mode in ("RGB", "RGBA", "P") else None
    shown.save(written, format="jpeg", quality=quality, icc_profile=kept)
    return photo_marks.without_marks(written.getvalue())  # Pillow takes comments along


def _of_8_bits(picture: Image.Image) -> Image.Image:
    """The picture with 8 bits of grey, whose white is as white as it was in more bits."""
    if picture.mode not in ("I", "F") and not picture.mode.startswith("I;16"):
        return picture
    grey = picture if picture.mode in ("I", "F") else picture.convert("I")
    brightest = cast("tuple[float, float]", grey.getextrema())[1]
    top = next((one for one in _GREY_TOPS if brightest <= one), brightest)
    return grey.point(lambda value: value * (255 / top) + 0).convert("L")


def _in_rgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The colours of print, by the profile that says what they are, as those of screens."""
    if picture.mode != "CMYK" or not profile:
        return picture
    with suppress(ImageCms.PyCMSError, OSError):
        screen = ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(picture, io.BytesIO(profile), screen, outputMode="RGB")
        return made or picture
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency, which JPEG has not."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    full = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    ground = Image.new("RGB", full.size, "white")
    ground.paste(full, mask=full)
    return ground
