"""QR codes as a screen shows them."""

from __future__ import annotations

import io

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.whatsapp_server.qr_picture import read_picture
from tests.whatsapp_server.qr_symbol import QrError, read_symbol

LINKING = "https://wa.me/settings/linked_devices#2@" + "kQ9/+x=" * 30 + ",1"


def picture(code: segno.QRCode, *, scale: int = 4, **options: str | None) -> bytes:
    """A code as a PNG."""
    out = io.BytesIO()
    code.save(out, kind="png", scale=scale, **options)
    return out.getvalue()


def screen(*parts: tuple[bytes, tuple[int, int]], size=(900, 700), colour="white") -> bytes:
    """A screenshot with pictures at places."""
    whole = Image.new("RGB", size, colour)
    for body, place in parts:
        whole.paste(Image.open(io.BytesIO(body)).convert("RGB"), place)
    out = io.BytesIO()
    whole.save(out, format="PNG")
    return out.getvalue()


@given(
    text=st.text("abcdefghijklmnop:/?#,=", min_size=1, max_size=200),
    level=st.sampled_from("lmqh"),
    mask=st.integers(0, 7),
)
def test_every_code_of_bytes_is_read(text, level, mask):
    code = segno.make(text, error=level, mask=mask, mode="byte", micro=False, boost_error=False)

    assert read_symbol([[bool(module) for module in row] for row in code.matrix]) == text


@pytest.mark.parametrize("version", range(7, 41, 3))
def test_codes_of_every_size_are_read(version):
    code = segno.make(LINKING, error="l", version=max(version, 11), micro=False)

    assert read_symbol([[bool(module) for module in row] for row in code.matrix]) == LINKING


@pytest.mark.parametrize("scale", [2, 3, 5, 8])
@pytest.mark.parametrize("colour", ["white", "#0c0d0b"])
def test_a_code_is_found_wherever_it_is_on_a_screen(scale, colour):
    body = picture(segno.make(LINKING, error="l", micro=False), scale=scale)

    assert read_picture(screen((body, (137, 41)), colour=colour)) == LINKING


def test_a_code_in_a_scaled_picture_is_found():
    body = picture(segno.make(LINKING, error="l", micro=False), scale=4)
    whole = Image.open(io.BytesIO(screen((body, (100, 80)))))
    out = io.BytesIO()
    whole.resize((1237, 962)).save(out, format="PNG")

    assert read_picture(out.getvalue()) == LINKING


def test_a_code_without_a_background_is_read():
    code = segno.make(LINKING, error="l", micro=False)

    assert read_picture(picture(code, light=None)) == LINKING


def test_a_picture_without_a_code_is_refused():
    with pytest.raises(QrError, match="no QR code in this picture"):
        read_picture(screen())


def test_what_is_no_picture_is_refused():
    with pytest.raises(QrError, match="no picture"):
        read_picture(b"hello")


def test_a_code_for_something_else_is_refused():
    code = segno.make("12345678901234567890", mode="numeric", micro=False)

    with pytest.raises(QrError, match="not one for linking"):
        read_picture(picture(code))
