"""Where a message goes: a copy for each device of each person in the chat.

Addressing follows what whatsmeow's parseMessageSource reads and what Baileys takes: a stanza
comes from the sender's very device, in the address space the sender used.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

from wasched.adapters.whatsapp.protocol.jid import BROADCAST, GROUP, LID, PN, Jid
from wasched.adapters.whatsapp.protocol.node import AttributeValue, Node

from .delivery import Delivery
from .faults import Faults
from .identities import Identities
from .seen import Seen
from .stanzas import IqError, now, participant_hash
from .world import Group, Person, World

_PASSED_ON = ("meta", "reporting", "biz")  # children of a message that are for the recipients
_BREATH = 50  # copies between two looks at other connections
NOT_A_MEMBER, NOT_ADMIN = 420, 403  # what the real server answers is not known
UNKNOWN = 404


@dataclass(frozen=True)
class Routed:
    """A message that was passed on: what receipts about it need."""

    id: str
    sender: Person
    device: int
    chat: Jid  # as the sender addressed it
    server: str  # of the addresses in it: "lid" or "s.whatsapp.net"
    group: Group | None = None
    is_complete: bool = True  # every device in the chat got a copy

    @property
    def is_shared(self) -> bool:
        """True in a group and for a status: stanzas come from there, and name who it was."""
        return self.chat.server in (GROUP, BROADCAST)


class Router:
    """Passes messages on; remembers where each of them went."""

    def __init__(self, world: World, seen: Seen, faults: Faults, delivery: Delivery) -> None:
        self.routed: dict[str, Routed] = {}
        self._world, self._faults, self._delivery = world, faults, delivery
        self._identities = Identities(seen)

    async def route(self, sender: Person, number: int, message: Node) -> Routed | None:
        """Pass a message on; raises IqError (with an ack's error code) if it may not be sent."""
        to = _recipient(message)
        self._identities.check(sender, number, message)
        if is_for_one_device(message):
            await self._to_one_device(sender, number, message)
            return None
        if to.server == GROUP:
            return await self._to_group(sender, number, message)
        if to.server == BROADCAST:
            return await self._to_status(sender, number, message)
        return await self._to_person(sender, number, message)

    def participant_hash(self, routed: Routed) -> str:
        """The hash over all devices in a chat, the sender's own included."""
        if routed.group:
            people = list(self._world.members(routed.group))
        else:
            other = self._world.reachable(routed.chat)
            people = [routed.sender] + ([other] if other and other is not routed.sender else [])
        return participant_hash(
            person.jid(routed.server, number) for person in people for number in person.devices()
        )

    async def _to_person(self, sender: Person, number: int, message: Node) -> Routed:
        to, server = _recipient(message), _recipient(message).server
        other = self._world.reachable(to)
        copies = _copies(message)
        missing = self._missing(sender, number, other, copies)
        routed = Routed(message.get("id"), sender, number, to.bare, server, None, not missing)
        self.routed[routed.id] = routed
        for address, enc in copies.items():
            person = self._world.reachable(address)
            if person is None or address.device not in person.devices():
                continue  # the sender's list of devices is out of date: see the ack's phash
            attrs = self._direct_attrs(routed, person, address.server, message)
            await self._deliver(person, address.device, message, attrs, [enc])
        return routed

    def _direct_attrs(
        self, routed: Routed, person: Person, server: str, message: Node
    ) -> dict[str, AttributeValue]:
        sender, attrs = routed.sender, _common(message, routed)
        attrs |= {
            "from": sender.jid(server, routed.device),
            "addressing_mode": _mode(server),
            "category": message.get("category"),
        }
        if person is not sender:
            return attrs | _alternate("sender", sender, server)
        other = self._world.find(routed.chat)
        attrs["recipient"] = routed.chat
        return attrs | (_alternate("peer_recipient", other, routed.chat.server) if other else {})

    async def _to_group(self, sender: Person, number: int, message: Node) -> Routed:
        group = self._writable_group(sender, _recipient(message))
        mode = message.get("addressing_mode") or group.addressing_mode
        server = LID if mode == "lid" else PN
        id = message.get("id")
        self.routed[id] = routed = Routed(id, sender, number, group.jid, server, group)
        by_device = self._by_device(_copies(message))
        shared = [enc for enc in message.all("enc") if enc.get("type") == "skmsg"]
        attrs = self._group_attrs(routed, message)
        for count, (person, device) in enumerate(self._group_devices(group)):
            if (person, device) == (sender, number):
                continue
            own = by_device.get((person, device))
            await self._deliver(person, device, message, attrs, [*filter(None, [own]), *shared])
            if count % _BREATH == 0:
                await asyncio.sleep(0)
        return routed

    async def _to_status(self, sender: Person, number: int, message: Node) -> Routed:
        """Show a status to the devices that its sender chose; each gets the key with it."""
        id, to = message.get("id"), _recipient(message)
        self.routed[id] = routed = Routed(id, sender, number, to, PN)
        shared = [enc for enc in message.all("enc") if enc.get("type") == "skmsg"]
        attrs = self._group_attrs(routed, message)
        for (person, device), own in self._by_device(_copies(message)).items():
            if person is not None and (person, device) != (sender, number):
                await self._deliver(person, device, message, attrs, [own, *shared])
        return routed

    def _group_attrs(self, routed: Routed, message: Node) -> dict[str, AttributeValue]:
        attrs = _common(message, routed) | {
            "from": routed.chat,
            "participant": routed.sender.jid(routed.server, routed.device),
            "addressing_mode": _mode(routed.server),
        }
        return attrs | _alternate("participant", routed.sender, routed.server)

    async def _to_one_device(self, sender: Person, number: int, message: Node) -> None:
        """Pass on an answer to a retry receipt, or a message to the own phone."""
        to, id = _recipient(message), message.get("id")
        address = message.jid("participant") or to
        person, routed = self._world.find(address), self.routed.get(id)
        if person is None:
            raise IqError(UNKNOWN, "item-not-found")
        server = routed.server if routed else address.server
        routed = routed or Routed(id, sender, number, to.bare, server)
        if routed.is_shared:
            attrs = self._group_attrs(routed, message)
        else:
            attrs = self._direct_attrs(routed, person, address.server, message)
        await self._deliver(person, address.device, message, attrs, message.all("enc"))

    async def _deliver(
        self,
        person: Person,
        number: int,
        message: Node,
        attrs: dict[str, AttributeValue],
        encs: list[Node],
    ) -> None:
        children = [enc.copy() for enc in encs]
        if self._faults.damages(person.phone, number):
            children = [_damaged(enc) for enc in children]
        children += [child for child in message.children if child.tag in _PASSED_ON]
        if any(enc.get("type") == "pkmsg" for enc in encs):
            children += message.all("device-identity")
        await self._delivery.to_device(person, number, Node("message", attrs, children))

    def _writable_group(self, sender: Person, to: Jid) -> Group:
        group = self._world.groups.get(to.user)
        if group is None:
            raise IqError(UNKNOWN, "item-not-found")
        if sender.phone not in group.members:
            raise IqError(NOT_A_MEMBER, "not a member of the group")
        if not group.may_write(sender.phone):
            raise IqError(NOT_ADMIN, "only admins may write to the group")
        return group

    def _group_devices(self, group: Group) -> list[tuple[Person, int]]:
        return [
            (person, number) for person in self._world.members(group) for number in person.devices()
        ]

    def _by_device(self, copies: dict[Jid, Node]) -> dict[tuple[Person | None, int], Node]:
        return {(self._world.find(jid), jid.device): enc for jid, enc in copies.items()}

    def _missing(
        self, sender: Person, number: int, other: Person | None, copies: Collection[Jid]
    ) -> bool:
        given = {(self._world.find(jid), jid.device) for jid in copies}
        people = [sender] + ([other] if other and other is not sender else [])
        wanted = {(person, device) for person in people for device in person.devices()}
        return bool(wanted - given - {(sender, number)})


def is_for_one_device(message: Node) -> bool:
    """Tell whether this is an answer to a retry receipt, or a message to the own phone.

    Both have one <enc> of their own and no <participants>.
    """
    if message.child("participants") is not None or not message.all("enc"):
        return False
    return all(enc.get("type") != "skmsg" for enc in message.all("enc"))


def _recipient(message: Node) -> Jid:
    to = message.jid("to")
    if to is None:
        raise IqError(400, "a message without a recipient")
    return to


def _copies(message: Node) -> dict[Jid, Node]:
    """The <enc> for each device in <participants>."""
    participants, copies = message.child("participants"), {}
    for to in participants.children if participants else []:
        address, enc = to.jid("jid"), to.child("enc")
        if address and enc:
            copies[address] = enc
    return copies


def _common(message: Node, routed: Routed) -> dict[str, AttributeValue]:
    return {
        "id": routed.id,
        "type": message.get("type"),
        "t": now(),
        "notify": routed.sender.name,
        "edit": message.get("edit"),
    }


def _alternate(prefix: str, person: Person, server: str) -> dict[str, AttributeValue]:
    """The same person's address in the other address space."""
    if server == LID:
        return {f"{prefix}_pn": person.jid(PN)}
    return {f"{prefix}_lid": person.jid(LID)}


def _mode(server: str) -> str:
    return "lid" if server == LID else "pn"


def _damaged(enc: Node) -> Node:
    body = bytearray(enc.bytes)
    body[-12] ^= 1
    return Node(enc.tag, enc.attrs, bytes(body))
