"""Who is on WhatsApp and with which devices: usync, and word of devices that come and go."""

from __future__ import annotations

from wasched.adapters.whatsapp.protocol.jid import LID, PN, Jid
from wasched.adapters.whatsapp.protocol.node import Node

from .connection import Connection
from .delivery import Delivery
from .stanzas import Attributes, notification, now, participant_hash
from .world import Person, World


class Directory:
    """Answers questions about people."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world, self._delivery = world, delivery

    async def usync(self, _connection: Connection, iq: Node) -> list[Node]:
        """Answer <usync>: one <user> for each one asked for, with what <query> wants of it."""
        question = iq.child("usync")
        query, asked = iq.child("usync", "query"), iq.child("usync", "list")
        assert question and query and asked
        result = [Node(kind.tag) for kind in query.children]
        users = [self._user(user, query) for user in asked.children]
        attrs = {name: question.attrs.get(name) for name in ("sid", "mode", "context")}
        answer = [Node("result", {}, result), Node("list", {}, users)]
        return [Node("usync", {**attrs, "index": "0", "last": "true"}, answer)]

    async def announce(self, person: Person, number: int, change: str) -> None:
        """Tell others that a device was linked ("add") or unlinked ("remove").

        Contacts get a <notification type="devices"> for each address space, because whatsmeow
        keeps a list for each and takes a phone number's for that alone; the account's own
        devices learn it by account_sync.
        """
        for other in self._world.people.values():
            if other is not person:
                for server in (PN, LID):
                    word = self._devices_word(person, number, change, server)
                    await self._delivery.to_linked(other, word)
        own = self._own_devices_word(person)
        await self._delivery.to_linked(person, own, but=(number,))

    def addresses(self, person: Person, server: str) -> list[Jid]:
        """The addresses of all devices of a person."""
        return [person.jid(server, number) for number in person.devices()]

    def _user(self, user: Node, query: Node) -> Node:
        contact, jid = user.child("contact"), user.jid("jid")
        if contact is not None and jid is None:
            return self._is_on_whatsapp(contact, query)
        person = self._world.find(jid)
        if jid is None or person is None or not person.is_registered:
            return Node("user", {"jid": jid})
        facts = [self._fact(person, jid, kind.tag) for kind in query.children]
        return Node("user", {"jid": jid}, [fact for fact in facts if fact])

    def _is_on_whatsapp(self, contact: Node, query: Node) -> Node:
        """Answer by LID only who asks by `addressing_mode="lid"`; Baileys takes it for the number.

        A number that is on WhatsApp says "in", any other "out".
        """
        number = contact.bytes.decode().partition("@")[0].lstrip("+")
        person = self._world.people.get(number) or self._by_other_form(number)
        if person is None or not person.is_registered:
            out = Node("contact", {"type": "out"}, contact.bytes)
            return Node("user", {"jid": Jid(number)}, [out])
        mode = query.child("contact")
        attrs = {"jid": person.jid(PN)}
        if mode is not None and mode.get("addressing_mode") == "lid":
            attrs = {"jid": person.jid(LID), "pn_jid": person.jid(PN)}
        return Node("user", {**attrs}, [Node("contact", {"type": "in"}, contact.bytes)])

    def _by_other_form(self, number: str) -> Person | None:
        everybody = self._world.people.values()
        return next((one for one in everybody if number in one.other_forms), None)

    def _fact(self, person: Person, jid: Jid, kind: str) -> Node | None:
        if kind == "devices":
            return self._device_list(person, jid.server)
        if kind == "lid" and jid.server != LID:  # Baileys takes it for a mapping of the jid
            return Node("lid", {"val": person.jid(LID)})
        if kind == "status":
            return Node("status", {}, b"Hey there! I am using WhatsApp.")
        return None

    def _device_list(self, person: Person, server: str) -> Node:
        """All devices; Baileys drops those without a key-index, and whatsmeow needs the ids."""
        devices = [_device({"id": str(number)}, number) for number in person.devices()]
        hash = participant_hash(self.addresses(person, server))
        children = [Node("device-list", {"hash": hash}, devices)]
        if person.linked:
            children.append(Node("key-index-list", {"ts": now()}))
        return Node("devices", {}, children)

    def _devices_word(self, person: Person, number: int, change: str, server: str) -> Node:
        device: Attributes = {"jid": person.jid(server, number), "key-index": str(number)}
        hashes = {"device_hash": participant_hash(self.addresses(person, server))}
        attrs = {}
        if server != LID:
            device["lid"] = person.jid(LID, number)
            hashes["device_lid_hash"] = participant_hash(self.addresses(person, LID))
            attrs["lid"] = person.jid(LID)
        children = [Node("device", device), Node("key-index-list", {"ts": now()})]
        word = Node(change, {**hashes}, children)
        return notification("devices", [word], person.jid(server), **attrs)

    def _own_devices_word(self, person: Person) -> Node:
        own = self.addresses(person, PN)
        devices = [_device({"jid": jid}, jid.device) for jid in own]
        devices.append(Node("key-index-list", {"ts": now()}))
        word = Node("devices", {"dhash": participant_hash(own)}, devices)
        return notification("account_sync", [word], person.jid(PN))


def _device(attrs: dict[str, str | Jid], number: int) -> Node:
    return Node("device", {**attrs, "key-index": str(number) if number else None})
