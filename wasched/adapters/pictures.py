"""Pictures: their size, a small one for lists, and those that phones do not show made a JPEG."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from wasched.domain.errors import WrongKindError
from wasched.domain.media import PIXELS_MAX

SIDE = 320
"""The longer side of a small picture, in pixels."""

_QUALITY = 85
_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError)


def size_of(path: Path) -> tuple[int, int]:
    """Width and height as the picture is shown; (0, 0) if it is none, or damaged."""
    try:
        with _opened(path) as picture:
            width, height = picture.size
            turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    except (*_FAULTS, Image.DecompressionBombError):
        return 0, 0
    return (height, width) if turned else (width, height)


def write_thumbnail(source: Path, target: Path) -> bool:
    """Write a small JPEG; False if the picture cannot be read."""
    try:
        target.write_bytes(small_jpeg(source))
    except WrongKindError:
        return False
    return True


def small_jpeg(source: Path | bytes, side: int = SIDE) -> bytes:
    """A JPEG no side of which is longer than `side` pixels; WrongKindError if damaged."""
    return _jpeg(source, side, 70)


def write_jpeg(source: Path, target: Path) -> None:
    """Write the picture as a JPEG that every phone shows; WrongKindError if damaged."""
    target.write_bytes(_jpeg(source, 0, _QUALITY))


def _jpeg(source: Path | bytes, side: int, quality: int) -> bytes:
    try:
        with _opened(source) as picture:
            if picture.size[0] * picture.size[1] > PIXELS_MAX:
                raise WrongKindError("media", "The picture has too many pixels.")
            if side:
                picture.draft("RGB", (side, side))  # reads a large JPEG at a fraction of its size
            shown = ImageOps.exif_transpose(picture)
            if side:
                shown.thumbnail((side, side))
            written = io.BytesIO()
            _on_white(shown).save(written, format="jpeg", quality=quality)
    except (*_FAULTS, Image.DecompressionBombError):
        sentence = "The picture is damaged, or no picture. Save it anew and try again."
        raise WrongKindError("media", sentence) from None
    return written.getvalue()


def _opened(source: Path | bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # pixels are counted here
        return Image.open(io.BytesIO(source) if isinstance(source, bytes) else source)


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency, which JPEG has not."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    full = picture.convert("RGBA")
    ground = Image.new("RGBA", full.size, "white")
    return Image.alpha_composite(ground, full).convert("RGB")
