"""Getting a stanza to one device: now, or when it comes back.

The queue belongs to a device and goes out once it has said that it is active (whatsmeow's
SetPassive, Baileys' `passive`); a stanza that was sent but never acknowledged goes out again at
the next login, but never twice over one connection: some clients would show it twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Collection

from websockets.exceptions import ConnectionClosed

from wasched.adapters.whatsapp.protocol.jid import SERVER
from wasched.adapters.whatsapp.protocol.node import Node

from .connection import Connection
from .world import PHONE, LinkedDevice, Person

_COUNTED = ("message", "receipt", "notification")


class Delivery:
    """Delivers stanzas to phones and linked devices."""

    def __init__(self, phone_takes: Callable[[Person, Node], Awaitable[None]]) -> None:
        self._phone_takes = phone_takes

    async def to_device(self, person: Person, number: int, node: Node) -> None:
        """Deliver to one device, or keep it; nothing happens for a device that was unlinked."""
        if number == PHONE:
            await self._phone_takes(person, node.copy())
        elif device := person.linked.get(number):
            await self._to_linked(device, node.copy())

    async def to_linked(self, person: Person, node: Node, *, but: Collection[int] = ()) -> None:
        """Deliver to every linked device of an account but some."""
        for number in sorted(person.linked):
            if number not in but:
                await self.to_device(person, number, node)

    async def activate(self, connection: Connection) -> None:
        """Send what has waited, then the word that this was all of it."""
        device = connection.device
        if device is None or device.connection is connection:
            return
        waiting = [*device.unacknowledged.values(), *device.waiting]
        device.waiting, device.unacknowledged = [], {}
        if waiting:
            await connection.send(_preview(waiting))
        for number, node in enumerate(waiting):
            node.attrs["offline"] = str(number)
            await self._send(device, connection, node)
        count = {"count": str(len(waiting))}
        await connection.send(Node("ib", {"from": SERVER}, [Node("offline", {**count})]))
        device.connection = connection
        late, device.waiting = device.waiting, []
        for node in late:  # what came while the queue went out
            await self._send(device, connection, node)

    def acknowledged(self, device: LinkedDevice, node: Node) -> None:
        """Take an <ack>, or a receipt, as the client's word that it has a stanza."""
        kind = node.get("class") if node.tag == "ack" else "message"
        if node.get("type") != "retry":
            device.unacknowledged.pop((kind, node.get("id")), None)

    def lost(self, connection: Connection) -> None:
        """From now on, keep what comes for this device."""
        device = connection.device
        if device and device.connection is connection:
            device.connection = None

    async def _to_linked(self, device: LinkedDevice, node: Node) -> None:
        connection = device.connection
        if connection is None:
            device.waiting.append(node)
            return
        await self._send(device, connection, node)

    async def _send(self, device: LinkedDevice, connection: Connection, node: Node) -> None:
        device.unacknowledged[node.tag, node.get("id")] = node
        try:
            await connection.send(node)
        except ConnectionClosed:
            self.lost(connection)


def _preview(waiting: list[Node]) -> Node:
    """The numbers of stanzas that are about to come."""
    counts = Counter(node.tag for node in waiting)
    attrs = {"count": str(len(waiting)), "appdata": "0"}
    attrs |= {tag: str(counts[tag]) for tag in _COUNTED}
    return Node("ib", {"from": SERVER}, [Node("offline_preview", {**attrs})])
