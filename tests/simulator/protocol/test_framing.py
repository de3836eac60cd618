"""Frames come out whole, however the bytes arrive."""

import pytest

from tests.whatsapp_server.protocol.framing import FrameReader, FramingError
from wasched.adapters.whatsapp.protocol.framing import frame
from wasched.adapters.whatsapp.protocol.noise import PROLOGUE

FRAMES = [b"hello", b"", b"x" * 70_000]
STREAM = PROLOGUE + b"".join(map(frame, FRAMES))
ROUTED = b"ED\x00\x01" + b"\x00\x00\x04\x08\x02\x08\x05" + STREAM


@pytest.mark.parametrize("stream", [STREAM, ROUTED], ids=["plain", "routed"])
@pytest.mark.parametrize("size", [1, 3, 1000, len(ROUTED)])
def test_frames_come_out_whole_in_any_pieces(stream, size):
    reader = FrameReader()

    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    frames = [payload for piece in pieces for payload in reader.feed(piece)]

    assert frames == FRAMES


def test_routing_info_is_kept():
    reader = FrameReader()

    reader.feed(ROUTED)

    assert reader.routing_info == b"\x08\x02\x08\x05"


@pytest.mark.parametrize("head", [b"GET / HTTP/1.1", b"WA\x06\x02", b"ED\x00\x02", b"\x00"])
def test_any_other_head_is_refused(head):
    with pytest.raises(FramingError):
        FrameReader().feed(head)


def test_routing_info_comes_once_only():
    with pytest.raises(FramingError):
        FrameReader().feed(ROUTED[:11] + ROUTED)


def test_a_payload_above_16_mib_is_refused():
    with pytest.raises(OverflowError):
        frame(bytes(1 << 24))
