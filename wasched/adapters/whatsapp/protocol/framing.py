"""Frames inside the websocket: a 3-byte big-endian length, then the payload."""

from __future__ import annotations

LENGTH_SIZE = 3  # bytes


def frame(payload: bytes) -> bytes:
    """Put the length before a payload; OverflowError above 16 MiB."""
    return len(payload).to_bytes(LENGTH_SIZE, "big") + payload
