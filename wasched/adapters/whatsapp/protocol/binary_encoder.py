"""Writing binary XML as whatsmeow's encoder does."""

from __future__ import annotations

from wasched.adapters.whatsapp.protocol import binary_tags as tags
from wasched.adapters.whatsapp.protocol.jid import (
    HOSTED,
    HOSTED_LID,
    INTEROP,
    LID,
    MESSENGER,
    PN,
    Jid,
)
from wasched.adapters.whatsapp.protocol.node import AttributeValue, Content, Node
from wasched.adapters.whatsapp.protocol.tokens import TokenTable

_DOMAIN_OF = {server: domain for domain, server in tags.AD_DOMAINS.items()}


def encode(node: Node, tokens: TokenTable | None = None) -> bytes:
    """Encode a stanza, flag byte first; attributes that are None or empty are left out.

    Without tokens every string is written plainly, which every client reads too.
    Raises ValueError on a JID whose device number does not fit its form.
    """
    writer = _Writer(tokens)
    writer.node(node)
    return b"\0" + bytes(writer.out)


class _Writer:
    def __init__(self, tokens: TokenTable | None) -> None:
        self.out = bytearray()
        self._tokens = tokens

    def node(self, node: Node) -> None:
        attrs = {k: v for k, v in node.attrs.items() if v is not None and v != ""}
        self._list_start(1 + 2 * len(attrs) + (node.content is not None))
        self._string(node.tag)
        for name, value in attrs.items():
            self._string(name)
            self._attribute(value)
        if node.content is not None:
            self._content(node.content)

    def _attribute(self, value: AttributeValue) -> None:
        if isinstance(value, Jid):
            self._jid(value)
        elif isinstance(value, bool):
            self._string("true" if value else "false")
        else:
            self._string(str(value))

    def _content(self, content: Content) -> None:
        if isinstance(content, list):
            self._list_start(len(content))
            for child in content:
                self.node(child)
        elif isinstance(content, str):
            self._string(content)
        elif content is not None:
            self._binary(content)

    def _list_start(self, size: int) -> None:
        if size == 0:
            self.out.append(tags.LIST_EMPTY)
        elif size < 1 << 8:
            self.out += bytes([tags.LIST_8, size])
        else:
            self.out.append(tags.LIST_16)
            self._integer(size, 2)

    def _string(self, text: str) -> None:
        token = self._tokens.code(text) if self._tokens else None
        if token is not None:
            self.out += token
        elif _packs_as(text, tags.NIBBLES):
            self._packed(tags.NIBBLE_8, tags.NIBBLES, text)
        elif _packs_as(text, tags.HEX_DIGITS):
            self._packed(tags.HEX_8, tags.HEX_DIGITS, text)
        else:
            self._binary(text.encode())

    def _packed(self, tag: int, alphabet: str, text: str) -> None:
        odd = len(text) % 2
        self.out += bytes([tag, (len(text) + 1) // 2 | odd << 7])
        digits = [alphabet.index(letter) for letter in text] + [tags.PADDING_NIBBLE] * odd
        self.out += bytes(a << 4 | b for a, b in zip(digits[::2], digits[1::2], strict=True))

    def _binary(self, blob: bytes) -> None:
        size = len(blob)
        if size < 1 << 8:
            self.out += bytes([tags.BINARY_8, size])
        elif size < 1 << 20:
            self.out.append(tags.BINARY_20)
            self._integer(size, 3)
        else:
            self.out.append(tags.BINARY_32)
            self._integer(size, 4)
        self.out += blob

    def _jid(self, jid: Jid) -> None:
        if jid.server in (HOSTED, HOSTED_LID) or (jid.device and jid.server in (PN, LID)):
            self.out += bytes([tags.AD_JID, _DOMAIN_OF[jid.server], jid.device])
            self._string(jid.user)
        elif jid.server == MESSENGER:
            self.out.append(tags.FB_JID)
            self._string(jid.user)
            self._integer(jid.device, 2)
            self._string(jid.server)
        elif jid.server == INTEROP:
            self.out.append(tags.INTEROP_JID)
            self._string(jid.user)
            self._integer(jid.device, 2)
            self._integer(jid.integrator, 2)
            self._string(jid.server)
        else:
            self._jid_pair(jid)

    def _jid_pair(self, jid: Jid) -> None:
        self.out.append(tags.JID_PAIR)
        if jid.user:
            self._string(jid.user)
        else:
            self.out.append(tags.LIST_EMPTY)
        self._string(jid.server)

    def _integer(self, value: int, size: int) -> None:
        try:
            self.out += value.to_bytes(size, "big")
        except OverflowError as overflow:
            raise ValueError(f"{value} does not fit {size} bytes") from overflow


def _packs_as(text: str, alphabet: str) -> bool:
    return 0 < len(text) <= tags.PACKED_MAX and all(letter in alphabet for letter in text)
