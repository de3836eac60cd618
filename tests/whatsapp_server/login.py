"""Logins: who may in, who is refused, and what a client is told first."""

from __future__ import annotations

from wasched.adapters.whatsapp.protocol.jid import LID, SERVER, Jid
from wasched.adapters.whatsapp.protocol.node import Node

from .connection import Connection
from .delivery import Delivery
from .faults import Faults, failure, stream_error
from .stanzas import Attributes, now
from .world import World

_ROUTING_INFO = b"\x08\x02\x08\x05"


class Logins:
    """Admits devices that were linked."""

    def __init__(self, world: World, faults: Faults, delivery: Delivery) -> None:
        self._world, self._faults, self._delivery = world, faults, delivery
        self._open: dict[tuple[str, int], Connection] = {}

    async def admit(self, connection: Connection) -> bool:
        """Log a device in, or refuse it and close.

        A second login of one device ends the first (<conflict type="replaced"/>).
        """
        phone, number = str(connection.payload.username), connection.payload.device
        refusal = self._faults.next_login(phone)
        person = self._world.people.get(phone)
        device = person.linked.get(number) if person else None
        if refusal is None and (device is None or device.noise_public != connection.client_static):
            refusal = failure(401)
        if refusal is not None:
            await connection.end(refusal)
            return False
        assert person and device
        connection.person, connection.device = person, device
        await self._replace((phone, number), connection)
        await connection.send(_success(person.jid(LID, number), person.name))
        await connection.send(_edge_routing())
        return True

    def left(self, connection: Connection) -> None:
        """A client is gone."""
        self._delivery.lost(connection)
        if connection.person and connection.device:
            name = (connection.person.phone, connection.device.number)
            if self._open.get(name) is connection:
                del self._open[name]

    def connection_of(self, phone: str, number: int) -> Connection | None:
        """Where a device is logged in."""
        return self._open.get((phone, number))

    def connections_of(self, phone: str) -> list[Connection]:
        """Where any device of an account is logged in."""
        return [one for (account, _), one in self._open.items() if account == phone]

    async def _replace(self, name: tuple[str, int], connection: Connection) -> None:
        before, self._open[name] = self._open.get(name), connection
        if before is not None:
            self._delivery.lost(before)
            await before.end(stream_error(conflict="replaced"))


def _success(lid: Jid, name: str) -> Node:
    attrs: Attributes = {"t": now(), "lid": lid, "location": "sim", "display_name": name}
    return Node("success", attrs)


def _edge_routing() -> Node:
    """Routing info for the next connection: Baileys names it, whatsmeow ignores it."""
    info = Node("routing_info", {}, _ROUTING_INFO)
    return Node("ib", {"from": SERVER}, [Node("edge_routing", {}, [info])])
