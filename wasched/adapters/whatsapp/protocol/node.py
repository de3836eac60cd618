"""A stanza: a tag, attributes, and either nothing, bytes or child stanzas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from wasched.adapters.whatsapp.protocol.jid import Jid

AttributeValue: TypeAlias = "str | int | Jid | None"
Content: TypeAlias = "bytes | str | list[Node] | None"

_SHOWN_CHILDREN = 6
_SHOWN_BYTES = 100


@dataclass
class Node:
    """One element of WhatsApp's XML.

    A decoded node has only str and Jid attributes, and None, bytes or a list as content.
    """

    tag: str
    attrs: dict[str, AttributeValue] = field(default_factory=dict)
    content: Content = None

    @property
    def children(self) -> list[Node]:
        """The child stanzas; empty when the content is none or bytes."""
        return self.content if isinstance(self.content, list) else []

    @property
    def bytes(self) -> bytes:
        """The content as bytes; empty when there is none or it is children."""
        if isinstance(self.content, str):
            return self.content.encode()
        return self.content if isinstance(self.content, bytes) else b""

    def child(self, *path: str) -> Node | None:
        """The first descendant along these tags, or None."""
        node = self
        for tag in path:
            found = next((child for child in node.children if child.tag == tag), None)
            if found is None:
                return None
            node = found
        return node

    def all(self, tag: str) -> list[Node]:
        """Every child with this tag."""
        return [child for child in self.children if child.tag == tag]

    def get(self, name: str, default: str = "") -> str:
        """An attribute as text."""
        value = self.attrs.get(name)
        return default if value is None else str(value)

    def jid(self, name: str) -> Jid | None:
        """An attribute as a JID, or None when it is absent."""
        value = self.attrs.get(name)
        if value is None or isinstance(value, Jid):
            return value
        return Jid.parse(str(value))

    def copy(self) -> Node:
        """A deep copy, to be altered for one recipient."""
        content = self.content
        if isinstance(content, list):
            content = [child.copy() for child in content]
        return Node(self.tag, dict(self.attrs), content)

    def __str__(self) -> str:
        """Readable XML for traces; long content is shortened."""
        attrs = "".join(f' {name}="{value}"' for name, value in self.attrs.items())
        if self.content is None:
            return f"<{self.tag}{attrs}/>"
        return f"<{self.tag}{attrs}>{self._content_for_reading()}</{self.tag}>"

    def _content_for_reading(self) -> str:
        if isinstance(self.content, list):
            shown = "".join(map(str, self.content[:_SHOWN_CHILDREN]))
            left = len(self.content) - _SHOWN_CHILDREN
            return shown + (f"<!-- {left} more -->" if left > 0 else "")
        text = self.bytes
        if len(text) < _SHOWN_BYTES and text.isascii() and text.decode("ascii").isprintable():
            return text.decode("ascii")
        return f"[{len(text)} bytes]"
