"""Pictures and films that would take memory without end: judged by their heads."""

import io
import struct
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest
from PIL import Image

from tests.attacks.conftest import Target
from tests.reasons import refuses, words
from wasched.adapters.bounded_media_tools import BoundedMediaTools
from wasched.adapters.bounded_process import BoundedProcess, Bounds
from wasched.adapters.picture_heads import decoding_need, open_picture
from wasched.domain import media
from wasched.domain.errors import WorkEndedError, WrongKindError
from wasched.domain.media import DECODED_MAX, MB, Shape

TIGHT = Bounds(cpu_s=20, wall_s=60, memory=24 * MB)
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def png(width: int, height: int, kind: int, depth: int, *, interlaced: bool = False) -> bytes:
    """A black PNG of any kind and depth, whose lines all say the same."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    row = bytes(1 + (width * CHANNELS[kind] * depth + 7) // 8)
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced))
    colours = chunk(b"PLTE", bytes(3)) if kind == 3 else b""
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + colours
    return start + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def webp(width: int, height: int) -> bytes:
    """The head of a WebP with a canvas of its own."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + (10).to_bytes(4, "little") + bytes(4) + size
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def gif(width: int, height: int, frames: int) -> bytes:
    """A GIF of so many frames of one pixel each."""
    frame = b"\x21\xf9\x04\x04\x00\x00\x00\x00" + b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1)
    frame += b"\x00\x02\x02D\x01\x00"
    head = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\x00\x00" + bytes(6)
    return head + frame * frames + b"\x3b"


def bmp(width: int, height: int) -> bytes:
    """The head of a BMP of 32 bits a pixel."""
    return (
        b"BM"
        + struct.pack("<IHHI", 54, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 32, 0, 0, 0, 0, 0, 0)
    )


def saved(size: tuple[int, int], kind: str, mode: str = "RGB", **how: object) -> bytes:
    """A picture as Pillow writes it."""
    file = io.BytesIO()
    Image.new(mode, size).save(file, format=kind, **how)  # type: ignore[arg-type]
    return file.getvalue()


Maker = Callable[[], bytes]
HUGE: dict[str, Maker] = {
    "PNG, RGBA": lambda: png(7_000, 7_000, 6, 8),
    "PNG, RGB": lambda: png(9_000, 9_000, 2, 8),
    "PNG, 16 bits": lambda: png(4_500, 4_500, 6, 16),
    "PNG, grey and 16 bits": lambda: png(8_000, 8_000, 0, 16),
    "PNG, one bit": lambda: png(10_000, 10_000, 0, 1),
    "PNG, palette": lambda: png(9_000, 9_000, 3, 8),
    "PNG, interlaced": lambda: png(4_500, 4_500, 6, 8, interlaced=True),
    "WebP": lambda: webp(16_000, 16_000),
    "WebP, below the pixels": lambda: webp(7_000, 7_000),
    "GIF, canvas": lambda: gif(65_000, 65_000, 1),
    "BMP": lambda: bmp(30_000, 30_000),
    "JPEG, progressive": lambda: saved((3_500, 3_500), "jpeg", progressive=True),
    "TIFF": lambda: saved((3_500, 3_500), "tiff", compression="tiff_deflate"),
}


@pytest.mark.parametrize("make", HUGE.values(), ids=HUGE)
def test_a_picture_that_needs_too_much_is_known_by_its_head(tmp_path: Path, make: Maker) -> None:
    path, target = tmp_path / "picture", tmp_path / "small"
    path.write_bytes(make())

    seen = BoundedProcess("wasched.adapters.media_child", TIGHT).ask(
        {"what": "look", "path": str(path)}
    )
    asked = {"what": "thumbnail", "path": str(path), "shape": seen, "target": str(target)}
    is_made = BoundedProcess("wasched.adapters.media_child", TIGHT).ask(asked)

    assert seen["width"] >= 3_500 and not is_made and not target.exists()


def test_what_decoding_needs_is_reckoned_for_every_kind(tmp_path: Path) -> None:
    for kind, mode, least in [
        ("png", "RGBA", 4), ("png", "RGB", 4), ("png", "L", 1), ("webp", "RGB", 12),
        ("gif", "P", 1), ("tiff", "RGB", 8), ("bmp", "RGB", 4), ("png", "I;16", 2),
    ]:  # fmt: skip
        with open_picture(saved((100, 100), kind, mode)) as picture:
            assert decoding_need(picture) >= least * 10_000, (kind, mode)
    with open_picture(saved((100, 100), "jpeg", progressive=True)) as picture:
        assert decoding_need(picture) >= 10 * 10_000, "all coefficients at once"


