"""What a phone shares with its linked devices: app state (names), and a first history."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import UTC, datetime

from wasched.adapters.whatsapp.protocol.jid import LID, PN
from wasched.adapters.whatsapp.protocol.node import Node

from .connection import Connection
from .delivery import Delivery
from .phone_sender import PhoneSender
from .protocol.app_state import AppStateError, contact, push_name
from .protocol.protobufs import e2e, history
from .seen import Seen
from .stanzas import IqError, notification
from .world import LinkedDevice, Person, World

_NAMES, _OWN_NAME = "critical_unblock_low", "critical_block"
COLLECTIONS = (_OWN_NAME, _NAMES, "regular_low", "regular_high", "regular")


class Syncing:
    """Answers <iq xmlns="w:sync:app:state">, and plays the phone's part in it."""

    def __init__(self, world: World, seen: Seen, delivery: Delivery, sender: PhoneSender) -> None:
        self._world, self._seen = world, seen
        self._delivery, self._sender = delivery, sender

    async def first(self, person: Person, device: LinkedDevice) -> None:
        """Give a device that was just linked the key of the app state, and a history.

        Without the history Baileys never learns its own name, and its receipts stay inactive.
        """
        if device.has_history:
            return
        device.has_history = True
        if person.name and not person.app_state.version(_OWN_NAME):
            person.app_state.write(_OWN_NAME, [push_name(person.name)], datetime.now(UTC))
        share = person.app_state.key_share(datetime.now(UTC))
        await self._sender.to_own_device(person, device.number, share)
        await self._sender.to_own_device(person, device.number, _history(self._world, person))

    async def name_contacts(self, person: Person, names: Mapping[str, str]) -> None:
        """Write into a phone's address book, and tell the linked devices."""
        person.address_book.update(names)
        mutations = []
        for phone, name in names.items():
            other = self._world.person(phone)
            mutations.append(contact(other.jid(PN), name, lid=other.jid(LID)))
        person.app_state.write(_NAMES, mutations, datetime.now(UTC))
        await self._tell(person, _NAMES)

    async def rename(self, person: Person, name: str) -> None:
        """Change the name an account shows to others."""
        person.name = name
        person.app_state.write(_OWN_NAME, [push_name(name)], datetime.now(UTC))
        await self._tell(person, _OWN_NAME)

    async def sync(self, connection: Connection, iq: Node) -> list[Node]:
        """Answer with the patches a device has not; take and number those it brings."""
        assert connection.person and connection.device
        asked, collections = iq.child("sync"), []
        for collection in asked.children if asked else []:
            if collection.get("name") not in COLLECTIONS:
                raise IqError(400, "bad-request")
            patch = collection.child("patch")
            answer = self._patches(connection.person, collection)
            if patch is not None:
                answer = await self._take(connection.person, connection.device, collection, patch)
            collections.append(answer)
        return [Node("sync", {}, collections)]

    async def _take(
        self, person: Person, device: LinkedDevice, collection: Node, patch: Node
    ) -> Node:
        """Take a patch: 409 with the missing ones when the device is behind."""
        name, state = collection.get("name"), person.app_state
        if int(collection.get("version", "0")) != state.version(name):
            behind = self._patches(person, collection)
            error = Node("error", {"code": "409", "text": "conflict"})
            return Node("collection", {**behind.attrs, "type": "error"}, [error, *behind.children])
        try:
            state.accept(name, patch.bytes)
        except AppStateError as fault:
            self._seen.problems.append(f"app state of {person.phone}: {fault}")
            error = Node("error", {"code": "400", "text": "bad-request"})
            return Node("collection", {"name": name, "type": "error"}, [error])
        await self._tell(person, name, but=device)
        return Node("collection", {"name": name, "version": str(state.version(name))})

    def _patches(self, person: Person, collection: Node) -> Node:
        name, state = collection.get("name"), person.app_state
        known = int(collection.get("version", "0"))
        patches = [Node("patch", {}, patch) for patch in state.patches_after(name, known)]
        attrs = {"name": name, "version": str(max(known, state.version(name)))}
        return Node("collection", {**attrs}, [Node("patches", {}, patches)] if patches else [])

    async def _tell(self, person: Person, collection: str, but: LinkedDevice | None = None) -> None:
        version = str(person.app_state.version(collection))
        word = Node("collection", {"name": collection, "version": version})
        skipped = {but.number} if but else set()
        word = notification("server_sync", [word])
        await self._delivery.to_linked(person, word, but=skipped)


def _history(world: World, person: Person) -> e2e.Message:
    """An INITIAL_BOOTSTRAP without conversations, but with the names others show."""
    sync = history.HistorySync(
        syncType=history.HistorySync.INITIAL_BOOTSTRAP, chunkOrder=1, progress=100
    )
    for other in world.people.values():
        if other.name and other.phone in person.address_book:
            sync.pushnames.add(ID=str(other.jid(PN)), pushname=other.name)
    message = e2e.Message()
    message.protocolMessage.type = e2e.ProtocolMessage.HISTORY_SYNC_NOTIFICATION
    note = message.protocolMessage.historySyncNotification
    note.syncType = history.HistorySync.INITIAL_BOOTSTRAP
    note.chunkOrder, note.progress = 1, 100
    note.initialHistBootstrapInlinePayload = zlib.compress(sync.SerializeToString())
    return message
