"""Real files of the kinds that people attach, made on the spot."""

import io
import math
from array import array
from collections.abc import Iterator
from pathlib import Path

import av
import pillow_heif
from PIL import Image, ImageCms

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"

SAMPLES = Path(__file__).parent / "samples"
"""A second of film (H.264, AAC), of song (MP3) and of a voice note (Opus)."""


def picture(kind: str = "jpeg", size: tuple[int, int] = (640, 400)) -> bytes:
    """A picture as the bytes of a file of this kind."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(written, format=kind)
    return written.getvalue()


def camera_photo(*, turned: bool = False) -> bytes:
    """A JPEG with place, camera and colour profile, and another picture behind it."""
    beside = Image.Exif()
    beside[0x010F] = "Camera of Anna"
    beside.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)})
    if turned:
        beside[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    written = io.BytesIO()
    shown = Image.linear_gradient("L").resize((64, 40)).convert("RGB")
    shown.save(written, "jpeg", exif=beside, icc_profile=profile, comment=b"by Anna")
    return written.getvalue() + b"\xff\xd8\xff\xe1 a film that was taken beside it"


def noise(kind: str) -> bytes:
    """A picture that no half of its file shows."""
    written = io.BytesIO()
    Image.effect_noise((320, 200), 80).save(written, format=kind)
    return written.getvalue()


def heic(size: tuple[int, int], tile: int) -> bytes:
    """A photo as phones write it: in tiles."""
    written = io.BytesIO()
    shown = Image.linear_gradient("L").resize(size).convert("RGB")
    pillow_heif.options.GRID_TILE_SIZE = tile
    pillow_heif.from_pillow(shown).save(written, quality=30)
    pillow_heif.options.GRID_TILE_SIZE = 0
    return written.getvalue()


def sound(path: Path, codec: str = "") -> Path:
    """A second of a tone, in the container that the name's ending says."""
    with av.open(str(path), "w") as made:
        stream = made.add_stream(codec or made.default_audio_codec, rate=48000)
        stream.layout = "mono"
        for frame in _tone():
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    return path


def film(path: Path, codec: str = "libx264", **beside: str) -> Path:
    """A second of moving pictures of 320 by 180 with a tone; `beside` is written into its head."""
    with av.open(str(path), "w") as made:
        made.metadata.update(beside)
        pictures = made.add_stream(codec, rate=10)
        pictures.width, pictures.height, pictures.pix_fmt = 320, 180, "yuv420p"
        tone = made.add_stream("aac", rate=48000)
        tone.layout = "mono"
        for number in range(10):
            still = Image.linear_gradient("L").resize((320, 180)).rotate(9 * number)
            frame = av.VideoFrame.from_image(still.convert("RGB"))
            frame.pts = number
            made.mux(pictures.encode(frame))
        for heard in _tone():
            made.mux(tone.encode(heard))
        for stream in (pictures, tone):
            made.mux(stream.encode(None))
    return path


def _tone() -> Iterator[av.AudioFrame]:
    """A second of 440 Hz."""
    for begin in range(0, 48000, 960):
        heights = (
            int(9000 * math.sin(math.tau * 440 * at / 48000)) for at in range(begin, begin + 960)
        )
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        frame.planes[0].update(array("h", heights).tobytes())
        frame.sample_rate, frame.pts = 48000, begin
        yield frame
