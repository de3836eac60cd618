"""Reading binary XML, whatever the bytes may be."""

from __future__ import annotations

import zlib

from wasched.adapters.whatsapp.protocol import binary_tags as tags
from wasched.adapters.whatsapp.protocol.binary_tags import DecodeError
from wasched.adapters.whatsapp.protocol.jid import INTEROP, MESSENGER, Jid
from wasched.adapters.whatsapp.protocol.node import AttributeValue, Content, Node
from wasched.adapters.whatsapp.protocol.tokens import TokenTable

MAX_DEPTH = 32  # real stanzas nest about seven deep
MAX_INFLATED = 32 << 20  # bytes; a frame itself has at most 16 MiB (3-byte length)


def decode(frame: bytes, tokens: TokenTable) -> Node:
    """Decode one frame, flag byte first; raises DecodeError and nothing else."""
    if not frame:
        raise DecodeError("the frame is empty")
    body = _inflate(frame[1:]) if frame[0] & tags.COMPRESSED else frame[1:]
    reader = _Reader(body, tokens)
    node = reader.node(depth=0)
    if reader.left:
        raise DecodeError(f"{reader.left} bytes are left over after the stanza")
    return node


def _inflate(compressed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        body = inflater.decompress(compressed, MAX_INFLATED)
    except zlib.error as damage:
        raise DecodeError("the frame says it is compressed, and is not") from damage
    if not inflater.eof:
        raise DecodeError("the compressed frame is cut short or larger than allowed")
    return body


class _Reader:
    def __init__(self, body: bytes, tokens: TokenTable) -> None:
        self._body = body
        self._at = 0
        self._tokens = tokens

    @property
    def left(self) -> int:
        return len(self._body) - self._at

    def node(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise DecodeError(f"stanzas nest deeper than {MAX_DEPTH}")
        size = self._list_size(self._byte())
        if size == 0:
            raise DecodeError("a stanza has no tag")
        tag = self._text(self._byte())
        if not tag:
            raise DecodeError("a stanza has an empty tag")
        attrs = self._attributes((size - 1) // 2)
        content = self._content(depth) if size % 2 == 0 else None
        return Node(tag, attrs, content)

    def _attributes(self, count: int) -> dict[str, AttributeValue]:
        attrs: dict[str, AttributeValue] = {}
        for _ in range(count):
            name = self._text(self._byte())
            value = self._value(self._byte())
            if value is not None:
                attrs[name] = value
        return attrs

    def _content(self, depth: int) -> Content:
        tag = self._byte()
        if tag == tags.LIST_EMPTY:
            return None
        if tag in (tags.LIST_8, tags.LIST_16):
            return [self.node(depth + 1) for _ in range(self._list_size(tag))]
        if tags.BINARY_8 <= tag <= tags.BINARY_32:
            return self._binary(tag)
        return str(self._value(tag)).encode()

    def _value(self, tag: int) -> str | Jid | None:
        """An attribute: nothing, a string or a JID."""
        match tag:
            case tags.LIST_EMPTY:
                return None
            case tags.JID_PAIR:
                user = self._text(self._byte(), may_be_empty=True)
                return Jid(user, self._text(self._byte()))
            case tags.AD_JID:
                return self._device_jid()
            case tags.FB_JID:
                jid = Jid(self._text(self._byte()), MESSENGER, self._integer(2))
                return self._on(jid)
            case tags.INTEROP_JID:
                user, device, integrator = (
                    self._text(self._byte()),
                    self._integer(2),
                    self._integer(2),
                )
                return self._on(Jid(user, INTEROP, device, integrator))
        return self._text(tag)

    def _device_jid(self) -> Jid:
        domain, device = self._byte(), self._byte()
        if domain not in tags.AD_DOMAINS:
            raise DecodeError(f"{domain} is no domain of device JIDs")
        return Jid(self._text(self._byte()), tags.AD_DOMAINS[domain], device)

    def _on(self, jid: Jid) -> Jid:
        """The JID, once the server written after it is the one its form stands for."""
        server = self._text(self._byte())
        if server != jid.server:
            raise DecodeError(f"a JID of {jid.server} names the server {server!r}")
        return jid

    def _text(self, tag: int, *, may_be_empty: bool = False) -> str:
        if tag == tags.LIST_EMPTY and may_be_empty:
            return ""
        if tags.BINARY_8 <= tag <= tags.BINARY_32:
            return self._utf8(self._binary(tag))
        if tag == tags.NIBBLE_8:
            return self._packed(tags.NIBBLES)
        if tag == tags.HEX_8:
            return self._packed(tags.HEX_DIGITS)
        if tags.DICTIONARY_0 <= tag <= tags.DICTIONARY_3:
            return self._token(self._tokens.double[tag - tags.DICTIONARY_0], self._byte())
        return self._token(self._tokens.single, tag)

    def _packed(self, alphabet: str) -> str:
        head = self._byte()
        digits = [half for byte in self._raw(head & 0x7F) for half in (byte >> 4, byte & 15)]
        if head & 0x80:
            if not digits:
                raise DecodeError("a packed string of no bytes has an odd length")
            digits.pop()
        if any(digit >= len(alphabet) for digit in digits):
            raise DecodeError("a packed string holds a digit outside its alphabet")
        return "".join(alphabet[digit] for digit in digits)

    def _binary(self, tag: int) -> bytes:
        if tag == tags.BINARY_8:
            return self._raw(self._byte())
        if tag == tags.BINARY_20:
            return self._raw(self._integer(3) & 0xFFFFF)
        return self._raw(self._integer(4))

    def _list_size(self, tag: int) -> int:
        if tag == tags.LIST_8:
            return self._byte()
        if tag == tags.LIST_16:
            return self._integer(2)
        raise DecodeError(f"tag {tag} does not begin a list")

    @staticmethod
    def _token(table: tuple[str, ...], index: int) -> str:
        if index >= len(table) or not table[index]:
            raise DecodeError(f"{index} is no token")
        return table[index]

    @staticmethod
    def _utf8(raw: bytes) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError as fault:
            raise DecodeError("a string is not UTF-8") from fault

    def _byte(self) -> int:
        return self._raw(1)[0]

    def _integer(self, size: int) -> int:
        return int.from_bytes(self._raw(size), "big")

    def _raw(self, size: int) -> bytes:
        if size > self.left:
            raise DecodeError(f"{size} bytes are announced, {self.left} are left")
        self._at += size
        return self._body[self._at - size : self._at]
