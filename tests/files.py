"""Real files of the kinds that people attach, made on the spot."""

import io
import subprocess
from pathlib import Path

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"

SAMPLES = Path(__file__).parent / "samples"
"""A second of film (H.264, AAC), of song (MP3) and of a voice note (Opus), for want of ffmpeg."""


def picture(kind: str = "jpeg", size: tuple[int, int] = (640, 400)) -> bytes:
    """A picture as the bytes of a file of this kind."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(written, format=kind)
    return written.getvalue()


def sound(path: Path, *ways: str) -> Path:
    """A second of a tone, written as the name's ending and the words for ffmpeg say."""
    return _made(path, "-f", "lavfi", "-i", "sine=frequency=440:duration=1", *ways)


def film(path: Path, *ways: str) -> Path:
    """A second of moving pictures with a tone."""
    pictures = ("-f", "lavfi", "-i", "testsrc=size=320x180:rate=10:duration=1")
    tone = ("-f", "lavfi", "-i", "sine=frequency=440:duration=1")
    return _made(path, *pictures, *tone, "-shortest", *ways)


def _made(path: Path, *words: str) -> Path:
    program = ["ffmpeg", "-nostdin", "-loglevel", "error", "-y"]
    subprocess.run([*program, *words, str(path)], check=True, timeout=120)
    return path
