"""Receipts: acknowledged, and passed on to those who have to know.

Rules: `sender`, `peer_msg` and `hist_sync` end at the server; `retry` goes to the sending device
alone, with its children; everything else goes to every device of the sender's account, its type
unchanged; a `read` also goes to the reader's other devices, as `read-self`.
"""

from __future__ import annotations

from wasched.adapters.whatsapp.protocol.jid import Jid
from wasched.adapters.whatsapp.protocol.node import AttributeValue, Node

from .channels import Channels
from .connection import Connection
from .delivery import Delivery
from .routing import Routed, Router
from .stanzas import ack, now
from .world import PHONE, Person

_END_HERE = ("sender", "peer_msg", "hist_sync")


class Receipts:
    """Takes <receipt> stanzas from phones and linked devices."""

    def __init__(self, router: Router, channels: Channels, delivery: Delivery) -> None:
        self._router, self._channels, self._delivery = router, channels, delivery

    async def take(self, connection: Connection, receipt: Node) -> None:
        """Acknowledge a linked device's receipt and pass it on."""
        assert connection.person and connection.device
        await connection.send(ack(receipt, type=receipt.get("type")))
        if receipt.get("type") == "view":
            await self._channels.viewed(connection.person, receipt)
            return
        await self.forward(connection.person, connection.device.number, receipt)

    async def forward(self, reader: Person, number: int, receipt: Node) -> None:
        """Pass a receipt on."""
        routed, kind = self._router.routed.get(receipt.get("id")), receipt.get("type")
        if routed is None or kind in _END_HERE:
            return
        if kind == "read-self":
            await self._tell_own(reader, number, receipt, routed)
            return
        passed_on = self._for_sender(reader, number, receipt, routed)
        if kind == "retry":
            await self._delivery.to_device(routed.sender, routed.device, passed_on)
            return
        own = {number} if reader is routed.sender else set()
        await self._delivery.to_device(routed.sender, PHONE, passed_on)
        await self._delivery.to_linked(routed.sender, passed_on, but=own)
        if kind == "read":
            await self._tell_own(reader, number, receipt, routed)

    def _for_sender(self, reader: Person, number: int, receipt: Node, routed: Routed) -> Node:
        attrs: dict[str, AttributeValue] = {
            "id": routed.id,
            "type": receipt.get("type"),
            "t": receipt.get("t") or now(),
        }
        address = reader.jid(routed.server, number)
        if routed.is_shared:
            attrs |= {"from": routed.chat, "participant": address}
        else:
            attrs |= {"from": address}
            if routed.sender is reader:
                attrs["recipient"] = routed.chat
        return Node("receipt", attrs, receipt.content)

    async def _tell_own(self, reader: Person, number: int, receipt: Node, routed: Routed) -> None:
        """Let the reader's other devices know what was read."""
        chat: Jid | None = receipt.jid("to")
        attrs: dict[str, AttributeValue] = {
            "from": reader.jid(routed.server, number),
            "recipient": chat.bare if chat and not routed.is_shared else None,
            "id": routed.id,
            "type": "read-self",
            "t": now(),
        }
        if routed.is_shared:
            attrs |= {"from": routed.chat, "participant": reader.jid(routed.server, number)}
        word = Node("receipt", attrs, receipt.content)
        await self._delivery.to_linked(reader, word, but={number})
