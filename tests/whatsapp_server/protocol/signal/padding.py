"""The padding of WhatsApp's messages, version 2: 1 to 15 bytes, each saying how many.

Source: padMessage and unpadMessage of whatsmeow.
"""

from __future__ import annotations

import os

from .errors import InvalidMessageError


def pad(plaintext: bytes) -> bytes:
    """Hide the length of a message a little."""
    count = os.urandom(1)[0] & 0x0F or 0x0F
    return plaintext + bytes([count]) * count


def unpad(padded: bytes) -> bytes:
    """Strip the padding; raises InvalidMessageError."""
    count = padded[-1] if padded else 0
    if not 1 <= count <= len(padded) or padded[-count:] != bytes([count]) * count:
        raise InvalidMessageError("a message is not padded as WhatsApp pads")
    return padded[:-count]