def test_a_photo_of_today_has_its_small_picture(tmp_path: Path) -> None:
    path, target = tmp_path / "picture", tmp_path / "small"
    for body in (saved((5_000, 5_000), "jpeg"), png(4_000, 3_000, 2, 8)):
        path.write_bytes(body)
        shape = BoundedMediaTools().look(path)
        assert BoundedMediaTools().thumbnail(path, shape, target)
        with Image.open(target) as small:
            assert max(small.size) == 320
        assert list(tmp_path.glob("*.part")) == []


def test_a_picture_of_a_hundred_thousand_frames_is_its_first(tmp_path: Path) -> None:
    path, target = tmp_path / "picture", tmp_path / "small"
    path.write_bytes(gif(64, 64, 100_000))
    shape = BoundedMediaTools().look(path)
    assert (shape.width, shape.height) == (64, 64)
    assert BoundedMediaTools().thumbnail(path, shape, target)


def test_too_many_pixels_are_said_with_what_to_do() -> None:
    shape = Shape("image/png", 12_000, 12_000)
    assert media.kinds_of_type(shape, 600_000) == ("document",)
    assert "144 million pixels" in words(media.too_many_pixels(shape))
    assert "goes as a document" in words(media.why_document(shape, 600_000))


def test_what_cannot_be_made_a_jpeg_in_bounds_is_refused(tmp_path: Path) -> None:
    path, target = tmp_path / "picture", tmp_path / "made"
    path.write_bytes(saved((3_000, 2_000), "webp", method=0))
    BoundedMediaTools().convert(path, Shape("image/webp", 3_000, 2_000), "image", target)
    target.unlink()
    path.write_bytes(bmp(7_000, 7_000))
    with refuses(WrongKindError, "Make it smaller"):
        BoundedMediaTools().convert(path, Shape("image/bmp", 7_000, 7_000), "image", target)
    assert not target.exists() and DECODED_MAX < media.CONVERTED_MAX


def test_one_is_looked_into_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(png(2_000, 2_000, 6, 8))
    with ThreadPoolExecutor(3) as threads:
        looks = [threads.submit(BoundedMediaTools().look, path) for _ in range(3)]
        most = 0
        while not all(one.done() for one in looks):
            most = max(most, sum(map(_looks, psutil.Process().children())))
    assert [one.result().width for one in looks] == [2_000] * 3
    assert most == 1


def test_a_stopped_look_leaves_nothing(tmp_path: Path) -> None:
    path, target, tools = tmp_path / "picture", tmp_path / "small", BoundedMediaTools()
    path.write_bytes(png(2_000, 2_000, 6, 8))
    tools.stop()
    with pytest.raises(WorkEndedError):
        tools.thumbnail(path, Shape("image/png", 2_000, 2_000), target)
    assert list(tmp_path.iterdir()) == [path]


def test_a_huge_picture_is_refused_as_a_photo_and_nothing_of_it_stays(target: Target) -> None:
    browser = target.browser(target.member, Origin=target.url)
    refusal = _upload(browser, png(12_000, 12_000, 6, 8), "image")
    assert refusal.status_code == 415
    assert "144 million pixels" in refusal.json()["detail"]
    taken = _upload(browser, png(4_000, 4_000, 6, 8), "image").json()
    assert taken["kind"] == "image"
    shown = browser.get(taken["thumbnail_href"])
    assert shown.headers["content-type"] == "image/png", "too large for a small one, so itself"


def _looks(process: psutil.Process) -> bool:
    try:
        return "wasched.adapters.media_child" in process.cmdline()
    except psutil.Error:
        return False


def _upload(browser: httpx.Client, body: bytes, wanted: str) -> httpx.Response:
    begun = browser.post("/uploads", json={"name": "a.png", "size": len(body), "wanted": wanted})
    token = begun.json()["id"]
    browser.patch(f"/uploads/{token}", content=body, headers={"Upload-Offset": "0"})
    return browser.post(f"/uploads/{token}/finish", params={"wanted": wanted})
