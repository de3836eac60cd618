"""Frames inside the websocket: a 3-byte big-endian length, then the payload.

The stream opens with the Noise prologue; before it a client may name the routing info it was
given at its last login: "ED", 0, 1, a 3-byte length and the info (seen in Baileys; whatsmeow
leaves it out).
"""

from __future__ import annotations

from wasched.adapters.whatsapp.protocol.framing import LENGTH_SIZE
from wasched.adapters.whatsapp.protocol.noise import PROLOGUE

_ROUTING = b"ED\x00\x01"


class FramingError(Exception):
    """The stream does not open as WhatsApp Web does."""


class FrameReader:
    """Cuts the client's byte stream into frames, however the websocket messages fall."""

    def __init__(self) -> None:
        self.routing_info: bytes | None = None
        self._buffer = b""
        self._opened = False

    def feed(self, data: bytes) -> list[bytes]:
        """The payloads completed by these bytes; raises FramingError."""
        self._buffer += data
        if not self._opened and not self._open():
            return []
        frames = []
        while (payload := self._take(0)) is not None:
            frames.append(payload)
        return frames

    def _open(self) -> bool:
        """Consume the stream's head; False while it is incomplete."""
        if self._starts_with(_ROUTING):
            info = self._take(len(_ROUTING))
            if info is None:
                return False
            self.routing_info = info
        if self._starts_with(PROLOGUE):
            self._buffer = self._buffer[len(PROLOGUE) :]
            self._opened = True
        return self._opened

    def _starts_with(self, head: bytes) -> bool:
        if self._buffer.startswith(head):
            return True
        others = (PROLOGUE, _ROUTING) if self.routing_info is None else (PROLOGUE,)
        if not any(other.startswith(self._buffer[: len(other)]) for other in others):
            raise FramingError(f"the stream opens with {self._buffer[:4]!r}")
        return False

    def _take(self, skip: int) -> bytes | None:
        """Take the length-prefixed bytes after `skip`; None while they are incomplete."""
        start = skip + LENGTH_SIZE
        end = start + int.from_bytes(self._buffer[skip:start], "big")
        if len(self._buffer) < start or len(self._buffer) < end:
            return None
        payload, self._buffer = self._buffer[start:end], self._buffer[end:]
        return payload
