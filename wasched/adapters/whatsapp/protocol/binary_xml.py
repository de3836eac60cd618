"""Stanzas and their binary XML form, with the tags and limits of whatsmeow's binary package.

`encode` writes as whatsmeow does (tokens, packed digits, JIDs with devices); `decode` reads
whatever an honest client may write and answers anything else with DecodeError, in bounded time
and space.
"""

from __future__ import annotations

from wasched.adapters.whatsapp.protocol.binary_decoder import decode
from wasched.adapters.whatsapp.protocol.binary_encoder import encode
from wasched.adapters.whatsapp.protocol.binary_tags import DecodeError
from wasched.adapters.whatsapp.protocol.node import AttributeValue, Content, Node

__all__ = ["AttributeValue", "Content", "DecodeError", "Node", "decode", "encode"]
