"""LtHash: a hash over a set, to which members are added and from which they are taken in any
order.

Source: Bellare and Micciancio, "A New Paradigm for Collision-Free Hashing"; WhatsApp uses 64
numbers of 16 bits.
"""

from __future__ import annotations

import struct

from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256

_FORMAT = "<64H"
_SIZE = struct.calcsize(_FORMAT)
EMPTY = bytes(_SIZE)
"""The hash of no members; 128 bytes."""


def add(state: bytes, member: bytes) -> bytes:
    """The hash with one more member."""
    return _combine(state, member, 1)


def remove(state: bytes, member: bytes) -> bytes:
    """The hash without this member."""
    return _combine(state, member, -1)


def _combine(state: bytes, member: bytes, sign: int) -> bytes:
    expanded = hkdf_sha256(member, _SIZE, info=b"WhatsApp Patch Integrity")
    pairs = zip(struct.unpack(_FORMAT, state), struct.unpack(_FORMAT, expanded), strict=True)
    return struct.pack(_FORMAT, *((a + sign * b) & 0xFFFF for a, b in pairs))
