"""Small questions of an account: privacy, blocklist, properties, privacy tokens."""

from __future__ import annotations

import hashlib

from wasched.adapters.whatsapp.protocol.jid import LID, PN
from wasched.adapters.whatsapp.protocol.node import Node

from .connection import Connection
from .delivery import Delivery
from .stanzas import Attributes, notification
from .world import Person, World

_PRIVACY = {
    "readreceipts": "all",  # without it Baileys sends `read-self`, and the sender never knows
    "last": "all",
    "online": "all",
    "profile": "all",
    "status": "contacts",
    "groupadd": "all",
    "calladd": "all",
}


class Account:
    """Answers what has little to do with messages."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world, self._delivery = world, delivery

    async def privacy(self, _connection: Connection, _iq: Node) -> list[Node]:
        """Say that everybody may see everything."""
        settings = _PRIVACY.items()
        children = [Node("category", {"name": name, "value": value}) for name, value in settings]
        return [Node("privacy", {}, children)]

    async def status_privacy(self, _connection: Connection, _iq: Node) -> list[Node]:
        """Say that all contacts see what is posted as a status."""
        return [Node("privacy", {}, [Node("list", {"type": "contacts", "default": "true"})])]

    async def blocklist(self, _connection: Connection, _iq: Node) -> list[Node]:
        """Say that nobody is blocked."""
        return [Node("list", {"matched": "false", "dhash": "sim"})]

    async def properties(self, _connection: Connection, _iq: Node) -> list[Node]:
        """Answer <props> with none."""
        attrs = {"protocol": "1", "ab_key": "sim", "hash": "sim", "refresh": "86400"}
        return [Node("props", {**attrs, "refresh_id": "1"}, [])]

    async def nothing(self, _connection: Connection, _iq: Node) -> None:
        """Take note and answer with an empty result."""

    async def tokens(self, connection: Connection, iq: Node) -> None:
        """Pass a privacy token on to the contact it is for."""
        assert connection.person
        tokens = iq.child("tokens")
        for token in tokens.children if tokens else []:
            contact = self._world.find(token.jid("jid"))
            if contact is not None:
                word = _token_word(connection.person, contact, token.get("t"))
                await self._delivery.to_linked(contact, word)


def _token_word(sender: Person, contact: Person, at: str) -> Node:
    secret = hashlib.sha256(f"{sender.phone} {contact.phone}".encode()).digest()[:12]
    attrs: Attributes = {"jid": contact.jid(LID), "type": "trusted_contact", "t": at}
    tokens = Node("tokens", {}, [Node("token", attrs, secret)])
    return notification("privacy_token", [tokens], sender.jid(PN), sender_lid=sender.jid(LID))
