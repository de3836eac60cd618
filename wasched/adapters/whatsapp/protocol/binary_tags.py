"""The tag bytes of binary XML, with the names of whatsmeow's token package."""

from __future__ import annotations

LIST_EMPTY = 0
DICTIONARY_0 = 236  # four dictionaries of double-byte tokens, 236 to 239
DICTIONARY_3 = 239
INTEROP_JID = 245
FB_JID = 246
AD_JID = 247  # a person's device: domain, device number, user
LIST_8 = 248
LIST_16 = 249
JID_PAIR = 250
HEX_8 = 251
BINARY_8 = 252
BINARY_20 = 253
BINARY_32 = 254
NIBBLE_8 = 255

PACKED_MAX = 127
COMPRESSED = 2  # bit of the flag byte before the root node

NIBBLES = "0123456789-."
HEX_DIGITS = "0123456789ABCDEF"
PADDING_NIBBLE = 15

AD_DOMAINS = {0: "s.whatsapp.net", 1: "lid", 128: "hosted", 129: "hosted.lid"}


class DecodeError(ValueError):
    """A frame that is no stanza."""
